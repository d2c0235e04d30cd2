package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.Defaults;
import dev.appenv.api.IngressSpec;
import dev.appenv.api.SecretRef;
import dev.appenv.operator.git.GitAccess;
import dev.appenv.operator.git.GitRepositories;
import dev.appenv.operator.git.GitRepository;
import dev.appenv.operator.git.GitResult;
import dev.appenv.operator.release.ComposeFile;
import dev.appenv.operator.release.Ingress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the branch of an environment asks for: the compose file at its tip, read in the background
 * at the poll interval.
 */
final class Sources {
  private static final Duration DEFAULT_POLL =
      Durations.parse(Defaults.POLL_INTERVAL, Duration.ofMinutes(1));

  /** One reading of a branch. */
  sealed interface Source {
    record Commit(String id, ComposeFile.Valid compose, Ingress ingress) implements Source {}

    record Unusable(Problem problem) implements Source {}
  }

  /** What a reading depended on: another spec needs another reading. */
  record Reading(long generation, Source source) {}

  private final GitRepositories git;
  private final Secrets secrets;
  private final Function<AppEnvironmentSpec, Set<String>> variables;
  private final Background<Reading> readings;

  /**
   * @param variables the names of those that the environment's resources give
   */
  Sources(
      GitRepositories git,
      Secrets secrets,
      Function<AppEnvironmentSpec, Set<String>> variables,
      Background<Reading> readings) {
    this.git = git;
    this.secrets = secrets;
    this.variables = variables;
    this.readings = readings;
  }

  /** How often the world outside is looked at for this environment. */
  static Duration pollInterval(AppEnvironment environment) {
    return Durations.parse(environment.getSpec().source().pollInterval(), DEFAULT_POLL);
  }

  /** The last reading for this spec, if there is one; a new one is begun when it is due. */
  Optional<Source> of(AppEnvironment environment) {
    var uid = environment.getMetadata().getUid();
    var generation = environment.getMetadata().getGeneration();
    var last = readings.last(uid);
    if (last.isPresent() && last.get().generation() != generation) readings.expire(uid);
    readings.refresh(
        uid, pollInterval(environment), () -> new Reading(generation, read(environment)));
    return readings.last(uid).filter(r -> r.generation() == generation).map(Reading::source);
  }

  /** The next who asks begins a new reading. */
  void refresh(String uid) {
    readings.expire(uid);
  }

  void forget(String uid) {
    readings.forget(uid);
  }

  private Source read(AppEnvironment environment) {
    var spec = environment.getSpec().source();
    var path = spec.composeFile() == null ? Defaults.COMPOSE_FILE : spec.composeFile();
    var unknown = AppNames.problem(environment.getSpec(), variables.apply(environment.getSpec()));
    if (unknown.isPresent()) return new Source.Unusable(unknown.get());
    return switch (access(environment)) {
      case Secrets.Answer.Missing<GitAccess>(var problem) -> new Source.Unusable(problem);
      case Secrets.Answer.Here<GitAccess>(var access) -> {
        var repository = new GitRepository(spec.repository(), access);
        yield switch (git.tip(repository, spec.branch(), Duration.ZERO)) {
          case GitResult.Found<String>(var commit) ->
              compose(environment, repository, commit, path);
          case GitResult.Missing<String>(_, var message) ->
              new Source.Unusable(Problem.person("BranchNotFound", message));
          case GitResult.Failed<String>(var reason, var message) ->
              new Source.Unusable(problem(reason, message));
        };
      }
    };
  }

  private Source compose(
      AppEnvironment environment, GitRepository repository, String commit, String path) {
    return switch (git.file(repository, commit, path)) {
      case GitResult.Missing<String>(_, var message) ->
          new Source.Unusable(Problem.person("ComposeFileNotFound", message));
      case GitResult.Failed<String>(var reason, var message) ->
          new Source.Unusable(problem(reason, message));
      case GitResult.Found<String>(var yaml) -> {
        var spec = environment.getSpec().ingress();
        var ingress = ingress(spec);
        var names = AppNames.all(environment.getSpec(), variables.apply(environment.getSpec()));
        yield switch (ComposeFile.parse(yaml, ingress, names)) {
          case ComposeFile.Valid valid -> new Source.Commit(commit, valid, ingress);
          case ComposeFile.Invalid(var message) ->
              new Source.Unusable(
                  Problem.person(
                      "ComposeFileInvalid",
                      "%s at %s: %s".formatted(path, commit.substring(0, 7), message)));
        };
      }
    };
  }

  private static Ingress ingress(IngressSpec spec) {
    var routes = new ArrayList<Ingress.Route>();
    if (spec.routes() != null)
      for (var route : spec.routes())
        routes.add(new Ingress.Route(route.path(), route.service(), route.port()));
    routes.add(new Ingress.Route("/", spec.service(), spec.port()));
    return new Ingress(routes);
  }

  private static Problem problem(GitResult.Reason reason, String message) {
    return switch (reason) {
      case UNREACHABLE -> Problem.passing("GitUnreachable", message);
      case DENIED -> Problem.person("GitAccessDenied", message);
      case HOST_KEY_MISMATCH -> Problem.person("GitHostKeyMismatch", message);
      case INVALID_URL -> Problem.person("GitUrlInvalid", message);
      case OTHER -> Problem.passing("GitFailed", message);
    };
  }

  private Secrets.Answer<GitAccess> access(AppEnvironment environment) {
    var ref = environment.getSpec().source().credentialsSecretRef();
    if (ref == null) return new Secrets.Answer.Here<>(new GitAccess.Anonymous());
    return switch (secrets.read(environment, ref, "spec.source.credentialsSecretRef")) {
      case Secrets.Answer.Missing<Map<String, String>>(var problem) ->
          new Secrets.Answer.Missing<>(problem);
      case Secrets.Answer.Here<Map<String, String>>(var data) -> access(ref, data);
    };
  }

  private static Secrets.Answer<GitAccess> access(SecretRef ref, Map<String, String> data) {
    var key = data.get("ssh-privatekey");
    if (key != null) {
      var hosts = data.get("known_hosts");
      return hosts == null
          ? missing(ref, "known_hosts", "the Git server's host key in known_hosts format")
          : new Secrets.Answer.Here<>(new GitAccess.SshKey(key, hosts));
    }
    var username = data.get("username");
    var password = data.get("password");
    if (username == null) return missing(ref, "username", "or ssh-privatekey for an ssh URL");
    if (password == null) return missing(ref, "password", "a password or token");
    return new Secrets.Answer.Here<>(new GitAccess.Basic(username, password));
  }

  private static Secrets.Answer<GitAccess> missing(SecretRef ref, String key, String what) {
    return new Secrets.Answer.Missing<>(
        Problem.person(
            "SecretIncomplete",
            "spec.source.credentialsSecretRef: Secret %s has no key %s (%s); add it"
                .formatted(ref.name(), key, what)));
  }
}
