package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.OwnerTags;
import java.util.List;

/** What the operator does with a bucket, from beginning to end. */
final class BucketStories {
  static final Story CREATE =
      new Story(
          "create of a bucket that shows late",
          s -> {
            s.untilAsDesired();
            s.region.listLag(2);
            s.region.idLag(2);
          },
          s -> s.cluster.apply(Specs.bucket(s.cluster.spec(), "{}")),
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story CHANGE =
      new Story(
          "change of a bucket",
          BucketStories::prepare,
          s ->
              s.cluster.apply(
                  Specs.bucket(
                      s.cluster.spec(),
                      "{versioning: false, noncurrentVersionDays: 7, cors: [{allowedOrigins: ['*'], allowedMethods: [GET]}]}")),
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story EMPTY =
      new Story(
          "delete of a bucket with all that is in it",
          s -> {
            prepare(s);
            s.store(1200);
            s.storage.deleteObject(r -> r.bucket(s.bucket()).key("object-1"));
            s.storage.createMultipartUpload(r -> r.bucket(s.bucket()).key("upload"));
          },
          s -> s.cluster.apply(Specs.discarding(Specs.bucket(s.cluster.spec(), null))),
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story DELETE =
      new Story(
          "delete where a bucket is not empty",
          s -> {
            prepare(s);
            s.store(1);
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> {
            assertThat(s.owned()).isEmpty();
            assertThat(s.region.ids())
                .filteredOn(id -> id.startsWith("shop-main-"))
                .singleElement()
                .satisfies(id -> assertThat(s.region.tagsOf(id)).containsKey(OwnerTags.RETAINED));
          });

  private static final Story GIVE_UP =
      new Story(
          "give up what is retained with a bucket",
          s -> {
            prepare(s);
            s.cluster.apply(Specs.retained(s.cluster.spec()));
            s.untilAsDesired();
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> Story.isRetained(s));

  private static final Story ADOPT =
      new Story(
          "adopt what was retained with a bucket",
          s -> {
            prepare(s);
            s.giveUp();
          },
          s -> s.applyAgain(Specs.adopting(s.cluster.spec())),
          Stage::untilAsDesired,
          Story::isWhole);

  static final List<Story> ALL = List.of(CREATE, CHANGE, EMPTY, DELETE, GIVE_UP, ADOPT);

  private BucketStories() {}

  private static void prepare(Stage stage) {
    stage.cluster.apply(Specs.bucket(stage.cluster.spec(), "{}"));
    stage.untilAsDesired();
  }
}
