package dev.appenv.operator.environment;

import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.operator.registry.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What keeps a commit from being released as long as not all of its images have a digest. Pure. */
final class AwaitedImages {
  private AwaitedImages() {}

  /**
   * Those that the registry does not have. One that was missing stays so until it tells something
   * else.
   */
  static List<AwaitedImageStatus> of(Pins pins, List<AwaitedImageStatus> before, Instant now) {
    var awaited = new ArrayList<AwaitedImageStatus>();
    for (var unresolved : pins.unresolved()) {
      var since = since(unresolved, before);
      switch (unresolved.answer().orElse(null)) {
        case Lookup.Missing _ ->
            awaited.add(unresolved.since(since.orElse(now.truncatedTo(ChronoUnit.SECONDS))));
        case Lookup.Unreachable _ -> since.map(unresolved::since).ifPresent(awaited::add);
        case null -> since.map(unresolved::since).ifPresent(awaited::add);
        case Lookup.Found _, Lookup.Denied _, Lookup.Invalid _ -> {}
      }
    }
    return awaited;
  }

  private static Optional<Instant> since(
      Pins.Unresolved unresolved, List<AwaitedImageStatus> before) {
    return before.stream()
        .filter(
            b -> b.service().equals(unresolved.service()) && b.image().equals(unresolved.image()))
        .map(AwaitedImageStatus::since)
        .findFirst();
  }

  /**
   * Why the commit is not released yet, the worst first; nothing when it can be, or when the
   * registries have not answered yet.
   *
   * @param limit for how long an image may be missing
   */
  static Optional<Problem> problem(
      Pins pins,
      Optional<Problem> credentials,
      List<AwaitedImageStatus> awaited,
      Duration limit,
      Instant now) {
    if (pins.unresolved().isEmpty()) return Optional.empty();
    if (credentials.isPresent()) return credentials;
    var late = awaited.stream().filter(a -> !now.isBefore(a.since().plus(limit))).toList();
    return denied(pins)
        .or(() -> unreachable(pins))
        .or(() -> late.isEmpty() ? Optional.empty() : Optional.of(missing(late, limit)))
        .or(() -> awaited.isEmpty() ? Optional.empty() : Optional.of(waiting(awaited)));
  }

  private static Optional<Problem> denied(Pins pins) {
    for (var unresolved : pins.unresolved())
      switch (unresolved.answer().orElse(null)) {
        case Lookup.Invalid(var message) -> {
          return Optional.of(
              Problem.person(
                  "ComposeInvalid",
                  "services.%s.image: %s; correct it in the compose file"
                      .formatted(unresolved.service(), message)));
        }
        case Lookup.Denied(var message) -> {
          return Optional.of(
              Problem.person(
                  "RegistryDenied",
                  "services.%s.image: %s; %s has to name a Secret with a login that may"
                      .formatted(unresolved.service(), message, PullSecret.FIELD)));
        }
        case null, default -> {}
      }
    return Optional.empty();
  }

  private static Optional<Problem> unreachable(Pins pins) {
    return pins.unresolved().stream()
        .flatMap(u -> u.answer().stream())
        .filter(Lookup.Unreachable.class::isInstance)
        .map(Lookup.Unreachable.class::cast)
        .findFirst()
        .map(u -> Problem.passing("RegistryUnreachable", u.message()));
  }

  private static Problem missing(List<AwaitedImageStatus> late, Duration limit) {
    return Problem.person(
        "ImageMissing",
        "%s, for longer than %s (spec.release.imageTimeout); push it, or correct its name and tag in the compose file"
            .formatted(told(late), shown(limit)));
  }

  private static Problem waiting(List<AwaitedImageStatus> awaited) {
    return Problem.passing("WaitingForImage", told(awaited));
  }

  private static String told(List<AwaitedImageStatus> awaited) {
    return "The registry does not have "
        + awaited.stream()
            .map(a -> "%s (service %s, since %s)".formatted(a.image(), a.service(), a.since()))
            .collect(Collectors.joining(", "));
  }

  private static String shown(Duration limit) {
    return limit.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
