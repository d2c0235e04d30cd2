package dev.appenv.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was looked up once and must not move by itself. */
public record ResolvedStatus(@Nullable String imageId, @Nullable List<String> availabilityZones) {}
