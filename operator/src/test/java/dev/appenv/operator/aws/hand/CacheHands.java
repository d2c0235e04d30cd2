package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Left;
import dev.appenv.operator.aws.hand.Hand.Never;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.AuthTokenUpdateStrategyType;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;

/** Somebody works on the cache. */
public final class CacheHands {
  private static final String CACHE = "cache.replicationGroup";
  private static final String GROUP = "cache.subnetGroup";

  static final List<Hand> ALL = Stream.of(group(), cache(), fixed()).flatMap(List::stream).toList();

  private CacheHands() {}

  private static List<Hand> group() {
    return List.of(
        new Change(
            GROUP,
            "tags",
            "Name",
            c ->
                rename(
                    c,
                    c.elastiCache()
                        .describeCacheSubnetGroups(r -> r.cacheSubnetGroupName(c.id(GROUP)))
                        .cacheSubnetGroups()
                        .getFirst()
                        .arn())),
        new Change(
            GROUP,
            "subnets",
            "{network.publicSubnetB}",
            c ->
                c.elastiCache()
                    .modifyCacheSubnetGroup(r ->
                        r.cacheSubnetGroupName(c.id(GROUP))
                            .subnetIds(
                                c.id("network.privateSubnetA"), c.id("network.publicSubnetB")))),
        new Change(GROUP, "cache subnet group", CacheHands::deleteSubnetGroup));
  }

  private static List<Hand> cache() {
    return List.of(
        new Change(
            CACHE,
            "tags",
            "Name",
            c ->
                rename(
                    c,
                    c.elastiCache()
                        .describeReplicationGroups(r -> r.replicationGroupId(c.id(CACHE)))
                        .replicationGroups()
                        .getFirst()
                        .arn())),
        modified("majorVersion", r -> r.engineVersion("9.0")),
        modified("nodeType", r -> r.cacheNodeType("cache.r7g.large")),
        new Change(
            CACHE,
            "nodes",
            c -> {
              c.elastiCache()
                  .increaseReplicaCount(r ->
                      r.replicationGroupId(c.id(CACHE)).newReplicaCount(1).applyImmediately(true));
              c.settle();
            }),
        modified("automaticFailover", r -> r.automaticFailoverEnabled(true)),
        modified("multiAz", r -> r.multiAZEnabled(true)),
        modified("autoMinorVersionUpgrade", r -> r.autoMinorVersionUpgrade(false)),
        modified("snapshotRetentionDays", r -> r.snapshotRetentionLimit(0)),
        new Change(
            CACHE,
            "securityGroups",
            "{network.machineSecurityGroup}",
            c -> modify(c, r -> r.securityGroupIds(c.id("network.machineSecurityGroup")))),
        modified("encryptionInTransit", r -> r.transitEncryptionEnabled(false)),
        modified(
            "authTokenEnabled", r -> r.authTokenUpdateStrategy(AuthTokenUpdateStrategyType.DELETE)),
        new Left(
            CACHE,
            "authToken",
            c ->
                modify(
                    c,
                    r ->
                        r.authToken("of-somebody-else-and-long")
                            .authTokenUpdateStrategy(AuthTokenUpdateStrategyType.ROTATE)),
            "AWS never shows it; the annotation appenv.dev/rotate-passwords sets another"),
        new Change(CACHE, "replication group", CacheHands::deleteReplicationGroup));
  }

  private static List<Hand> fixed() {
    return List.of(
        new Never(CACHE, "engine", "AWS makes Valkey of Redis, and never Redis of Valkey"),
        new Never(CACHE, "subnetGroup", "a replication group stays in its subnet group"),
        new Never(CACHE, "encryptionAtRest", "it is fixed at creation"));
  }

  private static Change modified(
      String field, Consumer<ModifyReplicationGroupRequest.Builder> change) {
    return new Change(CACHE, field, c -> modify(c, change));
  }

  public static void modify(Console c, Consumer<ModifyReplicationGroupRequest.Builder> change) {
    c.elastiCache()
        .modifyReplicationGroup(
            r -> change.accept(r.replicationGroupId(c.id(CACHE)).applyImmediately(true)));
    c.settle();
  }

  private static void deleteReplicationGroup(Console c) {
    c.elastiCache().deleteReplicationGroup(r -> r.replicationGroupId(c.id(CACHE)));
    c.settle();
  }

  public static void deleteSubnetGroup(Console c) {
    deleteReplicationGroup(c);
    c.elastiCache().deleteCacheSubnetGroup(r -> r.cacheSubnetGroupName(c.id(GROUP)));
  }

  private static void rename(Console c, String arn) {
    c.elastiCache()
        .addTagsToResource(r -> r.resourceName(arn).tags(t -> t.key("Name").value("mine now")));
  }
}
