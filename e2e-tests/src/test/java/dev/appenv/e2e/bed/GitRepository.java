package dev.appenv.e2e.bed;

import dev.appenv.e2e.project.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A repository on the bed's Git server, with a work tree to push from. */
public final class GitRepository {
  public static final String COMPOSE_FILE = "docker-compose.yml";

  /** Not the default one, which a Git server does not let anyone delete. */
  public static final String BRANCH = "feature/shop";

  private static final Duration COMMAND = Duration.ofSeconds(60);

  private final TestBed bed;
  private final String name;
  private final Path tree;

  private GitRepository(TestBed bed, String name, Path tree) {
    this.bed = bed;
    this.name = name;
    this.tree = tree;
  }

  static GitRepository create(TestBed bed, String name) {
    new Shell(List.of(), Map.of())
        .run(
            COMMAND,
            Repository.file("e2e-tests/bed/bed").toString(),
            "part",
            bed.folder().toString(),
            "git",
            "new",
            "test/" + name)
        .text();
    try {
      var tree = Files.createTempDirectory(bed.folder(), "tree");
      var repository = new GitRepository(bed, name, tree);
      repository.git("init", "-q", "-b", BRANCH);
      var settings = bed.settings();
      repository.git(
          "remote",
          "add",
          "origin",
          repository
              .url()
              .replace(
                  "://",
                  "://%s:%s@"
                      .formatted(settings.get("BED_GIT_USER"), settings.get("BED_GIT_PASSWORD"))));
      return repository;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "%s/test/%s.git".formatted(bed.settings().get("BED_GIT_HTTP"), name);
  }

  /**
   * The example shop at a version: {@code v1}, {@code v2}, or {@code v3-broken}, which never gets
   * healthy.
   *
   * @return the commit
   */
  public String pushShop(String version) {
    return push(shop(bed, version));
  }

  /** The compose file of the example shop that has a database of its own. */
  public static String shop(TestBed bed, String version) {
    return shop(bed, COMPOSE_FILE, version);
  }

  /**
   * A compose file of the example shop.
   *
   * @param file its name in the example's folder
   */
  public static String shop(TestBed bed, String file, String version) {
    try {
      return Files.readString(Repository.file("examples/three-tier").resolve(file))
          .replace("registry.example.com/", bed.settings().get("BED_REGISTRY") + "/")
          .replaceAll(":v1\\b", ":" + version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Commits and pushes a compose file.
   *
   * @return the commit
   */
  public String push(String composeFile) {
    try {
      Files.writeString(tree.resolve(COMPOSE_FILE), composeFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("add", COMPOSE_FILE);
    return push();
  }

  /** A commit that has no compose file. */
  public void pushWithoutComposeFile() {
    git("rm", "-q", COMPOSE_FILE);
    push();
  }

  private String push() {
    git(
        "-c",
        "user.name=Ann",
        "-c",
        "user.email=ann@shop.example",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "A change");
    git("push", "-q", "-f", "origin", BRANCH);
    return git("rev-parse", "HEAD").strip();
  }

  public void deleteBranch() {
    git("push", "-q", "origin", "--delete", BRANCH);
  }

  /** In the bed's network. */
  private String git(String... arguments) {
    var command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = tree.toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return bed.inside().run(COMMAND, command).text();
  }
}
