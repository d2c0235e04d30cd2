package dev.appenv.operator.plan;

/**
 * What a resource takes of a quota.
 *
 * @param units none where it is taken later, and is of interest all the same
 */
public record Need(LogicalName resource, Quota quota, long units) {}
