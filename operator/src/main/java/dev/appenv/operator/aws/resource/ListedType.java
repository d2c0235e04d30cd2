package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.List;

/** A type that AWS lists with its tags, so that a few calls show those of all environments. */
public non-sealed interface ListedType<D extends AwsDesired, L extends AwsLive>
    extends AwsType<D, L> {

  /**
   * All that bear the cluster's tag, in pages. What AWS still lists though it is gone is left out.
   */
  List<L> list(Calls aws, String clusterId);

  /**
   * Whether the list may be long, or calls few, and what moves in it does so at once: then it is
   * read as seldom as what is read by itself.
   */
  default boolean isReadSeldom() {
    return false;
  }

  /**
   * The ids of all that creates of this resource may have made, asked in another way than {@link
   * #list} does: the second witness of a create whose answer is not known.
   */
  List<String> begun(Calls aws, Owner owner, LogicalName name);
}
