package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What users ask for with {@code kubectl annotate appenv NAME appenv.dev/refresh="$(date)"
 * --overwrite}: that everything is read anew now, and not when it is due.
 */
final class Refresh {
  static final String ANNOTATION = "appenv.dev/refresh";

  private Refresh() {}

  /** What was asked for, if anything ever was; each value is one request. */
  static @Nullable String requested(AppEnvironment environment) {
    var annotations = environment.getMetadata().getAnnotations();
    return annotations == null ? null : Map.copyOf(annotations).get(ANNOTATION);
  }

  /** Whether there is a request that was not handled yet. */
  static boolean isDue(AppEnvironment environment, Report before) {
    var requested = requested(environment);
    return requested != null && !Objects.equals(requested, before.refreshed());
  }
}
