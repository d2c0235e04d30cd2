package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL database of an environment. */
// Without optional values, whose length the API server cannot bound and so thinks dear.
@ValidationRule(
    value =
        "has(self.version) ? self.version == (has(oldSelf.version) ? oldSelf.version : '"
            + Defaults.DATABASE_VERSION
            + "') : !has(oldSelf.version) || oldSelf.version == '"
            + Defaults.DATABASE_VERSION
            + "'",
    fieldPath = ".version",
    message = Rules.FIXED)
@ValidationRule(
    value =
        "self.?storageGiB.orValue("
            + Defaults.DATABASE_STORAGE_GIB
            + ") >= oldSelf.?storageGiB.orValue("
            + Defaults.DATABASE_STORAGE_GIB
            + ")",
    fieldPath = ".storageGiB",
    message = "cannot shrink; set it back, or create a new environment with a smaller database")
@ValidationRule(
    value =
        "!has(self.maxStorageGiB) || self.maxStorageGiB > self.?storageGiB.orValue("
            + Defaults.DATABASE_STORAGE_GIB
            + ")",
    fieldPath = ".maxStorageGiB",
    message = "must be more than storageGiB")
public record DatabaseSpec(
    @JsonPropertyDescription(
            "Major version of PostgreSQL, such as 17; AWS chooses the minor one. Fixed at creation."
                + " Default: "
                + Defaults.DATABASE_VERSION
                + ".")
        @Size(max = 16)
        @ValidationRule(
            value = "self.matches(r'^1[3-9]$|^2[0-9]$')",
            message = "must be a major version of PostgreSQL, such as \"17\"")
        @Nullable String version,
    @JsonPropertyDescription(
            "RDS instance class, such as db.t4g.micro. A change interrupts the database for some"
                + " minutes. Default: "
                + Defaults.DATABASE_CLASS
                + ".")
        @Size(max = 64)
        @ValidationRule(
            value = "self.matches(r'^db\\.[a-z0-9-]+\\.[a-z0-9]+$')",
            message = "must be an RDS instance class, such as db.t4g.micro")
        @Nullable String instanceClass,
    @JsonPropertyDescription(
            "Storage (gp3, encrypted) in GiB, from 20 to 65536. Can grow and not shrink. Default: "
                + Defaults.DATABASE_STORAGE_GIB
                + ".")
        @Min(20)
        @Max(65536)
        @Nullable Integer storageGiB,
    @JsonPropertyDescription(
            "Up to how many GiB AWS lets the storage grow when it runs full, up to 65536. Left out:"
                + " it does not grow by itself.")
        @Min(21)
        @Max(65536)
        @Nullable Integer maxStorageGiB,
    @JsonPropertyDescription(
            "true: a standby in the other availability zone takes over on failure; costs twice as"
                + " much. Default: false.")
        @Nullable Boolean multiAZ,
    @JsonPropertyDescription(
            "For how many days AWS keeps its daily backups, from 1 to 35. Default: "
                + Defaults.BACKUP_RETENTION_DAYS
                + ".")
        @Min(1)
        @Max(35)
        @Nullable Integer backupRetentionDays,
    @JsonPropertyDescription(
            "When the daily backup is taken, in UTC, such as 03:00-03:30. Left out: AWS chooses.")
        @Size(max = 32)
        @ValidationRule(
            value =
                "self.matches(r'^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$')",
            message = "must be two times of a day in UTC, such as 03:00-03:30")
        @Nullable String backupWindow,
    @JsonPropertyDescription(
            "When AWS maintains the database, and when a change of instanceClass takes effect, in"
                + " UTC, such as sun:04:00-sun:04:30. Left out: AWS chooses.")
        @Size(max = 64)
        @ValidationRule(
            value =
                "self.matches(r'^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$')",
            message = "must be two times of a week in UTC, such as sun:04:00-sun:04:30")
        @Nullable String maintenanceWindow,
    @JsonPropertyDescription(
            "true: a change of instanceClass takes effect at once and not in the maintenance window,"
                + " and the database is restarted at once for parameters that need it. Default:"
                + " false.")
        @Nullable Boolean applyImmediately,
    @JsonPropertyDescription(
            "Parameters of PostgreSQL and their values, as RDS names them, such as"
                + " log_min_duration_statement; at most 40. All others are as AWS has them by"
                + " default, but rds.force_ssl, which is \"1\" unless it is set here. Some take"
                + " effect only after a restart. Default: none.")
        @Size(max = 40)
        @ValidationRule(
            value =
                "self.all(k, k.matches(r'^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$') && size(k) <= 128)",
            message =
                "must have names of parameters as RDS gives them: lower-case letters, digits, '_'"
                    + " and '.', such as log_min_duration_statement")
        @Nullable Map<String, @Size(max = 1024) String> parameters,
    @JsonPropertyDescription(
            "How many of the snapshots are kept that are taken when the database of this environment"
                + " is deleted, and for how long. The newest one always stays.")
        @Nullable FinalSnapshotsSpec finalSnapshots,
    @JsonPropertyDescription(
            "true: AWS refuses to delete the database, and this object cannot be deleted before it"
                + " is false again. Default: false.")
        @Nullable Boolean deletionProtection,
    @JsonPropertyDescription(
            "true: AWS records what the database spends its time on. Not every instanceClass can."
                + " Default: false.")
        @Nullable Boolean performanceInsights,
    @JsonPropertyDescription(
            "What the database is made from. Matters when it is made, and is not looked at"
                + " afterwards. Left out: it is empty at first.")
        @Nullable RestoreSpec restoreFrom) {}
