package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.EmailSpec;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.hand.NetworkHands;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Something the operator does from beginning to end.
 *
 * @param prepare up to where the operator may be disturbed
 * @param act what sets the operator to work
 * @param end until when it works
 * @param check what must be so in the end
 */
record Story(
    String name,
    Consumer<Stage> prepare,
    Consumer<Stage> act,
    Consumer<Stage> end,
    BiConsumer<Stage, Neighbours> check) {

  static final List<String> ALL_NAMES =
      List.of(
          "compute.address",
          "compute.instance",
          "compute.keyPair",
          "network.dataSecurityGroup",
          "network.internetGateway",
          "network.machineSecurityGroup",
          "network.privateRouteTable",
          "network.privateSubnetA",
          "network.privateSubnetB",
          "network.publicRouteTable",
          "network.publicSubnetA",
          "network.publicSubnetB",
          "network.vpc");

  static final Story CREATE =
      new Story(
          "create with small pages",
          s -> s.region.pageSize(1),
          s -> {},
          Stage::untilAsDesired,
          Story::isWhole);

  static final Story CREATE_LATE =
      new Story(
          "create where new things show late, in lists and by id",
          s -> {
            s.region.listLag(2);
            s.region.idLag(2);
          },
          s -> {},
          Stage::untilAsDesired,
          Story::isWhole);

  static final Story CHANGE =
      new Story(
          "change of instance type, sources and tags",
          Stage::untilAsDesired,
          s -> {
            s.cluster.apply(
                Specs.sshFrom(Specs.instanceType(s.cluster.spec(), "t3.large"), "198.51.100.0/24"));
            s.cluster.accountTags(Map.of("team", "web"));
          },
          Stage::untilAsDesired,
          Story::isChanged);

  static final Story OTHER_KEY =
      new Story(
          "another key",
          Stage::untilAsDesired,
          s -> s.cluster.clientKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEc operator"),
          Stage::untilAsDesired,
          Story::isWhole);

  static final Story MAKE_AGAIN =
      new Story(
          "all made again after somebody deleted all of it",
          Stage::untilAsDesired,
          s -> {
            NetworkHands.everything(s);
            s.region.listLag(2);
            s.region.idLag(2);
          },
          Stage::untilAsDesired,
          Story::isWhole);

  static final Story DELETE =
      new Story(
          "delete",
          Stage::untilAsDesired,
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> neighbours.assertAlone());

  static final Story DELETE_HALF_MADE =
      new Story(
          "delete what was only half made",
          s -> {
            s.region.listLag(2);
            s.region.idLag(2);
            s.passes(2);
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> neighbours.assertAlone());

  static final Story GIVE_UP =
      new Story(
          "give up what is retained",
          s -> {
            s.cluster.apply(Specs.retained(s.cluster.spec()));
            s.untilAsDesired();
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> isRetained(s));

  static final Story ADOPT =
      new Story(
          "adopt what was retained",
          Stage::giveUp,
          s -> {
            s.region.listLag(2);
            s.applyAgain(Specs.adopting(s.cluster.spec()));
          },
          Stage::untilAsDesired,
          Story::isWhole);

  static final List<Story> ALL =
      List.of(
          CREATE,
          CREATE_LATE,
          CHANGE,
          OTHER_KEY,
          MAKE_AGAIN,
          DELETE,
          DELETE_HALF_MADE,
          GIVE_UP,
          ADOPT);

  /** Everything is there once, as it is noted, and nothing else is. */
  static void isWhole(Stage stage, Neighbours neighbours) {
    var names = names(stage);
    assertThat(stage.ownedNames()).isEqualTo(names);
    var noted = Objects.requireNonNull(stage.status().resources());
    for (var resource : noted)
      assertThat(stage.region.tagsOf(resource.id()))
          .containsEntry(OwnerTags.RESOURCE, resource.name());
    assertThat(noted).hasSize(names.size());
    neighbours.assertNoOrphans();
  }

  /** What the environment wishes for. */
  private static List<String> names(Stage stage) {
    var spec = stage.cluster.spec();
    var names = new TreeSet<>(ALL_NAMES);
    if (spec.database() != null)
      names.addAll(List.of("database.instance", "database.parameterGroup", "database.subnetGroup"));
    if (spec.bucket() != null)
      names.addAll(List.of("storage.bucket", "identity.role", "identity.instanceProfile"));
    if (spec.ingress().domain() != null) names.add("dns.record");
    if (spec.cache() != null) names.addAll(List.of("cache.replicationGroup", "cache.subnetGroup"));
    var email = spec.email();
    if (email != null) {
      names.addAll(List.of("email.accessKey", "email.user"));
      if (email.identity() != EmailSpec.Identity.Existing) names.add("email.identity");
    }
    return List.copyOf(names);
  }

  private static void isChanged(Stage stage, Neighbours neighbours) {
    isWhole(stage, neighbours);
    assertThat(stage.instance().instanceTypeAsString()).isEqualTo("t3.large");
    assertThat(stage.instance().state().nameAsString()).isEqualTo("running");
    for (var resource : Objects.requireNonNull(stage.status().resources()))
      assertThat(stage.region.tagsOf(resource.id())).containsEntry("team", "web");
  }

  static void isRetained(Stage stage) {
    assertThat(stage.owned()).isEmpty();
    var retained =
        stage.region.ids().stream()
            .filter(id -> !id.matches("(vol|eni)-.*"))
            .map(id -> stage.region.tagsOf(id).get(OwnerTags.RETAINED))
            .filter(tag -> tag != null && tag.startsWith(Cluster.CLUSTER_ID + "/"))
            .map(tag -> tag.substring(tag.lastIndexOf('/') + 1))
            .sorted()
            .toList();
    assertThat(retained).isEqualTo(names(stage));
  }

  /** A new stage, prepared and set to work; counted from here. */
  Stage begin(Stage stage) {
    prepare.accept(stage);
    act.accept(stage);
    stage.world.wire().forgetCounts();
    return stage;
  }

  /** The mutating calls that it takes when nothing disturbs it. */
  List<String> calls() {
    return undisturbed().world.wire().changes();
  }

  Stage undisturbed() {
    var stage = new Stage();
    Neighbours.moveIn(stage);
    begin(stage);
    end.accept(stage);
    return stage;
  }
}
