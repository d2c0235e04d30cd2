package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

public record LifecycleSpec(
    @JsonPropertyDescription(
            "What deleting this object does in AWS. Delete: everything it owns is deleted. Retain:"
                + " everything stays, goes on costing money, and is no longer looked after. Default:"
                + " Delete.")
        @Nullable DeletionPolicy deletionPolicy) {
  public enum DeletionPolicy {
    /** Everything the environment owns is deleted with it. */
    Delete,
    /** Everything stays in AWS, without our mark of ownership. */
    Retain
  }
}
