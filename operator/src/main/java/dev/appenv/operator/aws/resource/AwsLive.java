package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.Live;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A live resource with its tags. */
public interface AwsLive extends Live {
  Map<String, String> tags();

  /** What bears its tags in its stead; empty where it bears them itself. */
  default Optional<String> bearer() {
    return Optional.empty();
  }

  /** The ids of what came with it and bears its marks too, such as a root volume. */
  default Set<String> companions() {
    return Set.of();
  }
}
