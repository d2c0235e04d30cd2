package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What users ask of an environment by annotations, for it is no part of what they wish for. */
final class Annotations {
  /**
   * {@code kubectl annotate appenv NAME appenv.dev/refresh="$(date)" --overwrite}: everything is
   * read anew now, and not when it is due. Each value is one request.
   */
  static final String REFRESH = "appenv.dev/refresh";

  /**
   * The hashes of what may be deleted or replaced, where {@code spec.approval} is Manual, with
   * commas between them.
   */
  static final String APPROVE = "appenv.dev/approve";

  /** Each value asks once for other passwords of all resources that have one. */
  static final String ROTATE = "appenv.dev/rotate-passwords";

  private Annotations() {}

  static Optional<String> get(AppEnvironment environment, String annotation) {
    var annotations = environment.getMetadata().getAnnotations();
    return annotations == null
        ? Optional.empty()
        : Optional.ofNullable(Map.copyOf(annotations).get(annotation));
  }

  static Set<String> approved(AppEnvironment environment) {
    return get(environment, APPROVE)
        .map(hashes -> Set.copyOf(List.of(hashes.strip().split("\\s*,\\s*"))))
        .orElse(Set.of());
  }

  /** How {@link #approved} has to be written. */
  static String approving(List<String> hashes) {
    return String.join(",", hashes);
  }

  /** Whether a refresh was asked for that was not handled yet. */
  static boolean isRefreshDue(AppEnvironment environment, Report before) {
    return get(environment, REFRESH).filter(r -> !r.equals(before.refreshed())).isPresent();
  }

  /** Whether something else is asked for than before. */
  static boolean differ(AppEnvironment now, AppEnvironment before) {
    return !Objects.equals(get(now, REFRESH), get(before, REFRESH))
        || !Objects.equals(get(now, APPROVE), get(before, APPROVE))
        || !Objects.equals(get(now, ROTATE), get(before, ROTATE));
  }
}
