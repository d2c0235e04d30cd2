package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the application is released. */
public record ReleaseSpec(
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson with which the machine pulls images."
                + " Left out: only images that are open to all can be pulled.")
        @Nullable SecretRef registryCredentialsSecretRef,
    @JsonPropertyDescription(
            "How long new containers may take to become healthy before the release counts as failed"
                + " and the old one stays: a duration such as 90s or 10m, from 10s to 2h. Default: "
                + Defaults.RELEASE_TIMEOUT
                + ".")
        @Size(max = 20)
        @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_MESSAGE)
        @ValidationRule(
            value =
                Rules.NOT_A_DURATION
                    + "(duration(self) >= duration('10s') && duration(self) <= duration('2h'))",
            message = "must be between 10s and 2h")
        @Nullable String timeout) {}
