package dev.appenv.operator.aws.cache;

import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.plan.Quota;
import java.util.List;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** What AWS limits of caches. */
final class CacheQuotas {
  static final Quota NODES = new Quota("elasticache", "L-DFE45DF3", "ElastiCache nodes", 300);

  static final List<Census> CENSUSES =
      List.of(
          Census.of(
              NODES,
              aws ->
                  aws
                      .client(ElastiCacheClient.class, Permit.READ)
                      .describeCacheClustersPaginator(r -> r.maxRecords(100))
                      .cacheClusters()
                      .stream()
                      .mapToLong(c -> c.numCacheNodes() == null ? 0 : c.numCacheNodes())
                      .sum()));

  private CacheQuotas() {}
}
