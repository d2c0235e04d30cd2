package dev.appenv.operator.plan;

import java.util.Optional;

/**
 * How much there is of what a quota limits, whoever made it.
 *
 * @param limit the limit, where it is told with it
 */
public record Usage(Resolution<Long> used, Optional<Long> limit) {}
