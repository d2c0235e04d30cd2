package dev.appenv.operator.plan;

import java.util.List;
import java.util.Optional;

/** All that is wanted. An environment that is being deleted wants nothing. */
public record DesiredEnvironment(List<DesiredResource<?, ?>> resources) {
  public static final DesiredEnvironment NOTHING = new DesiredEnvironment(List.of());

  public DesiredEnvironment {
    resources = List.copyOf(resources);
  }

  public Optional<DesiredResource<?, ?>> in(LogicalName name) {
    return resources.stream()
        .filter(r -> r.name().equals(name))
        .<DesiredResource<?, ?>>map(r -> r)
        .findFirst();
  }
}
