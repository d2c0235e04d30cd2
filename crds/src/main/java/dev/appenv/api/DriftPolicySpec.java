package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What is done about drift of each class. Left out means Repair. */
public record DriftPolicySpec(
    @JsonPropertyDescription(
            "Who can reach or do what, such as a port opened by hand. Default: Repair.")
        @Nullable Policy security,
    @JsonPropertyDescription(
            "What keeps data safe, such as encryption or backups. Default: Repair.")
        @Nullable Policy data,
    @JsonPropertyDescription("What changes the bill, such as a bigger machine. Default: Repair.")
        @Nullable Policy cost,
    @JsonPropertyDescription(
            "What runs on the machine, such as another image or a stopped container. Default:"
                + " Repair.")
        @Nullable Policy release,
    @JsonPropertyDescription("What has no effect, such as a changed tag. Default: Repair.")
        @Nullable Policy cosmetic) {
  public enum Policy {
    /** It is reported and put back. */
    Repair,
    /** It is reported and left as it is. */
    Report,
    /** It is neither reported nor put back. */
    Ignore
  }
}
