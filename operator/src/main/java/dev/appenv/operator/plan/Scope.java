package dev.appenv.operator.plan;

/**
 * Whose resources, and where.
 *
 * @param account the name of the {@code AwsAccount}
 */
public record Scope(Owner owner, String account, String region) {}
