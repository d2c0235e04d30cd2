package dev.appenv.api;

import org.jspecify.annotations.Nullable;

public record LifecycleSpec(@Nullable DeletionPolicy deletionPolicy) {
  public enum DeletionPolicy {
    /** Everything the environment owns is deleted with it. */
    Delete,
    /** Everything stays in AWS, without our mark of ownership. */
    Retain
  }
}
