package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.GONE_WITHIN;
import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * What becomes of an environment when what it lives in goes: its namespace, the definitions, the
 * chart.
 */
@ExtendWith(TestBedExtension.class)
class UninstallIT {
  private static final String DATABASE = "database.instance";

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;

  UninstallIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    this.shop = bed.environment("shop").spec("{database: {}}").create();
  }

  @BeforeEach
  void there() {
    shop.untilInfrastructureReady();
  }

  @AfterEach
  void everythingIsInPlaceAgain() {
    bed.install();
    bed.operator().start();
    shop.delete();
    bed.untilDeletionsEnd();
  }

  @Test
  void with_its_namespace_an_environment_goes_and_its_data_stay() {
    var ids = shop.ids();
    bed.kubernetes().namespaces().withName(shop.namespace()).delete();
    await("the namespace to be gone")
        .atMost(GONE_WITHIN)
        .until(() -> bed.kubernetes().namespaces().withName(shop.namespace()).get() == null);
    onlyTheDataOf(ids);
  }

  @Test
  void with_the_definitions_the_environments_go_and_their_data_stay() {
    var ids = shop.ids();
    bed.deleteDefinition("appenvironments");
    onlyTheDataOf(ids);
  }

  @Test
  void an_environment_is_made_by_the_same_process_once_the_definitions_are_back() {
    bed.deleteDefinition("appenvironments");
    bed.install();
    var next = bed.environment("next").create();
    next.untilInfrastructureReady();
    next.delete();
    next.untilGone();
  }

  @Test
  void an_environment_whose_account_went_first_waits_for_it_and_says_so() {
    var ids = shop.ids();
    var owned = aws.inventory().of(shop);
    bed.deleteDefinition("awsaccounts");
    bed.beginToDeleteDefinition("appenvironments");
    shop.untilCondition(
        SOON, "Stalled", "True", c -> assertThat(c.message()).contains("no AwsAccount lab"));
    assertThat(aws.inventory().of(shop)).isEqualTo(owned);
    bed.install();
    bed.deleteDefinition("appenvironments");
    onlyTheDataOf(ids);
  }

  @Test
  void without_the_chart_everything_stays_as_it_is_and_can_be_deleted_once_it_is_back() {
    var ids = shop.ids();
    var owned = aws.inventory().of(shop);
    var secret = shop.secret("-passwords");
    bed.uninstall();
    assertThat(aws.inventory().of(shop)).isEqualTo(owned);
    assertThat(shop.ids()).isEqualTo(ids);
    assertThat(shop.secret("-passwords")).isEqualTo(secret);
    bed.kubectl("get", "awsaccount", "lab");

    shop.delete();
    assertThat(shop.get().getMetadata().getFinalizers())
        .as("holds it until the operator is back")
        .isNotEmpty();
    bed.install();
    bed.operator().start();
    shop.untilGone();
    onlyTheDataOf(ids);
  }

  /** A final snapshot of the database. */
  private void onlyTheDataOf(Map<String, String> ids) {
    assertThat(aws.inventory().of(shop).ids()).isEmpty();
    assertThat(
            aws.rds()
                .describeDBSnapshots(r -> r.dbInstanceIdentifier(ids.get(DATABASE)))
                .dbSnapshots())
        .extracting(DBSnapshot::status)
        .isEqualTo(List.of("available"));
  }
}
