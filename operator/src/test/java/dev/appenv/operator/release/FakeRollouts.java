package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.release.RolloutResult.Done;
import dev.appenv.operator.release.RolloutResult.Failed;
import dev.appenv.operator.release.RunningState.Container;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Releases of a small application, rolled out on a fake host. */
record FakeRollouts(FakeHost host) {
  static final String A = "a".repeat(40);
  static final String B = "b".repeat(40);
  static final RolloutOptions OPTIONS =
      new RolloutOptions(Duration.ofMinutes(3), Duration.ofSeconds(5), Duration.ZERO, 2, true);

  private static final RegistryCredentials CREDENTIALS =
      new RegistryCredentials(
          List.of(
              new RegistryCredentials.Login("registry.test:5000", "puller", "s3cret-pull"),
              new RegistryCredentials.Login("unused.test", "u", "p")));

  /** A release of these services, each with an image named after it and tagged by the commit. */
  DesiredRelease desired(String commit, String... services) {
    return desired(new ReleaseIdentity("c1", "u1", commit), services);
  }

  DesiredRelease desired(ReleaseIdentity identity, String... services) {
    return desired(identity, null, services);
  }

  /** The same, of which some are led to. */
  DesiredRelease desired(ReleaseIdentity identity, @Nullable Ingress ingress, String... services) {
    var yaml = new StringBuilder("services:\n");
    for (var service : services)
      yaml.append("  ")
          .append(service)
          .append(":\n    image: registry.test:5000/shop/")
          .append(service)
          .append(":")
          .append(identity.commit(), 0, 7)
          .append('\n');
    return switch (ComposeFile.parse(yaml.toString(), ingress)) {
      case ComposeFile.Valid valid ->
          DesiredRelease.of(
              valid, identity, ingress, new TreeMap<>(), host.observe(), Map.of(), Map.of());
      case ComposeFile.Invalid(String message) -> throw new AssertionError(message);
    };
  }

  DesiredRelease edge() {
    return Edge.desired(
        "traefik:3",
        new ReleaseIdentity("c1", "u1", Edge.PROJECT),
        host.layout,
        host.machine().edge());
  }

  DesiredMachine desiredMachine(DesiredRelease application) {
    return new DesiredMachine(edge(), application);
  }

  RolloutResult roll(DesiredRelease desired) {
    return roll(desired, OPTIONS);
  }

  RolloutResult roll(DesiredRelease desired, RolloutOptions options) {
    return new Rollout(host.shell, host.layout).run(desired, CREDENTIALS, options);
  }

  RunningState rolled(DesiredRelease desired) {
    var result = roll(desired);
    assertThat(result).isInstanceOf(Done.class);
    return ((Done) result).state();
  }

  Failed failed(DesiredRelease desired) {
    var result = roll(desired);
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed) result;
  }

  static List<String> names(RunningState state) {
    return state.containers().stream().map(Container::name).toList();
  }
}
