package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;

/**
 * A type that AWS does not list with its tags. Its id is a name that we choose, always the same for
 * an environment, so that it is found without a list; it is read for each environment by itself,
 * and more seldom.
 */
public non-sealed interface NamedType<D extends AwsDesired, L extends AwsLive>
    extends AwsType<D, L> {

  /** How many calls one look at it takes, of those that {@link #changeBudget} limits. */
  int readCalls();

  /** The id under which this environment's would be made. */
  String id(Owner owner, LogicalName name);

  /**
   * Whether AWS shows one of this id in another way than {@link #find} asks: the second witness of
   * one that is gone.
   */
  boolean isListed(Calls aws, String id);
}
