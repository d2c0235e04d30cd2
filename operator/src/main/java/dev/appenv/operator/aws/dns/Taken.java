package dev.appenv.operator.aws.dns;

import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.plan.Owner;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;

/** Why a record cannot be made where others have one. */
final class Taken {
  private Taken() {}

  static String message(
      RecordId id, Optional<LiveRecord> there, Owner owner, InvalidChangeBatchException refusal) {
    return "spec.ingress.domain: "
        + there
            .map(live -> holder(id, live, owner))
            .orElseGet(() ->
                "%s; choose a domain in the zone that has no other record, or delete that"
                    .formatted(Failures.of(refusal).message()));
  }

  private static String holder(RecordId id, LiveRecord live, Owner owner) {
    var environment = live.tags().get(OwnerTags.ENVIRONMENT);
    if (environment != null)
      return "%s belongs to the environment %s%s; choose another domain"
          .formatted(
              id.domain(),
              environment,
              owner.clusterId().equals(live.tags().get(OwnerTags.CLUSTER))
                  ? ""
                  : " of another cluster");
    if (OwnerTags.isRetained(live.tags(), owner))
      return "%s was left behind by a former environment of this name; set spec.lifecycle.adopt: true, or delete it and TXT record %s"
          .formatted(id, OwnerRecord.name(id.domain()));
    return "zone %s has a record %s that is not ours; delete it, or choose another domain"
        .formatted(
            id.zone(), live.addresses().isEmpty() ? OwnerRecord.name(id.domain()) : id.domain());
  }
}
