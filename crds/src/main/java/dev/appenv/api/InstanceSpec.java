package dev.appenv.api;

import org.jspecify.annotations.Nullable;

public record InstanceSpec(String type, @Nullable Integer rootVolumeGiB) {}
