package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

public record LifecycleSpec(
    @JsonPropertyDescription(
            "What deleting this object does in AWS. Snapshot: everything it owns is deleted but its"
                + " data. Delete: its data too. Retain: everything stays, goes on costing money, and"
                + " is no longer looked after. Default: Snapshot.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "true: what an environment of the same namespace and name left behind with"
                + " deletionPolicy Retain becomes this one's, and only what is missing is created."
                + " Default: false.")
        @Nullable Boolean adopt) {
  public enum DeletionPolicy {
    /** Everything the environment owns is deleted with it, and its data are kept. */
    Snapshot,
    /** Everything the environment owns is deleted with it, its data as well. */
    Delete,
    /** Everything stays in AWS, without our mark of ownership. */
    Retain
  }
}
