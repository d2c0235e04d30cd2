package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Call;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.GitRepository;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a database over the wire, and what the application is told of it. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DatabaseIT {
  private static final String DATABASE = "database.instance";

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;
  private final Environment former;

  DatabaseIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    shop = bed.environment("database").spec("{database: {backupWindow: '03:00-03:30'}}").create();
    former = bed.environment("former").spec("{database: {}}").create();
    shop.git()
        .push(
            GitRepository.shop(bed, "v1")
                .replace(
                    "POSTGRES_SERVER: db",
                    "POSTGRES_SERVER: db\n      DATABASE_URL: ${DATABASE_URL}"));
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    shop.untilReady();
    former.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
    former.delete();
  }

  /** By the client that the shop's own database brings along, as its other services would. */
  private static String sql(Environment environment, String statement) {
    var machine = environment.machine();
    var url = environment.secret("-outputs").get("DATABASE_URL");
    return machine.run(
        "docker exec %s psql '%s' -qAtc \"%s\""
            .formatted(machine.containers("db"), url, statement));
  }

  @Test
  void a_service_on_the_machine_enters_the_database_by_the_variable() {
    assertThat(sql(shop, "SELECT current_user || ' of ' || current_database()"))
        .isEqualTo("app of app");
  }

  @Test
  void the_application_has_the_variable_that_the_secret_says_and_nobody_reads_it_elsewhere() {
    var url = shop.secret("-outputs").get("DATABASE_URL");
    var password = shop.secret("-passwords").get(DATABASE);
    assertThat(url)
        .startsWith("postgresql://app:" + password + "@")
        .endsWith("/app?sslmode=require");
    var machine = shop.machine();
    shop.until(
        SOON,
        it ->
            assertThat(machine.run("docker inspect " + machine.containers("backend")))
                .contains("DATABASE_URL=" + url));
    assertThat(machine.run("stat -c '%U %a' /opt/appenv/current/.env")).isEqualTo("root 600");
    assertThat(shop.status().toString() + shop.events()).doesNotContain(password);
    assertThat(bed.operator().log()).content().doesNotContain(password);
  }

  @Test
  void what_is_deleted_leaves_a_snapshot_from_which_the_next_is_raised_with_its_rows() {
    var id = former.id(DATABASE);
    sql(former, "CREATE TABLE kept AS SELECT 'a row' AS what");
    var manifest = former.get();
    former.delete();
    former.untilGone();
    var snapshots = aws.rds().describeDBSnapshots(r -> r.dbInstanceIdentifier(id)).dbSnapshots();
    assertThat(snapshots).hasSize(1);
    assertThat(former.configMap("-tombstone"))
        .containsEntry("snapshot", snapshots.getFirst().dbSnapshotIdentifier());

    var mark = aws.mark();
    former.applyAgain(
        manifest, "{database: {restoreFrom: {environment: %s}}}".formatted(former.name()));
    former.untilReady();
    assertThat(mark.changes().stream().filter(Call::succeeded).map(Call::action))
        .contains("RestoreDBInstanceFromDBSnapshot")
        .doesNotContain("CreateDBInstance");
    assertThat(former.id(DATABASE)).isNotEqualTo(id);
    assertThat(sql(former, "SELECT what FROM kept")).isEqualTo("a row");
  }
}
