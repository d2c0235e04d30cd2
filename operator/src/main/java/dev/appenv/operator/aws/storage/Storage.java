package dev.appenv.operator.aws.storage;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.Defaults;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.resource.SharedNames;
import dev.appenv.operator.aws.resource.VisibleTags;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Phase;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bucket for the application's files, where the user wants one. */
public final class Storage implements Noun {
  private static final String BUCKET = "S3_BUCKET";
  private static final String REGION = "S3_REGION";

  private static final Slot<BucketType.Desired, BucketType.LiveBucket> bucket =
      new Slot<>(SharedNames.BUCKET, new BucketType());

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(bucket);
  }

  @Override
  public boolean isWished(AppEnvironmentSpec spec) {
    return spec.bucket() != null;
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var spec = wish.spec().bucket();
    if (spec == null) return List.of();
    var days = spec.noncurrentVersionDays();
    return List.of(
        bucket.wants(
            new BucketType.Desired(
                bucket.name(),
                wish.spec().aws().region(),
                !Boolean.FALSE.equals(spec.versioning()),
                days == null ? Defaults.NONCURRENT_VERSION_DAYS : days,
                spec.cors() == null ? List.of() : spec.cors().stream().map(CorsRules::of).toList(),
                new VisibleTags(wish).of(bucket.name()))));
  }

  @Override
  public List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    return spec.bucket() == null
        ? List.of()
        : List.of(new Need(bucket.name(), StorageQuotas.BUCKETS, 1));
  }

  @Override
  public List<Census> censuses() {
    return StorageQuotas.CENSUSES;
  }

  @Override
  public Set<String> variables(AppEnvironmentSpec spec) {
    return spec.bucket() == null ? Set.of() : Set.of(BUCKET, REGION);
  }

  @Override
  public Outputs outputs(Wish wish, Observation observation) {
    if (wish.spec().bucket() == null) return Outputs.NONE;
    return observation.of(bucket.name()) instanceof Facet.Observed(var live)
            && live.phase() == Phase.READY
        ? Outputs.of(Map.of(BUCKET, live.id(), REGION, wish.spec().aws().region()))
        : Outputs.awaited(bucket.name());
  }
}
