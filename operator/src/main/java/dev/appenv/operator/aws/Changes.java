package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.CallGate;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Session;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.Live;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.SecretParts;
import dev.appenv.operator.plan.Slot;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Changes of single resources, of which AWS's errors are values. Each is done in a session that
 * bears the environment's name, and touches only what bears its marks.
 */
final class Changes {
  private final AwsClients clients;
  private final InstantSource clock;

  Changes(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  Outcome create(Scope scope, DesiredResource<?, ?> wanted, Intent intent, Ids ids) {
    var secrets = new HashMap<String, String>();
    var outcome =
        change(
            scope,
            () -> create(scope, AwsType.of(wanted.slot()), wanted, intent, ids, secrets::put));
    return outcome instanceof Outcome.Done(var id, _)
        ? new Outcome.Done(id, new SecretParts(secrets))
        : outcome;
  }

  private <D extends AwsDesired> String create(
      Scope scope,
      AwsType<D, ?> type,
      DesiredResource<?, ?> wanted,
      Intent intent,
      Ids ids,
      BiConsumer<String, String> secrets) {
    var desired = type.facts().desiredForm().cast(wanted.desired());
    var tags = new TreeMap<>(desired.tags());
    tags.putAll(OwnerTags.of(scope.owner(), wanted.name()));
    return type.create(
        clients.in(scope.account(), scope.region()),
        desired,
        new Creation(scope.owner(), intent, tags, ids, secrets));
  }

  Outcome update(
      Scope scope, DesiredResource<?, ?> wanted, Live live, List<Difference> differences, Ids ids) {
    return change(
        scope, () -> update(scope, AwsType.of(wanted.slot()), wanted, live, differences, ids));
  }

  private <D extends AwsDesired, L extends AwsLive> String update(
      Scope scope,
      AwsType<D, L> type,
      DesiredResource<?, ?> wanted,
      Live live,
      List<Difference> differences,
      Ids ids) {
    type.change(
        clients.in(scope.account(), scope.region()),
        type.facts().desiredForm().cast(wanted.desired()),
        owned(scope, type, live),
        differences,
        ids);
    return live.id();
  }

  Outcome delete(Scope scope, Slot<?, ?> slot, Live live, Removal removal) {
    return change(scope, () -> delete(scope, slot.name(), AwsType.of(slot), live, removal));
  }

  @SuppressWarnings("unchecked") // a type keeps the data of its own live form
  private <L extends AwsLive> String delete(
      Scope scope, LogicalName name, AwsType<?, L> type, Live live, Removal removal) {
    var aws = clients.in(scope.account(), scope.region());
    var resource = owned(scope, type, live);
    if (removal == Removal.KEEP_DATA && type instanceof KeepsData<?> keeper)
      ((KeepsData<L>) keeper)
          .deleteAndKeepData(aws, scope.owner(), name, resource, clock.instant());
    else type.delete(aws, resource);
    return live.id();
  }

  Outcome disown(Scope scope, Slot<?, ?> slot, Live live) {
    return change(scope, () -> disown(scope, slot.name(), AwsType.of(slot), live));
  }

  Outcome adopt(Scope scope, Slot<?, ?> slot, Live live) {
    return change(scope, () -> adopt(scope, slot.name(), AwsType.of(slot), live));
  }

  private <L extends AwsLive> String adopt(
      Scope scope, LogicalName name, AwsType<?, L> type, Live live) {
    var resource = type.facts().liveForm().cast(live);
    if (!OwnerTags.isRetained(resource.tags(), scope.owner()))
      throw new IllegalStateException(live.id() + " was not given up by " + scope.owner().path());
    type.adopt(clients.in(scope.account(), scope.region()), scope.owner(), name, resource);
    return live.id();
  }

  private <L extends AwsLive> String disown(
      Scope scope, LogicalName name, AwsType<?, L> type, Live live) {
    type.disown(
        clients.in(scope.account(), scope.region()), scope.owner(), name, owned(scope, type, live));
    return live.id();
  }

  /** What is changed or deleted must bear our mark, whatever was decided before. */
  static <L extends AwsLive> L owned(Scope scope, AwsType<?, L> type, Live live) {
    var resource = type.facts().liveForm().cast(live);
    if (OwnerTags.read(resource.tags()).filter(mark -> mark.isOf(scope.owner())).isEmpty())
      throw new IllegalStateException(live.id() + " does not bear the tags of " + scope.owner());
    return resource;
  }

  private static Outcome change(Scope scope, Supplier<String> call) {
    try {
      return new Outcome.Done(
          Session.of(scope.owner()).run(() -> CallGate.paid(call)), SecretParts.NONE);
    } catch (AwsType.EmptyAnswer | AwsType.Impossible e) {
      return new Outcome.Failed(Outcome.Cause.REFUSED, String.valueOf(e.getMessage()));
    } catch (AwsType.InUse e) {
      return new Outcome.Failed(Outcome.Cause.IN_USE, String.valueOf(e.getMessage()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return Failures.of(e);
    }
  }
}
