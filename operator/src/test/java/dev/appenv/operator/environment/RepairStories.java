package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.hand.ComputeHands;
import dev.appenv.operator.aws.hand.NetworkHands;
import java.util.List;
import java.util.function.Consumer;

/** What is put right in a way that no other story has. */
final class RepairStories {
  /** By then what is read by itself was read again. */
  private static final int SEEN = 15;

  private static final String THEIRS = "theirs";

  private static final Story STOPPED_DATABASE =
      repair(
          "a database that somebody stopped",
          Specs.withDatabase(Specs.DEDICATED),
          s ->
              s.region
                  .databases()
                  .edit(s.id("database.instance"), i -> i.dbInstanceStatus("stopped")));

  private static final Story SUBNET_OF_DATABASE =
      repair(
          "a subnet that somebody took from a database",
          Specs.withDatabase(Specs.DEDICATED),
          s -> s.region.databases().dropSubnet(s.id("database.subnetGroup")));

  private static final Story SHARED_SNAPSHOT =
      repair(
          "a snapshot of a database that somebody made public",
          Specs.withDatabase(Specs.DEDICATED),
          s -> {
            var rds = s.region.databases();
            var id = s.id("database.instance");
            rds.takeSnapshot(id, THEIRS, false, s.world.clock().instant());
            rds.shareSnapshot(THEIRS, "all");
            s.cluster.annotate(Annotations.REFRESH, "1");
          });

  private static final Story PARAMETER_BY_HAND =
      repair(
          "a parameter of a database that somebody set",
          Specs.withDatabase(Specs.DEDICATED),
          s -> {
            s.region.databases().setParameter(s.id("database.parameterGroup"), "work_mem", "9999");
            s.cluster.annotate(Annotations.REFRESH, "1");
          });

  private static final Story PROFILE_OF_OTHERS =
      repair(
          "an instance profile that somebody put on the machine",
          Specs.bucket(Specs.DEDICATED, "{}"),
          s -> {
            var role = s.id("identity.role");
            s.identity.createInstanceProfile(r -> r.instanceProfileName(THEIRS).path("/"));
            s.identity.addRoleToInstanceProfile(r -> r.instanceProfileName(THEIRS).roleName(role));
            ComputeHands.takeProfileOff(s);
            s.hand.associateIamInstanceProfile(r ->
                r.instanceId(s.id("compute.instance")).iamInstanceProfile(p -> p.name(THEIRS)));
            // So that it is not taken for an orphan; the machine still has it.
            s.identity.removeRoleFromInstanceProfile(
                r -> r.instanceProfileName(THEIRS).roleName(role));
            s.identity.deleteInstanceProfile(r -> r.instanceProfileName(THEIRS));
          });

  private static final Story RESTORE =
      new Story(
          "a database raised from a snapshot",
          s -> {
            s.cluster.apply(Specs.withDatabase(Specs.DEDICATED));
            s.untilAsDesired();
            s.cluster.delete();
            s.untilGone();
          },
          s ->
              s.applyAgain(
                  Specs.database(Specs.DEDICATED, "{restoreFrom: {environment: shop-main}}")),
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story TABLE_OF_OTHERS =
      new Story(
          "a route table of others that somebody gave a subnet",
          Stage::untilAsDesired,
          s -> {
            var table =
                s.hand
                    .createRouteTable(r -> r.vpcId(s.id("network.vpc")))
                    .routeTable()
                    .routeTableId();
            s.hand.createTags(r -> r.resources(table).tags(t -> t.key("Name").value(THEIRS)));
            NetworkHands.moveTo(s, table);
          },
          RepairStories::seenAndDone,
          (s, neighbours) -> {
            var table = s.region.tagged("Name", THEIRS).iterator().next();
            s.hand.deleteRouteTable(r -> r.routeTableId(table));
            Story.isWhole(s, neighbours);
          });

  static final List<Story> ALL =
      List.of(
          TABLE_OF_OTHERS,
          STOPPED_DATABASE,
          SUBNET_OF_DATABASE,
          SHARED_SNAPSHOT,
          PARAMETER_BY_HAND,
          PROFILE_OF_OTHERS,
          RESTORE);

  private RepairStories() {}

  private static Story repair(String name, AppEnvironmentSpec spec, Consumer<Stage> deed) {
    return new Story(
        name,
        s -> {
          s.cluster.apply(spec);
          s.untilAsDesired();
        },
        deed,
        RepairStories::seenAndDone,
        Story::isWhole);
  }

  private static void seenAndDone(Stage stage) {
    stage.passes(SEEN);
    stage.untilAsDesired();
  }
}
