package dev.appenv.operator.aws.resource;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A type that AWS does not list with its tags. Its id is a name that we choose, so that it is found
 * without a list; it is read for each environment by itself, and more seldom.
 */
public non-sealed interface NamedType<D extends AwsDesired, L extends AwsLive>
    extends AwsType<D, L> {

  /** How many calls one look at it takes, of those that {@link #changeBudget} limits. */
  int readCalls();

  /**
   * The id under which this environment's is looked for as long as none is noted; null where what
   * is wished for does not say.
   *
   * @param spec null when it cannot be read
   */
  @Nullable String id(Owner owner, LogicalName name, @Nullable AppEnvironmentSpec spec);

  /** The id under which one is made. It is noted before, for then the wish may be another. */
  default String idOfNew(Owner owner, LogicalName name, D desired, Ids ids) {
    return Objects.requireNonNull(id(owner, name, null), name + " has no name of its own");
  }

  /** What to do about one under this id that does not bear this environment's marks. */
  default String ifForeign(String id) {
    return "%s is there and does not bear this environment's tags; delete it if nobody needs it"
        .formatted(id);
  }

  /** For how many sweep intervals a reading serves, for each costs calls by itself. */
  default int intervals() {
    return 12;
  }

  /**
   * Whether AWS shows one of this id in another way than {@link #find} asks: the second witness of
   * one that is gone.
   */
  boolean isListed(Calls aws, String id);
}
