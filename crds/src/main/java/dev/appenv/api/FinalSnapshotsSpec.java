package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How long the last snapshots of an environment's databases are kept. */
public record FinalSnapshotsSpec(
    @JsonPropertyDescription(
            "How many are kept of environments of this namespace and name, from 1 to 100. Default: "
                + Defaults.FINAL_SNAPSHOTS
                + ".")
        @Min(1)
        @Max(100)
        @Nullable Integer keep,
    @JsonPropertyDescription(
            "For how many days those are kept that are not the newest one, from 1 to 3650. Left out:"
                + " however old they are.")
        @Min(1)
        @Max(3650)
        @Nullable Integer days) {}
