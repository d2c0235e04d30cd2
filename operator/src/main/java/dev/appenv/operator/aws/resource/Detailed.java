package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Owner;

/**
 * A listed type of which AWS shows a part only by calls for each one. These are made more seldom
 * than the list is read, and after each change of ours.
 */
public interface Detailed<L extends AwsLive, T> {
  /** For how many sweep intervals what was read serves. */
  int intervals();

  /** About how many calls that takes. */
  int detailCalls();

  T detail(Calls aws, Owner owner, L live);

  L with(L live, T detail);
}
