package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;

/** A type whose resources hold data that may be kept when they are deleted. */
public interface KeepsData<L extends AwsLive> {
  /** Deletes it and keeps its data, as the type can. Each call may be repeated. */
  void deleteAndKeepData(Calls aws, Owner owner, LogicalName name, L live, Instant now);

  /** What was kept of one that is gone. */
  default Kept kept(Calls aws, String id) {
    return new Kept.NothingToKeep();
  }
}
