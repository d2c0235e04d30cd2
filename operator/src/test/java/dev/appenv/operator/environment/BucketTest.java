package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.hand.StorageHands;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** A bucket holds what cannot be made again. */
class BucketTest {
  private static final Set<String> FACETS =
      Set.of(
          "GetBucketTagging",
          "GetBucketEncryption",
          "GetPublicAccessBlock",
          "GetBucketOwnershipControls",
          "GetBucketVersioning",
          "GetBucketLifecycleConfiguration",
          "GetBucketCors",
          "GetBucketPolicy");

  private static final int LONGER_THAN_A_READING_SERVES = 26;

  private static List<String> versions(Stage stage, String bucket) {
    return stage.storage.listObjectVersions(r -> r.bucket(bucket).maxKeys(10)).versions().stream()
        .map(version -> version.key())
        .toList();
  }

  private static boolean isThere(Stage stage, String bucket) {
    return stage.region.ids().contains(bucket);
  }

  @Test
  void a_new_bucket_is_made_by_one_call_with_its_marks_and_then_closed() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.world.wire().forgetCounts();
    var named = new ArrayList<>(stage.drift());
    while (!stage.isAsDesired()) {
      stage.pass();
      named.addAll(stage.drift());
    }
    assertThat(named).as("what the user asked for is no drift").isEmpty();
    assertThat(stage.world.wire().changes())
        .containsSubsequence("CreateBucket", "PutPublicAccessBlock")
        .doesNotContain("PutBucketTagging")
        .doesNotHaveDuplicates();
    assertThat(stage.bucket()).startsWith("shop-main-").hasSize(22);
    assertThat(stage.region.tagsOf(stage.bucket()))
        .containsAllEntriesOf(
            Map.of(
                OwnerTags.CLUSTER,
                Cluster.CLUSTER_ID,
                OwnerTags.UID,
                Cluster.UID,
                OwnerTags.RESOURCE,
                "storage.bucket",
                "team",
                "shop"));
  }

  @Test
  void the_application_is_told_of_it() {
    var stage = Stage.withBucket();
    var secret = stage.cluster.secrets().get("shop", "shop-main-outputs");
    assertThat(Objects.requireNonNull(secret).getData())
        .isEqualTo(
            Map.of("S3_BUCKET", encoded(stage.bucket()), "S3_REGION", encoded(Cluster.REGION)));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void cors_rules_that_are_not_wished_for_any_more_go() {
    var stage = Stage.withBucket();
    stage.cluster.apply(
        Specs.bucket(
            Specs.DEDICATED,
            "{cors: [{allowedOrigins: ['https://a.example'], allowedMethods: [PUT, GET], allowedHeaders: ['*'], maxAgeSeconds: 60}]}"));
    stage.untilAsDesired();
    var rule = stage.storage.getBucketCors(r -> r.bucket(stage.bucket())).corsRules().getFirst();
    assertThat(rule.allowedMethods()).containsExactly("PUT", "GET");
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{cors: null}"));
    stage.untilAsDesired();
    assertThat(stage.world.wire().changes()).endsWith("DeleteBucketCors");
  }

  @Test
  void a_policy_that_means_the_same_is_left_alone() {
    var stage = Stage.withBucket();
    StorageHands.policy(
        stage,
        """
        {"Id": "by hand", "Version": "2012-10-17", "Statement": {
          "Resource": ["arn:aws:s3:::%1$s/*", "arn:aws:s3:::%1$s"], "Action": ["s3:*"],
          "Condition": {"Bool": {"aws:SecureTransport": false}},
          "Effect": "Deny", "Principal": {"AWS": "*"}}}
        """
            .formatted(stage.bucket()));
    stage.world.wire().forgetCounts();
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.drift()).isEmpty();
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void tags_of_others_stay_when_ours_are_put_right() {
    var stage = Stage.withBucket();
    var tags =
        new ArrayList<>(stage.storage.getBucketTagging(r -> r.bucket(stage.bucket())).tagSet());
    tags.removeIf(tag -> tag.key().equals("team"));
    tags.add(tags.getFirst().toBuilder().key("theirs").value("stays").build());
    stage.storage.putBucketTagging(r -> r.bucket(stage.bucket()).tagging(t -> t.tagSet(tags)));
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.region.tagsOf(stage.bucket()))
        .containsEntry("team", "shop")
        .containsEntry("theirs", "stays");
  }

  @Test
  void one_that_is_gone_is_made_again_only_when_a_person_says_so() {
    var stage = Stage.withBucket();
    var bucket = stage.bucket();
    StorageHands.delete(stage);
    stage.world.wire().forgetCounts();
    stage.passes(LONGER_THAN_A_READING_SERVES + 10);
    assertThat(stage.world.wire().changes()).isEmpty();
    var approved = stage.condition("Approved");
    assertThat(approved.status()).isEqualTo("False");
    assertThat(approved.reason()).isEqualTo("ApprovalRequired");
    assertThat(approved.message()).contains("storage.bucket", bucket, "empty");

    var approval = Objects.requireNonNull(stage.status().plan()).approval();
    stage.cluster.annotate(Annotations.APPROVE, Objects.requireNonNull(approval));
    stage.untilAsDesired();
    assertThat(stage.bucket()).isEqualTo(bucket);
    assertThat(versions(stage, bucket)).isEmpty();
    assertThat(stage.world.wire().calls("CreateBucket")).isOne();
  }

  @Test
  void with_snapshot_one_with_objects_stays_and_can_be_found_again() {
    var stage = Stage.withBucket();
    stage.store(3);
    var bucket = stage.bucket();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
    assertThat(versions(stage, bucket)).hasSize(3);
    assertThat(stage.region.tagsOf(bucket))
        .containsEntry(
            OwnerTags.RETAINED,
            "%s/%s/storage.bucket".formatted(Cluster.CLUSTER_ID, Cluster.OWNER.path()));

    stage.applyAgain(Specs.adopting(stage.cluster.spec()));
    stage.untilAsDesired();
    assertThat(stage.bucket()).isEqualTo(bucket);
    assertThat(versions(stage, bucket)).hasSize(3);
    assertThat(stage.region.tagsOf(bucket)).doesNotContainKey(OwnerTags.RETAINED);
  }

  @Test
  void with_snapshot_an_empty_one_goes() {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
  }

  @Test
  void with_delete_one_goes_with_more_objects_than_one_pass_deletes() {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.cluster.apply(Specs.discarding(Specs.bucket(Specs.DEDICATED, "{}")));
    stage.untilAsDesired();
    stage.store(60_500);
    stage.storage.createMultipartUpload(r -> r.bucket(stage.bucket()).key("upload"));
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.pass();
    assertThat(stage.world.wire().calls("DeleteObjects")).isEqualTo(10);
    assertThat(Objects.requireNonNull(stage.status().operations()))
        .extracting(o -> o.resource() + ": " + o.blocked())
        .anyMatch(
            blocked -> blocked.startsWith("storage.bucket") && blocked.contains("BucketNotEmpty"));
    stage.restart();
    stage.untilGone();
    assertThat(stage.world.wire().calls("DeleteObjects")).isEqualTo(61);
    neighbours.assertAlone();
  }

  @Test
  void with_delete_one_whose_marks_were_just_taken_off_keeps_its_objects() {
    var stage = new Stage();
    stage.cluster.apply(Specs.discarding(Specs.bucket(Specs.DEDICATED, "{}")));
    stage.untilAsDesired();
    stage.store(2);
    var bucket = stage.bucket();
    stage.passes(LONGER_THAN_A_READING_SERVES);
    stage.storage.putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(List.of())));
    stage.cluster.delete();
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(versions(stage, bucket)).hasSize(2);
    assertThat(stage.world.wire().calls("DeleteObjects")).isZero();
    assertThat(stage.condition("Ready").message()).contains(bucket, "does not bear the tags");
  }

  @Test
  void with_retain_it_stays_as_it_is_but_for_its_marks() {
    var stage = Stage.withBucket();
    stage.store(2);
    var bucket = stage.bucket();
    stage.giveUp();
    assertThat(versions(stage, bucket)).hasSize(2);
    assertThat(stage.region.tagsOf(bucket))
        .containsKey(OwnerTags.RETAINED)
        .doesNotContainKeys(OwnerTags.UID, OwnerTags.CLUSTER);
  }

  @Test
  void one_that_is_not_wished_for_any_more_goes_when_it_is_empty_and_may_come_back() {
    var stage = Stage.withBucket();
    var bucket = stage.bucket();
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, null));
    stage.untilAsDesired();
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(isThere(stage, bucket)).isFalse();
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    assertThat(isThere(stage, bucket)).isTrue();
  }

  @Test
  void one_that_is_not_wished_for_any_more_stays_with_its_objects_and_is_ours_no_more() {
    var stage = Stage.withBucket();
    stage.store(1);
    var bucket = stage.bucket();
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, null));
    stage.untilAsDesired();
    assertThat(versions(stage, bucket)).hasSize(1);
    assertThat(stage.owned()).doesNotContain(bucket);

    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.condition("Ready").message()).contains("spec.lifecycle.adopt: true");
    assertThat(versions(stage, bucket)).hasSize(1);
  }

  @Test
  void a_bucket_of_others_that_has_the_name_is_never_touched() {
    var stage = Stage.withBucket();
    var bucket = stage.bucket();
    stage.cluster.apply(Specs.discarding(Specs.bucket(Specs.DEDICATED, null)));
    stage.untilAsDesired();
    stage.passes(LONGER_THAN_A_READING_SERVES);
    stage.storage.createBucket(
        r -> r.bucket(bucket).createBucketConfiguration(c -> c.locationConstraint(Cluster.REGION)));
    stage.storage.putObject(r -> r.bucket(bucket).key("theirs"), RequestBody.empty());
    var before = stage.region.snapshot().get(bucket);

    stage.restart();
    stage.cluster.apply(Specs.discarding(Specs.bucket(Specs.DEDICATED, "{}")));
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.condition("InfrastructureReady").reason()).isEqualTo("BelongsToOthers");
    assertThat(stage.condition("InfrastructureReady").message())
        .contains(bucket + " is there and does not bear this environment's tags");
    assertThat(stage.region.snapshot()).containsEntry(bucket, before);
  }

  @Test
  void still_it_is_read_every_six_sweep_intervals_and_never_changed() {
    var stage = Stage.withBucket();
    stage.passes(2);
    stage.world.wire().forgetCounts();
    // Two ticks are one sweep interval.
    stage.passes(48);
    var reads =
        stage.world.wire().counts().entrySet().stream()
            .filter(e -> e.getKey().contains("Bucket") || e.getKey().contains("PublicAccess"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(reads.keySet()).isEqualTo(FACETS);
    assertThat(reads).values().allMatch(calls -> calls <= 4);
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_neither_missed_nor_changed() {
    var stage = Stage.withBucket();
    stage.world.wire().forgetCounts();
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("GetBucketPolicy")) throw AwsErrors.denied();
          return CallHook.Answer.AS_IT_IS;
        });
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(new TreeSet<>(stage.world.wire().changes())).isEmpty();
    assertThat(stage.condition("InfrastructureReady").message())
        .contains(stage.bucket() + " could not be read");
  }
}
