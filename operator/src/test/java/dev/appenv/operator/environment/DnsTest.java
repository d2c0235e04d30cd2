package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.api.DriftStatus;
import dev.appenv.api.RecordToSetStatus;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.hand.DnsHands;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A domain leads to the machine, and nobody else's is ever touched. */
class DnsTest {
  private static final int LONGER_THAN_A_LIST_SERVES = 26;
  private static final String CHANGE = "ChangeResourceRecordSets";
  private static final AppEnvironmentSpec WITH_DOMAIN = Specs.domain(Specs.DEDICATED, Stage.DOMAIN);

  /** As desired but for the domain, which is asked for now. */
  private static Stage asking() {
    var stage = Stage.created();
    stage.nameZone();
    stage.cluster.apply(WITH_DOMAIN);
    return stage;
  }

  private static String stalled(Stage stage) {
    var condition = stage.condition("Stalled");
    assertThat(condition.status()).isEqualTo("True");
    return condition.message();
  }

  private static Map<String, String> marks(String uid, String namespace, String name) {
    return OwnerTags.of(
        new Owner(Cluster.CLUSTER_ID, uid, namespace, name), LogicalName.of("dns.record"));
  }

  @Test
  void in_the_accounts_zone_it_leads_to_the_machine() {
    var stage = Stage.withDomain();
    assertThat(stage.resolve(Stage.DOMAIN)).containsExactly(stage.machineAddress());
    assertThat(stage.status().url()).isEqualTo("http://shop.example.com/");
    assertThat(stage.status().recordsToSet()).isNull();
    assertThat(stage.id("dns.record")).isEqualTo("Z0123456789/shop.example.com");
    assertThat(stage.region.tagsOf(stage.id("dns.record")))
        .isEqualTo(OwnerTags.of(Cluster.OWNER, LogicalName.of("dns.record")));
  }

  @Test
  void it_is_made_with_its_mark_by_one_batch() {
    var stage = asking();
    stage.world.wire().forgetCounts();
    stage.untilAsDesired();
    assertThat(stage.world.wire().changes()).containsExactly(CHANGE);
  }

  @Test
  void the_zone_itself_is_a_domain_too() {
    var stage = asking();
    stage.cluster.apply(Specs.domain(Specs.DEDICATED, "example.com"));
    stage.untilAsDesired();
    assertThat(stage.resolve("example.com")).containsExactly(stage.machineAddress());
  }

  @Test
  void where_the_account_names_no_zone_a_person_is_told_to_set_it() {
    var stage = Stage.created();
    stage.cluster.apply(WITH_DOMAIN);
    stage.untilAsDesired();
    assertThat(stage.status().recordsToSet())
        .containsExactly(
            new RecordToSetStatus(
                "A",
                Stage.DOMAIN,
                stage.machineAddress(),
                "leads spec.ingress.domain to the machine"));
    assertThat(stage.status().url()).isEqualTo("http://shop.example.com/");
    assertThat(stage.world.wire().calls("ListResourceRecordSets")).isZero();
  }

  @Test
  void where_the_domain_lies_in_another_zone_a_person_is_told_to_set_it() {
    var stage = asking();
    stage.cluster.apply(Specs.domain(Specs.DEDICATED, "shop.notexample.com"));
    stage.untilAsDesired();
    assertThat(stage.status().recordsToSet())
        .extracting(RecordToSetStatus::name)
        .containsExactly("shop.notexample.com");
    assertThat(stage.world.wire().calls(CHANGE)).isZero();
  }

  @Test
  void a_record_of_others_is_never_touched() {
    var stage = asking();
    DnsHands.point(stage, Stage.ZONE, Stage.DOMAIN, "192.0.2.99");
    var before = stage.region.snapshot().get(Stage.ZONE + "/" + Stage.DOMAIN);
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(stalled(stage))
        .contains(
            "dns.record: spec.ingress.domain: zone Z0123456789 has a record shop.example.com that is not ours; delete it, or choose another domain");
    assertThat(stage.region.snapshot()).containsEntry(Stage.ZONE + "/" + Stage.DOMAIN, before);

    DnsHands.forget(stage, Stage.ZONE, Stage.DOMAIN);
    stage.untilAsDesired();
  }

