package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Removal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A type whose resources hold data that may be kept when they are deleted. */
public interface KeepsData<L extends AwsLive> {
  /** Deletes it and keeps its data, as the type can. Each call may be repeated. */
  void deleteAndKeepData(Calls aws, Owner owner, LogicalName name, L live, Instant now);

  /** What was kept of one that is gone. */
  default Kept kept(Calls aws, Owner owner, String id) {
    return new Kept.NothingToKeep();
  }

  /**
   * What keeps one from being deleted, asked before anything of its environment is; what can be
   * cleared out of the way is.
   *
   * @param spared what somebody wants to restore, by the names that users give
   */
  default Optional<Outcome.Failed> obstacle(
      Calls aws, Owner owner, L live, Removal removal, Set<String> spared, Instant now) {
    return Optional.empty();
  }

  /**
   * Deletes of all that was kept for the cluster's environments, present and former, what is kept
   * longer than they wished for.
   */
  default void prune(Calls aws, String clusterId, Set<String> spared, Instant now) {}
}
