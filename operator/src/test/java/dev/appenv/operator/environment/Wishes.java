package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.CacheSpec;
import dev.appenv.api.DatabaseSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Valid specifications by chance, with every field that reaches AWS, within its bounds. */
final class Wishes {
  private final Random random;

  Wishes(Random random) {
    this.random = random;
  }

  AppEnvironmentSpec any() {
    var prefix = 16 + random.nextInt(9);
    var spec =
        Specs.patched(
            Specs.DEDICATED,
            "{network: {vpc: {cidr: 10.%d.0.0/%d}}, instance: {rootVolumeGiB: %d}}"
                .formatted(random.nextInt(256), prefix, 8 + random.nextInt(100)));
    return Specs.patched(
        Specs.patched(spec, reachable()),
        "{database: %s, cache: %s, bucket: %s, email: %s, ingress: {domain: %s}}"
            .formatted(
                maybe() ? database(null) : "null",
                maybe() ? cache(null) : "null",
                maybe() ? bucket() : "null",
                maybe() ? email() : "null",
                maybe() ? one("shop.example.com", "www.example.com") : "null"));
  }

  /** What may follow upon it: what is fixed stays, and storage does not shrink. */
  AppEnvironmentSpec after(AppEnvironmentSpec before) {
    var database = before.database();
    // One that is protected stays.
    var keeps = database != null && Boolean.TRUE.equals(database.deletionProtection());
    return Specs.patched(
        Specs.patched(
            Specs.patched(before, "{database: null, cache: null, bucket: null, email: null}"),
            reachable()),
        "{database: %s, cache: %s, bucket: %s, email: %s, ingress: {domain: %s}}"
            .formatted(
                keeps || maybe() ? database(database) : "null",
                maybe() ? cache(before.cache()) : "null",
                maybe() ? bucket() : "null",
                maybe() ? email() : "null",
                maybe() ? one("shop.example.com", "www.example.com") : "null"));
  }

  private String reachable() {
    return "{network: {sshFrom: %s}, instance: {type: %s}}"
        .formatted(
            random.nextInt(4) == 0 ? "null" : blocks(),
            one("t3.small", "t3.large", "m7i.xlarge", "t4g.small"));
  }

  private List<String> blocks() {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> "%d.0.%d.0/24".formatted(20 + i, random.nextInt(256)))
        .toList();
  }

  private String database(@Nullable DatabaseSpec before) {
    var storage = 20 + random.nextInt(80);
    var version = one("15", "16", "17");
    if (before != null) {
      storage = Math.max(storage, Objects.requireNonNull(before.storageGiB()));
      version = Objects.requireNonNull(before.version());
    }
    var fields = new ArrayList<String>();
    fields.add("version: '%s', storageGiB: %d".formatted(version, storage));
    if (maybe()) fields.add("maxStorageGiB: " + (storage + 1 + random.nextInt(200)));
    if (maybe())
      fields.add("instanceClass: " + one("db.t4g.micro", "db.t4g.large", "db.m7g.large"));
    if (maybe()) fields.add("backupRetentionDays: " + (1 + random.nextInt(35)));
    if (maybe()) fields.add("backupWindow: '0%d:00-0%<d:30'".formatted(random.nextInt(5)));
    if (maybe())
      fields.add("maintenanceWindow: 'sat:0%d:00-sat:0%<d:30'".formatted(5 + random.nextInt(5)));
    for (var flag :
        List.of("multiAZ", "applyImmediately", "deletionProtection", "performanceInsights"))
      if (maybe()) fields.add(flag + ": " + random.nextBoolean());
    return object(fields);
  }

  private String cache(@Nullable CacheSpec before) {
    var engine = maybe() ? CacheSpec.Engine.Valkey : CacheSpec.Engine.Redis;
    var nodes = 1 + random.nextInt(6);
    var version = engine == CacheSpec.Engine.Valkey ? one("7.2", "8.0") : one("6.2", "7.1");
    if (before != null) {
      engine = Objects.requireNonNull(before.engine());
      nodes = Objects.requireNonNull(before.nodes());
      version = Objects.requireNonNull(before.version());
    }
    var fields = new ArrayList<String>();
    fields.add("engine: %s, version: '%s', nodes: %d".formatted(engine, version, nodes));
    if (maybe()) fields.add("nodeType: " + one("cache.t4g.small", "cache.m7g.large"));
    if (maybe()) fields.add("snapshotRetentionDays: " + random.nextInt(36));
    return object(fields);
  }

  private String bucket() {
    var fields = new ArrayList<String>();
    if (maybe()) fields.add("versioning: " + random.nextBoolean());
    if (maybe()) fields.add("noncurrentVersionDays: " + (1 + random.nextInt(3650)));
    if (maybe())
      fields.add(
          "cors: "
              + IntStream.range(0, random.nextInt(4))
                  .mapToObj(i ->
                      "{allowedOrigins: ['https://%d.example'], allowedMethods: [%s], allowedHeaders: ['*'], maxAgeSeconds: %d}"
                          .formatted(
                              i, one("GET", "PUT, GET", "HEAD, POST"), random.nextInt(86401)))
                  .toList());
    return object(fields);
  }

  private String email() {
    return "{from: noreply@%s}".formatted(one("shop.example.com", "mail.example.com"));
  }

  private static String object(List<String> fields) {
    return "{%s}".formatted(String.join(", ", fields));
  }

  private boolean maybe() {
    return random.nextInt(3) > 0;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
