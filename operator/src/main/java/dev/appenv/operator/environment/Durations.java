package dev.appenv.operator.environment;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Kubernetes users write them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
final class Durations {
  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private Durations() {}

  /** The schema lets nothing else through; what still does not fit counts as left out. */
  static Duration parse(@Nullable String text, Duration fallback) {
    if (text == null || text.isEmpty()) return fallback;
    var match = TEXT.matcher(text);
    if (!match.matches()) return fallback;
    return Duration.ofHours(number(match.group(1)))
        .plusMinutes(number(match.group(2)))
        .plusSeconds(number(match.group(3)))
        .plusMillis(number(match.group(4)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
