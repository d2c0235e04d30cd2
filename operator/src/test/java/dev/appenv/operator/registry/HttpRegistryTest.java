package dev.appenv.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.memory.TestClock;
import dev.appenv.operator.registry.LocalRegistry.Answer;
import dev.appenv.operator.registry.LocalRegistry.Door;
import dev.appenv.operator.release.RegistryCredentials.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock();
  private final LocalRegistry server = new LocalRegistry();
  private final HttpRegistry registry = new HttpRegistry(clock, DEADLINE);
  private final Optional<Login> puller = Optional.of(new Login(server.host(), "puller", "s3cret"));

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  private Lookup resolve(String pathAndTag) {
    return registry.resolve(server.image(pathAndTag), puller);
  }

  private Lookup resolveAnonymously(String pathAndTag) {
    return registry.resolve(server.image(pathAndTag), Optional.empty());
  }

  @Test
  void a_tag_is_resolved_by_one_head_that_accepts_indexes_and_manifests_of_both_kinds() {
    var digest = server.push("shop/web:v1", "one");
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked).containsExactly("HEAD shop/web:v1");
    assertThat(server.accepted)
        .containsExactly(
            "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json");
  }

  @Test
  void a_tag_that_was_pushed_once_more_has_its_new_digest() {
    server.push("shop/web:v1", "one");
    resolveAnonymously("shop/web:v1");
    var digest = server.push("shop/web:v1", "two");
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
  }

  @Test
  void an_image_without_tag_is_the_latest() {
    var digest = server.push("shop/web:latest", "one");
    assertThat(resolveAnonymously("shop/web")).isEqualTo(new Lookup.Found(digest));
  }

  @Test
  void where_the_head_tells_no_digest_it_is_that_of_the_manifest() {
    server.tellsDigest = false;
    var digest = server.push("shop/web:v1", "one");
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked).containsExactly("HEAD shop/web:v1", "GET shop/web:v1");
  }

  @Test
  void an_image_with_a_digest_needs_no_call() {
    var digest = "sha256:" + "a".repeat(64);
    assertThat(resolve("shop/web:v1@" + digest)).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked).isEmpty();
  }

  @Test
  void a_tag_that_is_not_there_is_missing() {
    assertThat(resolveAnonymously("shop/web:v9"))
        .isEqualTo(
            new Lookup.Missing(
                "The registry %s does not have shop/web:v9".formatted(server.host())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop/Web:v1", "shop/../admin:v1", "shop/web:", "shop/web:v1@sha256:12"})
  void what_can_be_no_image_is_not_asked_for(String name) {
    assertThat(resolve(name)).isInstanceOf(Lookup.Invalid.class);
    assertThat(server.asked).isEmpty();
  }

  // ---- who asks

  @Test
  void a_login_is_shown_only_where_it_is_asked_for_and_then_with_each_question() {
    server.door = Door.BASIC;
    var digest = server.push("shop/web:v1", "one");
    assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked)
        .containsExactly("HEAD shop/web:v1", "HEAD shop/web:v1 with", "HEAD shop/web:v1 with");
  }

  @Test
  void a_wrong_login_is_denied_and_says_who_asked_for_what() {
    server.door = Door.BASIC;
    server.login = "puller:other";
    assertThat(resolve("shop/web:v1"))
        .isEqualTo(
            new Lookup.Denied(
                "The registry %s does not let user puller read shop/web, or does not have it"
                    .formatted(server.host())));
    assertThat(resolveAnonymously("shop/web:v1"))
        .isEqualTo(
            new Lookup.Denied(
                "The registry %s does not let everybody read shop/web, or does not have it"
                    .formatted(server.host())));
  }

  @Test
  void a_corrected_login_is_let_in() {
    server.door = Door.BASIC;
    server.login = "puller:other";
    resolve("shop/web:v1");
    server.login = "puller:s3cret";
    var digest = server.push("shop/web:v1", "one");
    assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
  }

  @Test
  void what_is_open_to_all_is_read_with_a_token_for_all() {
    server.door = Door.BEARER;
    server.forAll = true;
    var digest = server.push("shop/web:v1", "one");
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked)
        .containsExactly(
            "HEAD shop/web:v1",
            "TOKEN service=registry.test&scope=repository:shop/web:pull",
            "HEAD shop/web:v1 with");
  }

  @Test
  void a_token_for_a_login_serves_until_it_ends() {
    server.door = Door.BEARER;
    var digest = server.push("shop/web:v1", "one");
    server.push("shop/web:v2", "two");
    assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(resolve("shop/web:v2")).isInstanceOf(Lookup.Found.class);
    clock.advance(Duration.ofSeconds(280));
    assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked("TOKEN")).isOne();
    assertThat(server.asked("HEAD")).isEqualTo(4);
    clock.advance(Duration.ofSeconds(20));
    assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked("TOKEN")).isEqualTo(2);
  }

  @Test
  void a_token_is_for_its_login_alone() {
    server.door = Door.BEARER;
    server.push("shop/web:v1", "one");
    resolve("shop/web:v1");
    assertThat(resolveAnonymously("shop/web:v1")).isInstanceOf(Lookup.Denied.class);
  }

  @Test
  void a_login_that_the_token_server_refuses_is_denied() {
    server.door = Door.BEARER;
    server.login = "puller:other";
    assertThat(resolve("shop/web:v1")).isInstanceOf(Lookup.Denied.class);
  }

  @Test
  void no_login_goes_to_a_token_server_that_others_could_read_along_with() {
    server.door = Door.BEARER;
    server.realm = "http://tokens.example.com/token";
    assertThat(resolve("shop/web:v1"))
        .isEqualTo(
            new Lookup.Unreachable(
                "The registry %s names no token server with an https address"
                    .formatted(server.host())));
  }

  // ---- what keeps it from answering

  @Test
  void a_registry_that_has_been_asked_too_often_is_left_alone_for_as_long_as_it_says() {
    var digest = server.push("shop/web:v1", "one");
    server.instead.put("shop/web:v1", new Answer(429, Map.of("Retry-After", "120")));
    var paused =
        new Lookup.Unreachable(
            "The registry %s has been asked too often and is asked again at 2026-11-22T09:02:00Z"
                .formatted(server.host()));
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(paused);
    server.instead.clear();
    clock.advance(Duration.ofSeconds(119));
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(paused);
    assertThat(resolveAnonymously("shop/other:v1")).isEqualTo(paused);
    assertThat(server.asked).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(resolveAnonymously("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
  }

  @Test
  void it_may_also_name_the_time_or_nothing() {
    server.instead.put(
        "shop/web:v1", new Answer(429, Map.of("Retry-After", "Sun, 22 Nov 2026 09:05:00 GMT")));
    assertThat(resolveAnonymously("shop/web:v1").toString()).contains("2026-11-22T09:05:00Z");
    clock.advance(Duration.ofMinutes(5));
    server.instead.put("shop/web:v1", new Answer(429, Map.of()));
    assertThat(resolveAnonymously("shop/web:v1").toString()).contains("2026-11-22T09:06:00Z");
  }

  @Test
  void a_token_server_that_has_been_asked_too_often_is_left_alone_too() {
    server.door = Door.BEARER;
    server.tokenStatus = 429;
    assertThat(resolve("shop/web:v1").toString()).contains("again at 2026-11-22T09:00:30Z");
    assertThat(resolve("shop/web:v1")).isInstanceOf(Lookup.Unreachable.class);
    assertThat(server.asked("TOKEN")).isOne();
  }

  @Test
  void an_error_of_the_registry_says_nothing_about_the_image() {
    server.instead.put("shop/web:v1", new Answer(503, Map.of()));
    assertThat(resolveAnonymously("shop/web:v1"))
        .isEqualTo(
            new Lookup.Unreachable(
                "The registry %s cannot be asked for shop/web:v1: it answers with status 503"
                    .formatted(server.host())));
  }

  @Test
  void a_registry_where_nothing_listens_is_unreachable() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(registry.resolve("127.0.0.1:%d/shop/web:v1".formatted(free), puller))
        .isEqualTo(
            new Lookup.Unreachable(
                "The registry 127.0.0.1:%d cannot be asked for shop/web:v1: nothing listens there"
                    .formatted(free)));
  }

  @Test
  void a_registry_that_never_answers_is_unreachable_in_time() throws IOException {
    try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        var hasty = new HttpRegistry(clock, Duration.ofMillis(300))) {
      var image = "127.0.0.1:%d/shop/web:v1".formatted(silent.getLocalPort());
      assertThat(hasty.resolve(image, Optional.empty()).toString())
          .contains("it does not answer in time");
    }
  }

  // ---- where it leads on to

  @Test
  void a_login_does_not_follow_to_another_host() {
    try (var other = new LocalRegistry()) {
      server.door = Door.BASIC;
      var digest = other.push("shop/web:v1", "one");
      resolve("shop/web:v1");
      server.instead.put(
          "shop/web:v1",
          new Answer(
              307,
              Map.of("Location", "http://%s/v2/shop/web/manifests/v1".formatted(other.host()))));
      server.asked.clear();
      assertThat(resolve("shop/web:v1")).isEqualTo(new Lookup.Found(digest));
      assertThat(server.asked).containsExactly("HEAD shop/web:v1 with");
      assertThat(other.asked).containsExactly("HEAD shop/web:v1");
    }
  }

  @Test
  void it_follows_within_the_host() {
    server.door = Door.BASIC;
    var digest = server.push("shop/web:v1", "one");
    resolve("shop/web:v1");
    server.instead.put(
        "shop/web:old", new Answer(308, Map.of("Location", "/v2/shop/web/manifests/v1")));
    assertThat(resolve("shop/web:old")).isEqualTo(new Lookup.Found(digest));
    assertThat(server.asked).endsWith("HEAD shop/web:old with", "HEAD shop/web:v1 with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://registry.example.com/v2/", "ftp://127.0.0.1/", "http://[", ""})
  void nobody_is_followed_to_where_others_could_read_along(String location) {
    server.instead.put("shop/web:v1", new Answer(307, Map.of("Location", location)));
    assertThat(resolveAnonymously("shop/web:v1").toString())
        .startsWith("Unreachable")
        .contains("it leads on to what is no");
  }

  @Test
  void nobody_is_followed_round_in_circles() {
    server.instead.put(
        "shop/web:v1", new Answer(307, Map.of("Location", "/v2/shop/web/manifests/v1")));
    assertThat(resolveAnonymously("shop/web:v1").toString()).contains("it leads on and on");
    assertThat(server.asked).hasSize(6);
  }

  // ---- names

  @Test
  void images_without_a_host_are_at_docker_hub_and_all_but_this_computer_is_asked_by_https() {
    assertThat(manifest("nginx")).isEqualTo(hub("library/nginx/manifests/latest"));
    assertThat(manifest("docker.io/acme/shop:v1")).isEqualTo(hub("acme/shop/manifests/v1"));
    assertThat(manifest("registry.example.com/shop:v1"))
        .isEqualTo("https://registry.example.com/v2/shop/manifests/v1");
    assertThat(manifest("localhost:5000/shop:v1"))
        .isEqualTo("http://localhost:5000/v2/shop/manifests/v1");
    assertThat(manifest("127.0.0.1.example.com/shop:v1"))
        .isEqualTo("https://127.0.0.1.example.com/v2/shop/manifests/v1");
  }

  private static String hub(String path) {
    return "https://registry-1.docker.io/v2/" + path;
  }

  private static String manifest(String image) {
    return ImageReference.of(image).orElseThrow().manifest().toString();
  }
}
