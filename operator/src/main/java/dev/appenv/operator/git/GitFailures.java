package dev.appenv.operator.git;

import dev.appenv.operator.git.GitResult.Failed;
import dev.appenv.operator.git.GitResult.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/**
 * What JGit's exceptions mean. Its texts are not passed on: they may hold what a server made up.
 */
final class GitFailures {
  private static final Pattern HTTP_STATUS = Pattern.compile("\\b([45]\\d\\d)\\b");

  private GitFailures() {}

  static <T> GitResult<T> tooSlow(GitRemote remote, Duration deadline) {
    return new Failed<>(
        Reason.UNREACHABLE,
        "The Git server of %s did not answer within %d s."
            .formatted(remote.shown(), Math.max(1, deadline.toSeconds())));
  }

  static <T> GitResult<T> of(GitRemote remote, Throwable problem) {
    String url = remote.shown();
    if (remote.hostKeyRefused()) {
      return new Failed<>(
          Reason.HOST_KEY_MISMATCH,
          "The SSH server of %s shows a key that is not in known_hosts: nothing was sent to it. Check the key, then correct known_hosts in the Secret."
              .formatted(url));
    }
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (at instanceof SshLogin.BadCredentials) {
        return new Failed<>(
            Reason.DENIED, at.getMessage() + " Correct the Secret of source.credentialsSecretRef.");
      }
      if (at instanceof NoRemoteRepositoryException) {
        return denied(url, remote.access());
      }
      String network = network(at);
      if (network != null) {
        return new Failed<>(
            Reason.UNREACHABLE,
            "The Git server of %s cannot be reached: %s.".formatted(url, network));
      }
    }
    String text = texts(problem);
    if (isDenied(text)) {
      return denied(url, remote.access());
    }
    Matcher status = HTTP_STATUS.matcher(text.replace(url.toLowerCase(Locale.ROOT), ""));
    if (status.find()) {
      int code = Integer.parseInt(status.group(1));
      return code == 401 || code == 403 || code == 404
          ? denied(url, remote.access())
          : new Failed<>(
              code >= 500 ? Reason.UNREACHABLE : Reason.OTHER,
              "The Git server of %s answers with HTTP status %d.".formatted(url, code));
    }
    return new Failed<>(
        Reason.OTHER,
        "The repository %s could not be read: the server's answer was not understood (%s)."
            .formatted(url, problem.getClass().getSimpleName()));
  }

  private static @org.jspecify.annotations.Nullable String network(Throwable problem) {
    return switch (problem) {
      case UnknownHostException e -> "its name does not resolve";
      case ConnectException e -> "nothing listens there";
      case NoRouteToHostException e -> "there is no route to it";
      case InterruptedIOException e -> "it did not answer in time";
      case SSLException e -> "its TLS certificate or protocol is not accepted";
      case SocketException e -> "the connection broke";
      case IOException e when texts(e).contains("timed out") || texts(e).contains("timeout") ->
          "it did not answer in time";
      default -> null;
    };
  }

  private static boolean isDenied(String text) {
    return text.contains("not authorized")
        || text.contains("authentication is required")
        || text.contains("authentication not supported")
        || text.contains("not permitted")
        || text.contains("cannot log in")
        || text.contains("no more authentication methods")
        || text.contains("auth fail")
        || text.contains("permission denied")
        || text.contains("not found");
  }

  private static <T> GitResult<T> denied(String url, GitAccess access) {
    return new Failed<>(
        Reason.DENIED,
        access instanceof GitAccess.Anonymous
            ? "The repository %s does not exist or is not public: correct source.repository, or name credentials in source.credentialsSecretRef."
                .formatted(url)
            : "The repository %s does not exist or its credentials are not accepted: correct source.repository or the Secret of source.credentialsSecretRef."
                .formatted(url));
  }

  private static String texts(Throwable problem) {
    var texts = new StringBuilder();
    for (Throwable at = problem; at != null; at = at.getCause()) {
      texts.append(at.getMessage()).append('\n');
    }
    return texts.toString().toLowerCase(Locale.ROOT);
  }
}