  @Test
  void a_record_of_others_is_not_overwritten_when_it_has_the_same_address() {
    var stage = asking();
    DnsHands.point(stage, Stage.ZONE, Stage.DOMAIN, stage.machineAddress());
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(stalled(stage)).contains("that is not ours");
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.resolve(Stage.DOMAIN)).hasSize(1);
  }

  @Test
  void an_alias_of_another_name_there_is_said() {
    var stage = asking();
    DnsHands.upsert(
        stage,
        Stage.ZONE,
        ResourceRecordSet.builder()
            .name(Stage.DOMAIN)
            .type(RRType.CNAME)
            .ttl(60L)
            .resourceRecords(ResourceRecord.builder().value("elsewhere.example").build())
            .build());
    stage.passes(4);
    assertThat(stalled(stage))
        .contains("spec.ingress.domain", "conflicting RRSet of type CNAME", "choose a domain");
  }

  @Test
  void of_two_environments_with_one_domain_the_second_is_told_who_has_it() {
    var stage = asking();
    DnsHands.point(stage, Stage.ZONE, Stage.DOMAIN, "192.0.2.99");
    DnsHands.own(stage, Stage.ZONE, Stage.DOMAIN, marks("another-uid", "shop", "shop-next"));
    stage.passes(4);
    assertThat(stalled(stage))
        .contains(
            "shop.example.com belongs to the environment shop/shop-next; choose another domain");
    assertThat(stage.resolve(Stage.DOMAIN)).containsExactly("192.0.2.99");
  }

  @Test
  void what_was_left_behind_is_said_to_be_there_for_adoption() {
    var stage = Stage.withDomain();
    stage.giveUp();
    stage.applyAgain(WITH_DOMAIN);
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(String.valueOf(stage.status().operations()))
        .contains("was left behind by a former environment of this name")
        .contains("spec.lifecycle.adopt: true");
  }

  @Test
  void what_was_retained_is_adopted_though_another_domain_is_asked_for() {
    var stage = Stage.withDomain();
    stage.giveUp();
    stage.applyAgain(Specs.adopting(Specs.domain(Specs.DEDICATED, "new.example.com")));
    stage.untilAsDesired();
    assertThat(stage.resolve("new.example.com")).containsExactly(stage.machineAddress());
    assertThat(stage.resolve(Stage.DOMAIN)).isEmpty();
  }

  @Test
  void when_the_account_names_no_zone_any_more_the_record_goes_and_a_person_is_told() {
    var stage = Stage.withDomain();
    stage.nameNoZone();
    stage.untilAsDesired();
    assertThat(stage.resolve(Stage.DOMAIN)).isEmpty();
    assertThat(stage.status().recordsToSet()).hasSize(1);
  }

  @Test
  void a_deleted_mark_is_no_leave_to_make_or_delete_anything() {
    var stage = Stage.withDomain();
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    DnsHands.forget(stage, Stage.ZONE, "_appenv." + Stage.DOMAIN);
    stage.world.wire().forgetCounts();
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    stage.cluster.delete();
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(stage.world.wire().calls(CHANGE)).isZero();
    assertThat(stage.resolve(Stage.DOMAIN)).hasSize(1);
    assertThat(stage.condition("Ready").message())
        .contains(
            "Z0123456789/shop.example.com is there but TXT record _appenv.shop.example.com beside it does not bear the tags");
  }

  @Test
  void what_was_changed_since_it_was_read_is_read_again_before_it_goes() {
    var stage = Stage.withDomain();
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    DnsHands.point(stage, Stage.ZONE, Stage.DOMAIN, "192.0.2.99");
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().refusals())
        .anyMatch(refusal -> refusal.contains("do not match the current values"));
    assertThat(stage.resolve(Stage.DOMAIN)).isEmpty();
  }

  @Test
  void weighted_records_by_hand_are_drift_and_become_one_again() {
    var stage = Stage.withDomain();
    stage.passes(2);
    DnsHands.forget(stage, Stage.ZONE, Stage.DOMAIN);
    for (var i = 1; i <= 2; i++)
      DnsHands.upsert(
          stage,
          Stage.ZONE,
          ResourceRecordSet.builder()
              .name(Stage.DOMAIN)
              .type(RRType.A)
              .ttl(60L)
              .setIdentifier("part-" + i)
              .weight(50L)
              .resourceRecords(ResourceRecord.builder().value("192.0.2." + i).build())
              .build());
    for (var i = 0; i < LONGER_THAN_A_LIST_SERVES && stage.drift().isEmpty(); i++) stage.pass();
    assertThat(stage.drift())
        .extracting(DriftStatus::live)
        .containsExactly("192.0.2.1 (part-1); 192.0.2.2 (part-2)");
    stage.untilAsDesired();
    assertThat(stage.resolve(Stage.DOMAIN)).containsExactly(stage.machineAddress());
  }

  @Test
  void only_its_time_to_live_is_repaired_where_its_value_may_only_be_reported() {
    var stage = new Stage();
    stage.nameZone();
    stage.cluster.apply(Specs.drift(WITH_DOMAIN, "{policy: {release: Report}}"));
    stage.untilAsDesired();
    DnsHands.keepLong(stage);
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    DnsHands.point(stage, Stage.ZONE, Stage.DOMAIN, "192.0.2.99");
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(stage.drift()).extracting(DriftStatus::field).containsExactly("value");
    assertThat(stage.resolve(Stage.DOMAIN)).containsExactly("192.0.2.99");
  }

  @Test
  void an_account_without_permission_says_so_and_nothing_is_done() {
    var stage = Stage.withDomain();
    stage.world.wire().forgetCounts();
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("ListResourceRecordSets")) throw AwsErrors.denied();
          return CallHook.Answer.AS_IT_IS;
        });
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(stage.world.wire().changes()).isEmpty();
    var ready = stage.condition("InfrastructureReady");
    assertThat(ready.status()).isEqualTo("Unknown");
    assertThat(ready.message()).contains("dns.record: DNS records could not be listed");
  }

  @Test
  void while_route_53_is_at_work_on_another_batch_it_is_tried_again() {
    var stage = asking();
    var refused = new AtomicInteger();
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals(CHANGE) && site.isBefore() && refused.incrementAndGet() <= 2)
            throw AwsErrors.refused(
                "PriorRequestNotComplete", "The request was rejected because another is pending");
          return CallHook.Answer.AS_IT_IS;
        });
    stage.passes(2);
    var ready = stage.condition("InfrastructureReady");
    assertThat(ready.reason()).isEqualTo("Throttled");
    assertThat(stage.condition("Stalled").status()).isEqualTo("False");
    stage.untilAsDesired();
    assertThat(stage.resolve(Stage.DOMAIN)).hasSize(1);
  }

  @Test
  void an_answer_without_content_is_no_absence() {
    var stage = Stage.withDomain();
    stage.world.wire().forgetCounts();
    stage
        .world
        .wire()
        .hook(site ->
            site.operation().equals("ListResourceRecordSets") && site.isBefore()
                ? CallHook.Answer.EMPTY
                : CallHook.Answer.AS_IT_IS);
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.drift()).isEmpty();
    assertThat(stage.condition("InfrastructureReady").message())
        .contains("and does not say either that it is gone");
  }

  @Test
  void a_zone_that_is_not_there_is_said() {
    var stage = Stage.created();
    stage.world.hostedZone("Z404");
    stage.cluster.hostedZone(new AwsAccountSpec.HostedZone("Z404", "example.com"));
    stage.cluster.apply(WITH_DOMAIN);
    stage.passes(4);
    assertThat(stalled(stage)).contains("No hosted zone found with ID: Z404");
    stage.cluster.delete();
    stage.untilGone();
  }

  @Test
  void still_the_zone_is_listed_once_in_six_sweep_intervals_and_never_changed() {
    var stage = Stage.withDomain();
    stage.passes(LONGER_THAN_A_LIST_SERVES);
    stage.world.wire().forgetCounts();
    // Two ticks are one sweep interval.
    stage.passes(48);
    assertThat(stage.world.wire().calls("ListResourceRecordSets")).isLessThanOrEqualTo(4);
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void a_name_far_below_the_domain_does_not_hide_its_mark() {
    var stage = asking();
    for (var i = 0; i < 310; i++)
      DnsHands.point(stage, Stage.ZONE, "%d.%s".formatted(i, Stage.DOMAIN), "192.0.2.1");
    stage.untilAsDesired();
    assertThat(stage.resolve(Stage.DOMAIN)).containsExactly(stage.machineAddress());
    assertThat(List.copyOf(stage.ownedNames())).contains("dns.record");
  }
}
