package dev.appenv.api;

import org.jspecify.annotations.Nullable;

public record AppEnvironmentSpec(
    SourceSpec source,
    AwsSpec aws,
    NetworkSpec network,
    InstanceSpec instance,
    @Nullable ReleaseSpec release,
    IngressSpec ingress,
    @Nullable DriftSpec drift,
    @Nullable LifecycleSpec lifecycle,
    @Nullable Boolean suspend) {}
