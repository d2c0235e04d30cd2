package dev.appenv.api;

/** Where the infrastructure lives. Immutable: AWS cannot move it. */
public record AwsSpec(AccountRef accountRef, String region) {}
