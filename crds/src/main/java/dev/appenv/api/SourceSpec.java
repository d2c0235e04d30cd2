package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the application comes from. */
// On the type, so that the API server does not print the refused URL with its password.
@ValidationRule(
    value = "!self.repository.matches(" + SourceSpec.WITH_CREDENTIALS + ")",
    fieldPath = ".repository",
    message =
        "must not contain a user name or password; put them into a Secret and name it in"
            + " spec.source.credentialsSecretRef")
public record SourceSpec(
    @JsonPropertyDescription(
            "Address of the Git repository: https://HOST/PATH, http://HOST/PATH,"
                + " ssh://USER@HOST/PATH or USER@HOST:PATH. Credentials belong in"
                + " credentialsSecretRef.")
        @Size(max = 1024)
        @ValidationRule(
            value =
                "self.matches("
                    + SourceSpec.WITH_CREDENTIALS
                    + ") || self.matches(r'^(https?://[^\\s/]+/\\S+|ssh://[^\\s/]+/\\S+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^\\s/]\\S*)$')",
            message =
                "must be the address of a Git repository: https://HOST/PATH, http://HOST/PATH,"
                    + " ssh://USER@HOST/PATH or USER@HOST:PATH")
        String repository,
    @JsonPropertyDescription("The branch to run, without refs/heads/, such as main.")
        @Size(max = 244)
        @ValidationRule(
            value =
                "self.matches(r'^[^\\x00-\\x20\\x7f~^:?*\\[\\\\]+$') && !self.matches("
                    + "r'^[-/]|(^|/)\\.|//|\\.\\.|@\\{|\\.lock(/|$)|[./]$|^@$|^HEAD$|^refs/')",
            message =
                "must be a branch name as Git accepts it, such as main or feature/login: not HEAD, without"
                    + " refs/heads/, spaces, '..', '//', '@{' or any of ~^:?*[\\, not beginning with"
                    + " '-', '/' or '.', not ending with '/', '.' or '.lock'")
        String branch,
    @JsonPropertyDescription(
            "Path of the compose file in the repository. Default: " + Defaults.COMPOSE_FILE + ".")
        @Size(max = 255)
        @ValidationRule(
            value =
                "self.matches(r'^[^/\\\\\\x00-\\x1f]+(/[^/\\\\\\x00-\\x1f]+)*$')"
                    + " && !self.matches(r'(^|/)\\.\\.?(/|$)')",
            message =
                "must be a path inside the repository, such as deploy/compose.yml: without a"
                    + " leading '/', '.', '..' or backslashes")
        @Nullable String composeFile,
    @JsonPropertyDescription(
            "How often the branch is looked at for a new commit: a duration such as 30s or 5m,"
                + " from 5s to 24h. Default: "
                + Defaults.POLL_INTERVAL
                + ".")
        @Size(max = 20)
        @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_MESSAGE)
        @ValidationRule(
            value =
                Rules.NOT_A_DURATION
                    + "(duration(self) >= duration('5s') && duration(self) <= duration('24h'))",
            message = "must be between 5s and 24h")
        @Nullable String pollInterval,
    @JsonPropertyDescription(
            "Secret that opens the repository: keys username and password for http(s),"
                + " ssh-privatekey and known_hosts for ssh. Left out: it is open to all.")
        @Nullable SecretRef credentialsSecretRef) {
  static final String WITH_CREDENTIALS = "r'^(https?://[^/]*@|[a-z]+://[^/@]*:[^/@]*@)'";
}
