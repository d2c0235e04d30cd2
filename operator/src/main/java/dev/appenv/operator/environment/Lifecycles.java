package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.LifecycleSpec.DeletionPolicy;
import dev.appenv.operator.plan.Removal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users say about the end of an environment, and about taking up a former one's. */
final class Lifecycles {
  private Lifecycles() {}

  /** What becomes of everything when the environment goes. */
  static Removal removal(@Nullable AppEnvironmentSpec spec) {
    return switch (policy(spec)) {
      case Snapshot -> Removal.KEEP_DATA;
      case Delete -> Removal.DISCARD_DATA;
      case Retain -> Removal.DISOWN;
    };
  }

  /** What becomes of a resource that is not wished for any more, or is replaced. */
  static Removal removalOfOne(AppEnvironmentSpec spec) {
    return policy(spec) == DeletionPolicy.Delete ? Removal.DISCARD_DATA : Removal.KEEP_DATA;
  }

  private static DeletionPolicy policy(@Nullable AppEnvironmentSpec spec) {
    return spec == null || spec.lifecycle() == null || spec.lifecycle().deletionPolicy() == null
        ? DeletionPolicy.Snapshot
        : spec.lifecycle().deletionPolicy();
  }

  /** Whether the user has said that the environment must not be deleted. */
  static boolean isProtected(@Nullable AppEnvironmentSpec spec) {
    return spec != null
        && spec.database() != null
        && Boolean.TRUE.equals(spec.database().deletionProtection());
  }

  /** Since when what a former environment of this name left behind is wanted. */
  static Optional<Instant> adopting(AppEnvironment environment) {
    var lifecycle = environment.getSpec().lifecycle();
    return lifecycle != null && Boolean.TRUE.equals(lifecycle.adopt())
        ? Optional.of(Instant.parse(environment.getMetadata().getCreationTimestamp()))
        : Optional.empty();
  }
}
