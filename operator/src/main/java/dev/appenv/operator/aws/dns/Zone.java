package dev.appenv.operator.aws.dns;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A public zone of Route 53. One that is not there has no records. */
record Zone(Calls aws, String id) {
  static Zone of(Calls aws, String id) {
    return new Zone(aws, id);
  }

  /** All records that have an owner's record beside them, whoever that is. */
  List<LiveRecord> records() {
    try {
      var byDomain =
          aws
              .route53(Permit.READ)
              .listResourceRecordSetsPaginator(r -> r.hostedZoneId(id))
              .resourceRecordSets()
              .stream()
              .filter(set -> set.type() == RRType.A || OwnerRecord.domain(set).isPresent())
              .collect(
                  Collectors.groupingBy(
                      set -> OwnerRecord.domain(set).orElseGet(() -> LiveRecord.name(set))));
      return byDomain.entrySet().stream()
          .flatMap(e -> LiveRecord.in(e.getValue(), new RecordId(id, e.getKey())).stream())
          .filter(live -> live.owner() != null)
          .toList();
    } catch (NoSuchHostedZoneException e) {
      return List.of();
    }
  }

  /** The record of this domain, with or without an owner's record. */
  Optional<LiveRecord> find(RecordId record) {
    try {
      var page = from(record.domain(), RRType.A, 300);
      var sets = new ArrayList<>(page.resourceRecordSets());
      // So many names below the domain come before it.
      if (page.isTruncated() && sets.stream().noneMatch(set -> isOwnerOf(record, set)))
        sets.addAll(from(OwnerRecord.name(record.domain()), RRType.TXT, 1).resourceRecordSets());
      return LiveRecord.in(sets, record);
    } catch (NoSuchHostedZoneException e) {
      return Optional.empty();
    }
  }

  private static boolean isOwnerOf(RecordId record, ResourceRecordSet set) {
    return OwnerRecord.domain(set).filter(record.domain()::equals).isPresent();
  }

  private ListResourceRecordSetsResponse from(String name, RRType type, int atMost) {
    var page =
        aws.route53(Permit.READ)
            .listResourceRecordSets(r ->
                r.hostedZoneId(id)
                    .startRecordName(name)
                    .startRecordType(type)
                    .maxItems(String.valueOf(atMost)));
    // There may be no record from there on, but then Route 53 says that this is all.
    if (page.isTruncated() == null) throw new AwsType.EmptyAnswer(id + "/" + name);
    return page;
  }

  /** Deletes and makes, all or nothing. */
  void change(Permit permit, List<ResourceRecordSet> deleted, List<ResourceRecordSet> made) {
    var changes =
        Stream.concat(
                deleted.stream().map(set -> change(ChangeAction.DELETE, set)),
                made.stream().map(set -> change(ChangeAction.CREATE, set)))
            .toList();
    // Only a request as a whole tells the permit what it does.
    aws.route53(permit)
        .changeResourceRecordSets(
            ChangeResourceRecordSetsRequest.builder()
                .hostedZoneId(id)
                .changeBatch(ChangeBatch.builder().changes(changes).build())
                .build());
  }

  private static Change change(ChangeAction action, ResourceRecordSet set) {
    return Change.builder().action(action).resourceRecordSet(set).build();
  }
}
