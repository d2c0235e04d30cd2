package dev.appenv.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One AWS resource of the environment.
 *
 * @param name its logical name, stable for life, for example {@code network.vpc}
 * @param phase Pending, Ready, Deleting, Absent or Unknown
 * @param applied short hashes of the desired values last applied, by field: a difference in a field
 *     whose desired value did not change is drift
 */
public record ResourceStatus(
    String name, String id, String phase, @Nullable Map<String, String> applied) {}
