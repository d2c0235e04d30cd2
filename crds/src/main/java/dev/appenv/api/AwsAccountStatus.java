package dev.appenv.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code accountId} and {@code identity} are what AWS says we are there. */
public record AwsAccountStatus(
    @Nullable Long observedGeneration,
    @Nullable List<ConditionStatus> conditions,
    @Nullable String accountId,
    @Nullable String identity) {}
