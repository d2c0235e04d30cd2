package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AwsAccountSpec;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The life of a DNS record over the wire. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DnsIT {
  private static final String ACCOUNT = "with-zone";
  private static final String DOMAIN = "shop.example.com";
  private static final String TAKEN = "taken.example.com";

  private final TestBed bed;
  private final Route53Client route53;
  private final String zone;
  private final Environment shop;

  DnsIT(TestBed bed) {
    this.bed = bed;
    this.route53 = bed.aws().route53();
    this.zone =
        route53
            .createHostedZone(r -> r.name("example.com").callerReference("dns"))
            .hostedZone()
            .id()
            .replaceFirst("^/hostedzone/", "");
    change(ChangeAction.CREATE, address(TAKEN, "192.0.2.99"));
    // So that the zone is read often.
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT1S").restart();
    shop =
        bed.environment("dns")
            .ownAccount(
                ACCOUNT, TestBed.account(new AwsAccountSpec.HostedZone(zone, "example.com")))
            .spec("{ingress: {domain: %s}}".formatted(DOMAIN))
            .create();
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    shop.untilInfrastructureReady();
  }

  /** The records of our environment go, and those of others stay. */
  @AfterAll
  void goes() {
    shop.delete();
    shop.untilGone();
    bed.removeAccount(ACCOUNT);
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT10S").restart();
    assertThat(names()).containsExactly("example.com.", "example.com.", TAKEN + ".");
  }

  private static ResourceRecordSet address(String name, String ip) {
    return ResourceRecordSet.builder()
        .name(name)
        .type(RRType.A)
        .ttl(60L)
        .resourceRecords(ResourceRecord.builder().value(ip).build())
        .build();
  }

  private void change(ChangeAction action, ResourceRecordSet set) {
    route53.changeResourceRecordSets(r ->
        r.hostedZoneId(zone)
            .changeBatch(b -> b.changes(c -> c.action(action).resourceRecordSet(set))));
  }

  private List<ResourceRecordSet> sets() {
    return route53.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets();
  }

  private List<String> names() {
    return sets().stream().map(ResourceRecordSet::name).toList();
  }

  private List<String> addresses(String name) {
    return sets().stream()
        .filter(set -> set.type() == RRType.A && set.name().equals(name + "."))
        .flatMap(set -> set.resourceRecords().stream())
        .map(ResourceRecord::value)
        .toList();
  }

  private String machine() {
    var address = shop.id("compute.address");
    return bed.aws()
        .ec2()
        .describeAddresses(r -> r.allocationIds(address))
        .addresses()
        .getFirst()
        .publicIp();
  }

  @Test
  void the_domain_leads_to_the_machine() {
    assertThat(addresses(DOMAIN)).containsExactly(machine());
    assertThat(names()).contains("_appenv." + DOMAIN + ".");
    assertThat(shop.status().url()).isEqualTo("http://shop.example.com/");
  }

  @Test
  void a_name_that_others_have_is_left_to_them_and_another_is_taken() {
    shop.change("{ingress: {domain: %s}}".formatted(TAKEN));
    shop.until(
        SOON,
        it ->
            assertThat(it.condition("Stalled").message())
                .contains("has a record taken.example.com that is not ours"));
    assertThat(addresses(TAKEN)).containsExactly("192.0.2.99");
    assertThat(names()).doesNotContain("_appenv." + TAKEN + ".", DOMAIN + ".");

    shop.change("{ingress: {domain: %s}}".formatted(DOMAIN));
    shop.until(SOON, it -> assertThat(addresses(DOMAIN)).containsExactly(machine()));
    shop.untilInfrastructureReady();
  }
}
