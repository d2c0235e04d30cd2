package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the application is released. */
public record ReleaseSpec(
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson with which the operator asks registries for"
                + " digests and the machine pulls images. Left out: only images that are open to all"
                + " can be pulled.")
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
        @Nullable String timeout,
    @JsonPropertyDescription(
            "How long an image of a new commit may be missing in its registry before that counts as a"
                + " mistake (ImageMissing); until then it is waited for (WaitingForImage). What ran"
                + " before keeps running, and the image is looked for on and on: a duration such as"
                + " 20m or 2h, from 10s to 24h. Default: "
                + Defaults.IMAGE_TIMEOUT
                + ".")
        @Size(max = 20)
        @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_MESSAGE)
        @ValidationRule(
            value =
                Rules.NOT_A_DURATION
                    + "(duration(self) >= duration('10s') && duration(self) <= duration('24h'))",
            message = "must be between 10s and 24h")
        @Nullable String imageTimeout,
    @JsonPropertyDescription(
            "Variables that the application wants under names of its own, at most 50: by name, a"
                + " text in which ${NAME} stands for what the environment gives, such as"
                + " jdbc:postgresql://${PGHOST}:${PGPORT}/${PGDATABASE}. At most 1024 characters;"
                + " $$ is a dollar. They are told to it like those, in Secret NAME-outputs and .env."
                + " A name that the environment gives already gets this value. Texts are no"
                + " place for secrets, for everybody who reads this object reads them."
                + " Default: none.")
        @Size(max = 50)
        @ValidationRule(
            value = "self.all(k, size(k) <= 128 && k.matches(r'^[A-Za-z_][A-Za-z0-9_]*$'))",
            message =
                "must have names of 1 to 128 letters, digits and '_', not beginning with a digit")
        @ValidationRule(
            value = "!self.exists(k, k.startsWith('COMPOSE_') || k.startsWith('DOCKER_'))",
            message =
                "must not have names that begin with COMPOSE_ or DOCKER_, which compose itself"
                    + " minds")
        @ValidationRule(
            value =
                "self.all(k, self[k].matches(r'^([^$\\x27\\x00-\\x1f\\x7f]|[$][$]|[$][{][A-Za-z_][A-Za-z0-9_]*[}])*$'))",
            message =
                "must have texts of one line without single quotes, in which a dollar begins"
                    + " ${NAME}, or is written $$")
        @Nullable Map<String, @Size(max = 1024) String> variables) {}
