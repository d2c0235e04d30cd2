package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.List;

/**
 * A group of resource types that belong together: which places they have in an environment, and
 * what is wanted there.
 */
public interface Noun {
  List<Slot<?, ?>> slots();

  List<DesiredResource<?, ?>> desired(Wish wish);
}
