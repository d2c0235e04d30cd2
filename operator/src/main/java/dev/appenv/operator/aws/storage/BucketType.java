package dev.appenv.operator.aws.storage;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.aws.resource.PolicyDocument;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * A bucket for the application's files. It is never replaced, and its name is chosen by us, so that
 * S3 itself refuses a second one.
 */
final class BucketType
    implements NamedType<BucketType.Desired, BucketType.LiveBucket>,
        KeepsData<BucketType.LiveBucket> {
  private static final String US_EAST_1 = "us-east-1";
  private static final Map<String, String> NOTHING_PUBLIC =
      Map.of(
          "blockPublicAcls", "true",
          "ignorePublicAcls", "true",
          "blockPublicPolicy", "true",
          "restrictPublicBuckets", "true");

  /**
   * @param name the logical one; that of the bucket is known once it is there
   */
  record Desired(
      LogicalName name,
      String region,
      boolean versioning,
      int noncurrentVersionDays,
      List<CORSRule> cors,
      Map<String, String> tags)
      implements AwsDesired {
    BucketVersioningStatus versioningStatus() {
      return versioning ? BucketVersioningStatus.ENABLED : BucketVersioningStatus.SUSPENDED;
    }

    @Nullable String policy(Ids ids) {
      var bucket = ids.idOf(name);
      return bucket == null ? null : PolicyDocument.canonical(BucketPolicy.tlsOnly(region, bucket));
    }
  }

  record LiveBucket(
      String id,
      @Nullable String encryption,
      Map<String, String> publicAccessBlock,
      @Nullable String objectOwnership,
      String versioning,
      Set<String> lifecycle,
      String cors,
      @Nullable String policy,
      Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveBucket> FIELDS =
      AwsType.<Desired, LiveBucket>tagged()
          .entries(
              "publicAccessBlock",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> NOTHING_PUBLIC,
              LiveBucket::publicAccessBlock)
          .plain(
              "objectOwnership",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> ObjectOwnership.BUCKET_OWNER_ENFORCED.toString(),
              LiveBucket::objectOwnership)
          .plain(
              "policy",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.policy(ids),
              LiveBucket::policy)
          .plain(
              "cors",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> CorsRules.text(d.cors()),
              LiveBucket::cors)
          .plain(
              "encryption",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> ServerSideEncryption.AES256.toString(),
              LiveBucket::encryption)
          .plain(
              "versioning",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> d.versioningStatus().toString(),
              LiveBucket::versioning)
          .elements(
              "lifecycle",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) ->
                  Set.of(LifecycleRules.text(LifecycleRules.cleaning(d.noncurrentVersionDays()))),
              LiveBucket::lifecycle);

  private static final Facts<Desired, LiveBucket> FACTS =
      new Facts<>("S3 bucket", Desired.class, LiveBucket.class, FIELDS, DriftClass.DATA, Loss.DATA);

  @Override
  public Facts<Desired, LiveBucket> facts() {
    return FACTS;
  }

  @Override
  public String id(Owner owner, LogicalName name, @Nullable AppEnvironmentSpec spec) {
    return BucketName.of(owner, name);
  }

  @Override
  public Optional<LiveBucket> find(Calls aws, String id) {
    return new BucketReader(aws.s3(Permit.READ), id).read();
  }

  /** Its tags and each of its properties. */
  @Override
  public int readCalls() {
    return 8;
  }

  @Override
  public boolean isListed(Calls aws, String id) {
    return aws.s3(Permit.READ).listBucketsPaginator(r -> r.prefix(id)).buckets().stream()
        .anyMatch(bucket -> bucket.name().equals(id));
  }

  @Override
  public Budget changeBudget() {
    return Budget.S3;
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var name = creation.id();
    aws.s3(Permit.CREATE)
        .createBucket(r ->
            r.bucket(name)
                .createBucketConfiguration(c -> {
                  c.tags(BucketTags.list(creation.tags()));
                  // The oldest region is the one that must not be named.
                  if (!desired.region().equals(US_EAST_1)) c.locationConstraint(desired.region());
                }));
    return name;
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveBucket live, List<Difference> differences, Ids ids) {
    var s3 = aws.s3(Permit.CHANGE);
    var id = live.id();
    var block = wanted(differences, "publicAccessBlock");
    if (!block.isEmpty()) blockPublicAccess(s3, live, block);
    if (AwsType.touches(differences, "objectOwnership"))
      s3.putBucketOwnershipControls(r ->
          r.bucket(id)
              .ownershipControls(c ->
                  c.rules(rule -> rule.objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED))));
    if (AwsType.touches(differences, "policy"))
      s3.putBucketPolicy(r -> r.bucket(id).policy(BucketPolicy.tlsOnly(desired.region(), id)));
    if (AwsType.touches(differences, "cors")) putCors(s3, id, desired.cors());
    if (AwsType.touches(differences, "encryption"))
      s3.putBucketEncryption(r ->
          r.bucket(id)
              .serverSideEncryptionConfiguration(c ->
                  c.rules(rule ->
                      rule.applyServerSideEncryptionByDefault(
                          e -> e.sseAlgorithm(ServerSideEncryption.AES256)))));
    if (AwsType.touches(differences, "versioning"))
      s3.putBucketVersioning(
          r -> r.bucket(id).versioningConfiguration(c -> c.status(desired.versioningStatus())));
    if (AwsType.touches(differences, "lifecycle"))
      s3.putBucketLifecycleConfiguration(r ->
          r.bucket(id)
              .lifecycleConfiguration(
                  c -> c.rules(LifecycleRules.cleaning(desired.noncurrentVersionDays()))));
    var tags = wanted(differences, "tags");
    if (!tags.isEmpty()) BucketTags.put(s3, id, Set.of(), tags);
  }

  private static Map<String, String> wanted(List<Difference> differences, String field) {
    return differences.stream()
        .filter(difference -> difference.field().equals(field))
        .collect(Collectors.toMap(Difference::element, Difference::desired));
  }

  private static void blockPublicAccess(S3Client s3, LiveBucket live, Map<String, String> wanted) {
    var all = new TreeMap<>(live.publicAccessBlock());
    all.putAll(wanted);
    s3.putPublicAccessBlock(r ->
        r.bucket(live.id())
            .publicAccessBlockConfiguration(c ->
                c.blockPublicAcls(Boolean.valueOf(all.get("blockPublicAcls")))
                    .ignorePublicAcls(Boolean.valueOf(all.get("ignorePublicAcls")))
                    .blockPublicPolicy(Boolean.valueOf(all.get("blockPublicPolicy")))
                    .restrictPublicBuckets(Boolean.valueOf(all.get("restrictPublicBuckets")))));
  }

  private static void putCors(S3Client s3, String id, List<CORSRule> rules) {
    if (rules.isEmpty()) s3.deleteBucketCors(r -> r.bucket(id));
    else s3.putBucketCors(r -> r.bucket(id).corsConfiguration(c -> c.corsRules(rules)));
  }

  @Override
  public void deleteAndKeepData(
      Calls aws, Owner owner, LogicalName name, LiveBucket live, Instant now) {
    try {
      aws.s3(Permit.DELETE).deleteBucket(r -> r.bucket(live.id()));
    } catch (AwsServiceException e) {
      if (!Failures.isNotEmpty(e)) throw e;
      disown(aws, owner, name, live);
    }
  }

  /** S3 refuses as long as something is left in it; then the next pass goes on. */
  @Override
  public void delete(Calls aws, LiveBucket live) {
    var s3 = aws.s3(Permit.DELETE);
    // What was seen may be a minute old, and objects do not come back.
    if (!BucketTags.of(s3, live.id()).equals(live.tags())) return;
    BucketContents.discard(s3, live.id());
    s3.deleteBucket(r -> r.bucket(live.id()));
  }

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    var s3 = aws.s3(Permit.READ);
    var mark = Objects.requireNonNull(OwnerTags.retained(owner, name).get(OwnerTags.RETAINED));
    return s3
        .listBucketsPaginator(r ->
            r.prefix(BucketName.stem(owner))
                .bucketRegion(s3.serviceClientConfiguration().region().id()))
        .buckets()
        .stream()
        .map(Bucket::name)
        .filter(bucket -> BucketName.isOfName(owner, bucket))
        .filter(bucket -> mark.equals(BucketTags.of(s3, bucket).get(OwnerTags.RETAINED)))
        .toList();
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveBucket live) {
    BucketTags.put(
        aws.s3(Permit.MARK), live.id(), Set.of(OwnerTags.RETAINED), OwnerTags.of(owner, name));
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveBucket live) {
    BucketTags.put(
        aws.s3(Permit.MARK),
        live.id(),
        OwnerTags.of(owner, name).keySet(),
        OwnerTags.retained(owner, name));
  }
}
