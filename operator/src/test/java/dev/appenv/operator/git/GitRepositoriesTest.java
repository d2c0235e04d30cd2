package dev.appenv.operator.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.git.GitResult.Failed;
import dev.appenv.operator.git.GitResult.Found;
import dev.appenv.operator.git.GitResult.Missing;
import dev.appenv.operator.git.GitResult.Reason;
import dev.appenv.operator.git.GitResult.What;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRepositoriesTest {
  private static final GitAccess DEV = new GitAccess.Basic("dev", "dev-token");
  private static final String COMPOSE = "services: {web: {image: \"shop/web:1\"}}\n";
  private static final Duration FRESH = Duration.ZERO;

  @TempDir Path folder;
  private final SampleRepository sample = new SampleRepository();
  private LocalGitServer server;
  private GitRepositories git;
  private GitRepository shop;

  @BeforeEach
  void start() throws IOException {
    server = new LocalGitServer(sample.repository, "dev:dev-token");
    git = new GitRepositories(new GitSettings(folder, Duration.ofSeconds(20), 1 << 16));
    shop = new GitRepository(server.url(), DEV);
  }

  @AfterEach
  void stop() {
    git.close();
    server.close();
  }

  @Test
  void the_tip_of_a_branch_is_its_commit() throws IOException {
    String commit = sample.commit("feature/basket", Map.of("docker-compose.yml", COMPOSE));

    assertThat(git.tip(shop, "feature/basket", FRESH)).isEqualTo(new Found<>(commit));
  }

  @Test
  void a_branch_that_is_not_there_is_missing() throws IOException {
    sample.commit("main", Map.of("a", "b"));

    assertThat(git.tip(shop, "mai", FRESH))
        .isInstanceOfSatisfying(
            Missing.class,
            missing -> {
              assertThat(missing.what()).isEqualTo(What.BRANCH);
              assertThat(missing.message()).contains("no branch `mai`");
            });
  }

  @Test
  void all_branches_are_listed() throws IOException {
    String main = sample.commit("main", Map.of("a", "b"));
    String other = sample.commit("fix/x", Map.of("a", "c"));

    assertThat(git.branches(shop, FRESH))
        .isEqualTo(new Found<>(new TreeMap<>(Map.of("main", main, "fix/x", other))));
  }

  @Test
  void a_file_is_read_at_its_commit_and_not_at_the_tip() throws IOException {
    String first = sample.commit("main", Map.of("deploy/docker-compose.yml", COMPOSE));
    String second = sample.commit("main", Map.of("deploy/docker-compose.yml", "other"));

    assertThat(git.file(shop, first, "./deploy/docker-compose.yml"))
        .isEqualTo(new Found<>(COMPOSE));
    assertThat(git.file(shop, second, "deploy/docker-compose.yml")).isEqualTo(new Found<>("other"));
  }

  @Test
  void a_commit_is_fetched_once_and_without_its_history() throws IOException {
    sample.commit("main", Map.of("docker-compose.yml", "old"));
    String commit = sample.commit("main", Map.of("docker-compose.yml", COMPOSE));

    assertThat(git.file(shop, commit, "docker-compose.yml")).isEqualTo(new Found<>(COMPOSE));
    assertThat(git.file(shop, commit, "docker-compose.yml")).isEqualTo(new Found<>(COMPOSE));

    assertThat(server.packs).hasValue(1);
    assertThat(cache().resolve("shallow")).content().contains(commit);
  }

  @Test
  void a_file_that_is_not_there_is_missing() throws IOException {
    String commit = sample.commit("main", Map.of("deploy/docker-compose.yml", COMPOSE));

    assertThat(git.file(shop, commit, "docker-compose.yml"))
        .isInstanceOfSatisfying(
            Missing.class, missing -> assertThat(missing.what()).isEqualTo(What.FILE));
    assertThat(git.file(shop, commit, "deploy"))
        .isInstanceOfSatisfying(
            Missing.class, missing -> assertThat(missing.message()).contains("not a plain file"));
  }

  @Test
  void a_file_that_is_too_large_is_refused() throws IOException {
    String commit = sample.commit("main", Map.of("docker-compose.yml", "x".repeat(70_000)));

    assertThat(git.file(shop, commit, "docker-compose.yml"))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.message()).contains("more than 65536 bytes"));
  }

  @Test
  void a_broken_cache_is_thrown_away_and_made_again() throws IOException {
    String commit = sample.commit("main", Map.of("docker-compose.yml", COMPOSE));
    git.file(shop, commit, "docker-compose.yml");
    try (var files = Files.walk(cache().resolve("objects"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "garbage");
      }
    }
    try (var restarted = new GitRepositories(GitSettings.in(folder))) {
      assertThat(restarted.file(shop, commit, "docker-compose.yml"))
          .isEqualTo(new Found<>(COMPOSE));
    }
  }

  @Test
  void a_cache_without_its_configuration_is_made_again() throws IOException {
    String commit = sample.commit("main", Map.of("docker-compose.yml", COMPOSE));
    git.file(shop, commit, "docker-compose.yml");
    Files.writeString(cache().resolve("config"), "[core\nnonsense");

    assertThat(git.file(shop, commit, "docker-compose.yml")).isEqualTo(new Found<>(COMPOSE));
  }

  private Path cache() throws IOException {
    try (var directories = Files.list(folder)) {
      return directories.findFirst().orElseThrow();
    }
  }

  @Test
  void a_wrong_password_is_denied_and_not_quoted() {
    var wrong = new GitRepository(server.url(), new GitAccess.Basic("dev", "s3cret"));

    assertFailed(git.tip(wrong, "main", FRESH), Reason.DENIED)
        .doesNotContain("s3cret")
        .contains("Secret");
  }

  @Test
  void no_password_where_one_is_needed_is_denied() {
    var anonymous = new GitRepository(server.url(), new GitAccess.Anonymous());

    assertFailed(git.tip(anonymous, "main", FRESH), Reason.DENIED).contains("not public");
  }

  @Test
  void a_repository_that_is_not_there_is_afailure_and_not_a_missing_branch() {
    var other = new GitRepository(server.url().replace("shop", "other"), DEV);

    assertFailed(git.tip(other, "main", FRESH), Reason.DENIED);
  }

  @Test
  void a_server_in_trouble_is_unreachable() {
    server.status = 503;

    assertFailed(git.tip(shop, "main", FRESH), Reason.UNREACHABLE).contains("503");
  }

  @Test
  void a_server_that_is_away_is_unreachable() {
    server.close();

    assertFailed(git.tip(shop, "main", FRESH), Reason.UNREACHABLE);
    assertFailed(git.file(shop, "a".repeat(40), "x"), Reason.UNREACHABLE);
  }

  @Test
  void a_server_that_says_nothing_is_given_up() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var impatient =
            new GitRepositories(new GitSettings(folder, Duration.ofMillis(300), 1 << 16))) {
      var hung = new GitRepository("http://127.0.0.1:" + silent.getLocalPort() + "/x.git", DEV);

      assertFailed(impatient.tip(hung, "main", FRESH), Reason.UNREACHABLE)
          .contains("did not answer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dev:s3cret@git.example.com/x.git",
        "https://s3cret@git.example.com/x.git",
        "file:///etc",
        "/etc",
        "ext::sh -c s3cret",
        "git://git.example.com/x.git",
        "ssh://git@git.example.com/x.git",
        "git@git.example.com:x.git",
        ""
      })
  void a_url_that_cannot_work_or_holds_a_secret_is_refused_without_quoting_it(String url) {
    assertFailed(git.tip(new GitRepository(url, DEV), "main", FRESH), Reason.INVALID_URL)
        .doesNotContain("s3cret");
  }

  @Test
  void an_answer_young_enough_serves_equal_questions_only() throws IOException {
    String first = sample.commit("main", Map.of("a", "1"));
    Duration hour = Duration.ofHours(1);
    assertThat(git.tip(shop, "main", hour)).isEqualTo(new Found<>(first));
    int asked = server.listings.get();
    String second = sample.commit("main", Map.of("a", "2"));

    assertThat(git.tip(shop, "main", hour)).isEqualTo(new Found<>(first));
    assertThat(server.listings).hasValue(asked);
    assertThat(git.tip(shop, "main", FRESH)).isEqualTo(new Found<>(second));
    assertFailed(
        git.tip(new GitRepository(server.url(), new GitAccess.Basic("dev", "other")), "main", hour),
        Reason.DENIED);
  }

  @Test
  void environments_that_ask_at_once_share_one_listing() throws Exception {
    String commit = sample.commit("main", Map.of("a", "1"));
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    server.beforeListing =
        () -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    var answers = new ArrayList<CompletableFuture<GitResult<String>>>();
    for (int i = 0; i < 50; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> git.tip(shop, "main", Duration.ofSeconds(30)),
              task -> Thread.ofVirtual().start(task)));
    }
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    release.countDown();

    for (var answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(new Found<>(commit));
    }
    assertThat(server.listings).hasValue(1);
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertFailed(
      GitResult<?> result, Reason reason) {
    assertThat(result).isInstanceOf(Failed.class);
    var failed = (Failed<?>) result;
    assertThat(failed.reason()).as(failed.message()).isEqualTo(reason);
    return assertThat(failed.message()).asInstanceOf(InstanceOfAssertFactories.STRING);
  }
}
