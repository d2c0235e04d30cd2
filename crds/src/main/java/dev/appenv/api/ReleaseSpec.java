package dev.appenv.api;

import org.jspecify.annotations.Nullable;

/**
 * How the application is released.
 *
 * @param registryCredentialsSecretRef a Secret of type {@code kubernetes.io/dockerconfigjson}
 * @param timeout how long new containers may take to become healthy
 */
public record ReleaseSpec(
    @Nullable SecretRef registryCredentialsSecretRef, @Nullable String timeout) {}
