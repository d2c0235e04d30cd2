package dev.appenv.operator.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the mail of an environment stands with the cloud, which nobody here can change.
 *
 * @param identity what it is sent from; null while there is none
 * @param verified whether the cloud sends from it; null while that is not known
 * @param sandboxed whether it reaches verified addresses only; null while that is not known
 * @param hints what keeps mail from being sent, and what to do
 */
public record Mail(
    @Nullable String identity,
    @Nullable Boolean verified,
    @Nullable Boolean sandboxed,
    List<String> hints) {
  public Mail {
    hints = List.copyOf(hints);
  }
}
