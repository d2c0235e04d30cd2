package dev.appenv.api;

import org.jspecify.annotations.Nullable;

/** Where the application comes from. */
public record SourceSpec(
    String repository,
    String branch,
    @Nullable String composeFile,
    @Nullable String pollInterval,
    @Nullable SecretRef credentialsSecretRef) {}
