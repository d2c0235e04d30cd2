package dev.appenv.operator.aws.storage;

import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.plan.Quota;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** What AWS limits of buckets: their number in the account, in all regions together. */
final class StorageQuotas {
  static final Quota BUCKETS = new Quota("s3", "L-DC2B2D3D", "S3 buckets", 10_000);

  static final List<Census> CENSUSES =
      List.of(
          Census.of(
              BUCKETS,
              aws ->
                  aws
                      .client(S3Client.class, Permit.READ)
                      .listBucketsPaginator(r -> r.maxBuckets(1000))
                      .buckets()
                      .stream()
                      .count()));

  private StorageQuotas() {}
}
