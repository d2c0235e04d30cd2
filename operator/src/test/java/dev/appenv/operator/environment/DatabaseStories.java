package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What the operator does with a database, from beginning to end. */
final class DatabaseStories {
  static final Story CREATE =
      new Story(
          "create with a database, where new things show late",
          s -> {
            s.region.listLag(2);
            s.region.idLag(2);
            s.cluster.apply(Specs.withDatabase(s.cluster.spec()));
          },
          s -> {},
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story CHANGE =
      new Story(
          "change of a database and of its password",
          DatabaseStories::prepare,
          s -> {
            s.cluster.apply(
                Specs.database(
                    s.cluster.spec(),
                    "{storageGiB: 40, instanceClass: db.t4g.medium, applyImmediately: true}"));
            s.cluster.annotate(Annotations.ROTATE, "1");
          },
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story RESTART =
      new Story(
          "parameters that need a restart",
          DatabaseStories::prepare,
          s ->
              s.cluster.apply(
                  Specs.database(
                      s.cluster.spec(),
                      "{applyImmediately: true, parameters: {shared_buffers: '32768', work_mem: '8192'}}")),
          s -> {
            s.untilAsDesired();
            // Whether a restart is due shows with the next list.
            s.passes(3);
            s.untilAsDesired();
          },
          (s, neighbours) -> {
            Story.isWhole(s, neighbours);
            assertThat(s.region.databases().parameters(s.id("database.parameterGroup")))
                .containsOnlyKeys("rds.force_ssl", "shared_buffers", "work_mem");
            assertThat(
                    s.region
                        .databases()
                        .get(s.id("database.instance"))
                        .dbParameterGroups()
                        .getFirst()
                        .parameterApplyStatus())
                .isEqualTo("in-sync");
          });

  private static final Story GO_PROTECTED =
      new Story(
          "delete of a database that somebody protected, beside older snapshots of it",
          s -> {
            s.cluster.apply(
                Specs.database(Specs.DEDICATED, "{storageGiB: 20, finalSnapshots: {keep: 1}}"));
            s.untilAsDesired();
            s.cluster.apply(Specs.database(s.cluster.spec(), "null"));
            s.untilAsDesired();
            s.passes(5);
            s.cluster.apply(
                Specs.database(Specs.DEDICATED, "{storageGiB: 20, finalSnapshots: {keep: 1}}"));
            s.untilAsDesired();
            s.region.databases().edit(s.id("database.instance"), i -> i.deletionProtection(true));
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> {
            neighbours.assertAlone();
            var kept = s.region.databases().snapshots().getLast().dbSnapshotIdentifier();
            assertThat(s.cluster.tombstones().getLast().getData()).containsEntry("snapshot", kept);
          });

  private static final Story DELETE =
      new Story(
          "delete with a database",
          DatabaseStories::prepare,
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> {
            neighbours.assertAlone();
            assertThat(s.region.databases().snapshots()).hasSize(1);
            assertThat(s.cluster.tombstones().getLast().getData())
                .containsEntry(
                    "snapshot", s.region.databases().snapshots().getFirst().dbSnapshotIdentifier());
          });

  private static final Story ADOPT =
      new Story(
          "adopt a database that was retained",
          s -> {
            prepare(s);
            s.giveUp();
          },
          s -> s.applyAgain(Specs.adopting(s.cluster.spec())),
          Stage::untilAsDesired,
          Story::isWhole);

  static final List<Story> ALL = List.of(CREATE, CHANGE, RESTART, DELETE, GO_PROTECTED, ADOPT);

  private DatabaseStories() {}

  private static void prepare(Stage stage) {
    stage.cluster.apply(Specs.withDatabase(stage.cluster.spec()));
    stage.untilAsDesired();
  }
}
