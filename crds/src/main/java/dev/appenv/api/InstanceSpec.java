package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@ValidationRule(
    value =
        "self.?rootVolumeGiB.orValue("
            + Defaults.ROOT_VOLUME_GIB
            + ") == oldSelf.?rootVolumeGiB.orValue("
            + Defaults.ROOT_VOLUME_GIB
            + ")",
    fieldPath = ".rootVolumeGiB",
    message = Rules.FIXED)
public record InstanceSpec(
    @JsonPropertyDescription(
            "EC2 instance type, such as t3.small. A change stops the machine for some minutes.")
        @Size(max = 64)
        @ValidationRule(
            value = "self.matches(r'^[a-z][a-z0-9-]*\\.[a-z0-9]+$')",
            message = "must be an EC2 instance type, such as t3.small")
        String type,
    @JsonPropertyDescription(
            "Size of the machine's disk in GiB, from 8 to 16384. Fixed at creation. Default: "
                + Defaults.ROOT_VOLUME_GIB
                + ".")
        @Min(8)
        @Max(16384)
        @Nullable Integer rootVolumeGiB) {}
