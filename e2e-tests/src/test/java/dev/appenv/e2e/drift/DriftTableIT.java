package dev.appenv.e2e.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.api.AwsAccountSpec.HostedZone;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Call;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import dev.appenv.e2e.project.Repository;
import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Done;
import dev.appenv.operator.aws.hand.Hands;
import dev.appenv.operator.aws.hand.Promises;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every field of every resource, changed by hand over the wire: seen, classed, and put back or only
 * reported as its kind says. Printed as a table, which is also in {@code target/drift-table.md}.
 *
 * <p>The same hands as in the operator's {@code DriftTest}, which tries each by itself in memory.
 */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DriftTableIT {
  private static final String ACCOUNT = "drift-table";
  private static final String ZONE = "table.example.com";

  private static final List<Change> PUT_BACK =
      Hands.changes().stream().filter(change -> Promises.of(change).isPutRight()).toList();
  private static final List<Change> DECIDED_BY_A_PERSON =
      Hands.changes().stream().filter(change -> !Promises.of(change).isPutRight()).toList();

  private final Aws aws;

  /** Data would be in the way of what is done to the network. */
  private final Environment network;

  private final Environment data;
  private final TestBed bed;
  private final List<Call> whileOnlyReporting = new ArrayList<>();
  private final List<Call> whileLeaving = new ArrayList<>();
  private Map<Hand, Row> rows = Map.of();

  DriftTableIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    aws.iam().createGroup(r -> r.groupName("admins"));
    var boundary =
        aws.iam()
            .createPolicy(r ->
                r.policyName("machines")
                    .policyDocument(
                        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}"))
            .policy()
            .arn();
    var zone =
        aws.route53()
            .createHostedZone(r -> r.name(ZONE).callerReference(ZONE))
            .hostedZone()
            .id()
            .replaceFirst("^/hostedzone/", "");
    bed.addAccount(
        ACCOUNT, TestBed.account(Map.of("team", "shop"), boundary, new HostedZone(zone, ZONE)));
    // All of SES at once is more than its one call a second.
    bed.operator().with("APPENV_AWS_SHARE", "20").restart();
    network = environment("table-network", "{bucket: {}}");
    data =
        environment(
            "table-data",
            """
            database:
              maxStorageGiB: 100
              backupWindow: 03:00-03:30
              maintenanceWindow: sun:04:00-sun:04:30
            cache: {snapshotRetentionDays: 3}
            bucket: {}
            email: {from: noreply@%s}
            ingress: {domain: shop.%<s}
            lifecycle: {deletionPolicy: Delete}
            """
                .formatted(ZONE));
  }

  private Environment environment(String name, String spec) {
    return bed.environment(name).account(ACCOUNT).spec(Trial.ONLY_REPORT).spec(spec).create();
  }

  @BeforeAll
  void everything_is_done_by_hand() throws IOException {
    bed.untilDeletionsEnd();
    network.untilInfrastructureReady();
    data.untilInfrastructureReady();
    var ofNetwork = trial(network, hand -> hand.resource().matches("(network|compute)\\..*"));
    var ofData = trial(data, hand -> !hand.resource().matches("(network|compute)\\..*"));
    var trials = List.of(ofNetwork, ofData);
    while (!trials.stream().allMatch(Trial::isOver)) {
      var mark = aws.mark();
      trials.forEach(Trial::act);
      trials.forEach(Trial::look);
      whileOnlyReporting.addAll(mark.changes());
      trials.forEach(Trial::lift);
      trials.forEach(Trial::untilPutBack);
    }
    trials.forEach(Trial::leave);
    var mark = aws.mark();
    ofNetwork.keep(Hands.told());
    ofData.keep(Stream.<Done>concat(Hands.left().stream(), decided(false)).toList());
    // The data themselves are the last to go: with them their fields go.
    ofData.keep(decided(true).toList());
    trials.forEach(Trial::look);
    whileLeaving.addAll(mark.changes());
    rows =
        trials.stream()
            .flatMap(trial -> trial.rows().entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    print();
  }

  private Trial trial(Environment environment, Predicate<Hand> its) {
    return new Trial(environment, aws, PUT_BACK.stream().filter(its).toList());
  }

  private static Stream<Change> decided(boolean whole) {
    return DECIDED_BY_A_PERSON.stream()
        .filter(change -> (Promises.of(change).field() == null) == whole);
  }

  private void print() throws IOException {
    var table =
        Hands.ALL.stream()
            .map(this::row)
            .map(Row::line)
            .collect(Collectors.joining("", Row.HEADER, ""));
    System.out.print(table);
    Files.writeString(Repository.file("e2e-tests/target/drift-table.md"), table);
  }

  private Row row(Hand hand) {
    return hand instanceof Hand.Never
        ? Row.promised(hand)
        : Objects.requireNonNull(rows.get(hand), () -> hand + " was not tried");
  }

  @AfterAll
  void goes() {
    takeAwayWhatIsOfOthers(network.id("network.vpc"), network.ids().values());
    network.delete();
    data.delete();
    network.untilGone();
    data.untilGone();
    bed.removeAccount(ACCOUNT);
    bed.operator().with("APPENV_AWS_SHARE", "0.5").restart();
  }

  private void takeAwayWhatIsOfOthers(String vpc, Collection<String> ours) {
    aws
        .ec2()
        .describeNetworkInterfaces(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
        .networkInterfaces()
        .stream()
        .filter(face -> face.attachment() == null)
        .forEach(face ->
            aws.ec2().deleteNetworkInterface(r -> r.networkInterfaceId(face.networkInterfaceId())));
    aws.ec2().describeSubnets(r -> r.filters(f -> f.name("vpc-id").values(vpc))).subnets().stream()
        .filter(subnet -> !ours.contains(subnet.subnetId()))
        .forEach(subnet -> aws.ec2().deleteSubnet(r -> r.subnetId(subnet.subnetId())));
  }

  @TestFactory
  Stream<DynamicTest> is_seen_with_its_class_and_put_back_or_reported() {
    return Hands.ALL.stream()
        .map(hand ->
            dynamicTest(
                hand.toString(), () -> assertThat(row(hand)).isEqualTo(Row.promised(hand))));
  }

  @Test
  void what_differs_and_what_no_longer_does_are_events_too() {
    assertThat(network.events())
        .filteredOn(event -> String.valueOf(event.getMessage()).contains("tcp/5432"))
        .extracting("reason")
        .contains("DriftDetected", "DriftGone");
  }

  @Test
  void nothing_is_changed_as_long_as_all_is_only_to_be_reported() {
    assertThat(whileOnlyReporting).isEmpty();
  }

  @Test
  void nothing_is_changed_where_a_person_has_to_decide_or_it_is_not_ours() {
    assertThat(whileLeaving).isEmpty();
  }
}
