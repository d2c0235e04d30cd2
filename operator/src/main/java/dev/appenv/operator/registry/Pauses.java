package dev.appenv.operator.registry;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Until when registries want to be left alone. */
final class Pauses {
  /** Where the registry does not say. */
  private static final Duration USUAL = Duration.ofMinutes(1);

  /** A mistaken answer must not silence us for ever. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private final InstantSource clock;
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();

  Pauses(InstantSource clock) {
    this.clock = clock;
  }

  /** What to say instead of asking, while there is a pause. */
  Optional<Lookup> of(String registry) {
    var end = ends.get(registry);
    if (end == null) return Optional.empty();
    if (end.isAfter(clock.instant())) return Optional.of(paused(registry, end));
    ends.remove(registry, end);
    return Optional.empty();
  }

  /** The registry has asked for a pause. */
  Lookup begin(String registry, HttpHeaders headers) {
    var now = clock.instant();
    var asked =
        headers.firstValue("Retry-After").flatMap(text -> end(text.strip(), now)).orElse(null);
    var end = asked == null ? now.plus(USUAL) : asked;
    var bounded = end.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : end;
    ends.put(registry, bounded);
    return paused(registry, bounded);
  }

  private static Lookup paused(String registry, Instant end) {
    return new Lookup.Unreachable(
        "The registry %s has been asked too often and is asked again at %s"
            .formatted(registry, end.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Seconds, or a date. */
  private static Optional<Instant> end(String text, Instant now) {
    if (text.matches("\\d{1,9}")) return Optional.of(now.plusSeconds(Long.parseLong(text)));
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
