package dev.appenv.operator.plan;

import dev.appenv.api.AppEnvironmentSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cloud, as far as the pipeline needs it. Failures are values; nothing here waits for a
 * resource to become ready.
 */
public interface Infrastructure {
  /**
   * Every place in an environment, in an order in which nothing comes before what it depends on.
   */
  List<Slot<?, ?>> slots();

  /** The places that this spec may wish to fill. */
  Set<LogicalName> wished(AppEnvironmentSpec spec);

  /** Looks up what is chosen once; parts already known are kept. */
  Resolution<Wish.Resolved> resolve(
      Scope scope, AppEnvironmentSpec spec, Wish.@Nullable Resolved known);

  DesiredEnvironment desired(Wish wish);

  /** The resources among those that this spec wishes for that need a password. */
  Set<LogicalName> passwords(AppEnvironmentSpec spec);

  /** Those that are told a secret when they are made. */
  Set<LogicalName> credentials(AppEnvironmentSpec spec);

  /** The names of the variables by which the application is told of what this spec wishes for. */
  Set<String> variables(AppEnvironmentSpec spec);

  /** The variables, as far as what they tell of is there. */
  Outputs outputs(Wish wish, Observation observation);

  /** The DNS records that a person has to set, as far as what they tell of is there. */
  List<RecordToSet> recordsToSet(Wish wish, Observation observation);

  /**
   * How mail stands, where this spec wishes for it. Read seldom.
   *
   * @param after what was read before this instant will not do; {@link Instant#MIN} when it will
   */
  Optional<Mail> mail(Scope scope, Wish wish, Observation observation, Instant after);

  /**
   * Live state no older than the last change made through this object, or than the sweep interval.
   */
  Observation observe(Look look);

  /**
   * Whether the cloud's limits on calls leave room for the step now. What it costs is taken; never
   * waits.
   */
  boolean admit(Scope scope, Step step);

  /** The id under which it would be made now; null where the cloud gives it one. */
  @Nullable String idOfNew(Scope scope, DesiredResource<?, ?> wanted, Ids ids);

  /**
   * Makes a resource with exactly one changing call, which bears the intent's token and the owner's
   * tags.
   */
  Outcome create(Scope scope, DesiredResource<?, ?> wanted, Intent intent, Ids ids);

  Outcome update(
      Scope scope, DesiredResource<?, ?> wanted, Live live, List<Difference> differences, Ids ids);

  /**
   * Deletes a resource.
   *
   * @param removal what becomes of the data in it, if it has any
   */
  Outcome delete(Scope scope, Slot<?, ?> slot, Live live, Removal removal);

  /**
   * What keeps a resource from being deleted, as far as it can be known before; what can be cleared
   * out of the way is.
   *
   * @param spared what somebody wants to restore, by the names that users give
   */
  Optional<Outcome.Failed> obstacle(
      Scope scope, Slot<?, ?> slot, Live live, Removal removal, Set<String> spared);

  /**
   * Lets go of what was kept of data longer than was wished for, of all environments in the account
   * and region that keep such. Seldom does anything.
   *
   * @param names of the resources of which such may be kept
   * @param spared as with {@link #obstacle}; asked only when something is looked at
   * @param anew whether it is to be looked at now, for something more is kept since
   * @return why something that is to go could not be let go of
   */
  Optional<Outcome.Failed> prune(
      Scope scope, Set<LogicalName> names, Supplier<Set<String>> spared, boolean anew);

  /** What was kept of the data in a resource that was deleted and is gone. */
  Kept kept(Scope scope, Slot<?, ?> slot, String id);

  /** Takes our mark of ownership off a resource that stays. */
  Outcome disown(Scope scope, Slot<?, ?> slot, Live live);

  /** Puts our mark of ownership on a resource that a former environment of this name gave up. */
  Outcome adopt(Scope scope, Slot<?, ?> slot, Live live);

  /** The environment is gone: what is remembered of it is of no use any more. */
  void forget(Owner owner);
}
