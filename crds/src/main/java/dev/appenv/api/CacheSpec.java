package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The cache. Where a field is optional, its rules are here: a field's own see no field come or go.
 */
@ValidationRule(
    value =
        "(has(self.engine) ? self.engine : 'Valkey') == (has(oldSelf.engine) ? oldSelf.engine : 'Valkey')",
    fieldPath = ".engine",
    message = Rules.FIXED)
@ValidationRule(
    value =
        "self.?nodes.orValue("
            + Defaults.CACHE_NODES
            + ") == oldSelf.?nodes.orValue("
            + Defaults.CACHE_NODES
            + ")",
    fieldPath = ".nodes",
    message = Rules.FIXED)
@ValidationRule(
    value =
        "!has(self.version) || !has(oldSelf.version) || self.version == oldSelf.version"
            + " || self.version.split('.')[0] != oldSelf.version.split('.')[0]",
    fieldPath = ".version",
    message =
        "can change to another major version only, such as from 7.2 to 8.0; AWS itself brings newer"
            + " minor versions, so set it back")
public record CacheSpec(
    @JsonPropertyDescription(
            "Valkey, or Redis OSS, with which it is compatible. Fixed at creation. Default: Valkey.")
        @Nullable Engine engine,
    @JsonPropertyDescription(
            "Major and minor version of the engine, such as 8.0. AWS brings newer minor versions by"
                + " itself; a higher major version upgrades in place, and AWS refuses a lower one."
                + " Default: "
                + Defaults.VALKEY_VERSION
                + " of Valkey, "
                + Defaults.REDIS_VERSION
                + " of Redis.")
        @Size(max = 8)
        @ValidationRule(
            value = "self.matches(r'^[0-9]+\\.[0-9]+$')",
            message = "must be a major and a minor version, such as 8.0")
        @Nullable String version,
    @JsonPropertyDescription(
            "ElastiCache node type. A change moves the data to other nodes and may interrupt"
                + " connections. Default: "
                + Defaults.CACHE_NODE_TYPE
                + ".")
        @Size(max = 64)
        @ValidationRule(
            value = "self.matches(r'^cache\\.[a-z][a-z0-9-]*\\.[a-z0-9]+$')",
            message = "must be an ElastiCache node type, such as cache.t4g.micro")
        @Nullable String nodeType,
    @JsonPropertyDescription(
            "Number of nodes, from 1 to 6. With more than one they are in two availability zones, and"
                + " another takes over when the primary fails. Fixed at creation. Default: "
                + Defaults.CACHE_NODES
                + ".")
        @Min(1)
        @Max(6)
        @Nullable Integer nodes,
    @JsonPropertyDescription(
            "For how many days AWS keeps the daily snapshots, from 0 (none are made) to 35. Default: "
                + Defaults.CACHE_SNAPSHOT_DAYS
                + ".")
        @Min(0)
        @Max(35)
        @Nullable Integer snapshotRetentionDays) {
  public enum Engine {
    /** The open-source continuation of Redis. */
    Valkey,
    /** Redis OSS, as ElastiCache offers it up to 7.1. */
    Redis
  }
}
