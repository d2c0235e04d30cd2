package dev.appenv.operator.account;

import dev.appenv.operator.account.Quotas.Place;
import dev.appenv.operator.plan.Admission;
import dev.appenv.operator.plan.Claim;
import dev.appenv.operator.plan.Demand;
import dev.appenv.operator.plan.Level;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Usage;
import dev.appenv.operator.plan.WaitingLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one account and region: what AWS said of its quotas, who wants to begin, and
 * what is kept for those that began. Reading takes its time and is done by one at a time, for all
 * who wait for it; nothing else waits for AWS.
 */
final class Ledger {
  /** For so long AWS's lists may leave out what was just made. */
  private static final Duration LAG = Duration.ofSeconds(30);

  /** Where many wait, not each that asks is to go through all of them. */
  private static final Duration ONE_LOOK = Duration.ofSeconds(1);

  private record Timed<T>(Instant begun, T value) {}

  /**
   * @param made when it was known to be made
   */
  private record Kept(Need need, @Nullable Instant made) {}

  private final Place place;
  private final Quotas quotas;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();

  private final Map<Quota, Timed<Usage>> usage = new HashMap<>();
  private final Map<Quota, Timed<Resolution<Long>>> limits = new HashMap<>();
  private final Map<String, List<Kept>> kept = new HashMap<>();
  private Timed<Applicants> applicants =
      new Timed<>(Instant.MIN, new Applicants(List.of(), Map.of(), Demand.NONE));
  private Demand all = Demand.NONE;

  Ledger(Place place, Quotas quotas, InstantSource clock) {
    this.place = place;
    this.quotas = quotas;
    this.clock = clock;
  }

  /** Takes over who wants something here, unless that was looked at just now. */
  void look(Supplier<Applicants> look) {
    reading.lock();
    try {
      var now = clock.instant();
      if (applicants().begun().plus(ONE_LOOK).isAfter(now)) return;
      var found = new Timed<>(now, look.get());
      synchronized (this) {
        applicants = found;
        all = found.value().all();
      }
    } finally {
      reading.unlock();
    }
  }

  private synchronized Timed<Applicants> applicants() {
    return applicants;
  }

  /** Who wants something here, without those for whom it is kept already. */
  synchronized Applicants open() {
    return applicants.value().without(kept.keySet());
  }

  /** The quotas of which somebody wants something here. */
  synchronized Set<Quota> wanted() {
    return applicants.value().largest().quotas();
  }

  /** Reads these quotas anew where what is known of them is too old. */
  void read(Set<Quota> wanted, Duration usageAge, Duration limitAge) {
    reading.lock();
    try {
      read(usage, wanted, usageAge, stale -> quotas.usage(place, stale));
      var apart =
          wanted.stream()
              .filter(quota -> limitWithUsage(quota) == null)
              .collect(Collectors.toUnmodifiableSet());
      read(limits, apart, limitAge, stale -> quotas.limits(place, stale));
    } finally {
      reading.unlock();
    }
  }

  private <T> void read(
      Map<Quota, Timed<T>> readings,
      Set<Quota> wanted,
      Duration age,
      Function<Set<Quota>, Map<Quota, T>> read) {
    var now = clock.instant();
    var stale = stale(readings, wanted, now.minus(age));
    if (stale.isEmpty()) return;
    var found = read.apply(stale);
    synchronized (this) {
      found.forEach((quota, value) -> readings.put(quota, new Timed<>(now, value)));
    }
  }

  private synchronized <T> Set<Quota> stale(
      Map<Quota, Timed<T>> readings, Set<Quota> wanted, Instant limit) {
    return wanted.stream()
        .filter(quota -> {
          var last = readings.get(quota);
          return last == null || !last.begun().isAfter(limit);
        })
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Decides by what is known whether one may begin, and if so keeps what it takes. */
  synchronized Admission admit(Claim mine, List<Need> needs) {
    var known = levels();
    var admission =
        new WaitingLine(List.of(mine)).allFit(all.and(kept()), known)
            ? new Admission.Granted()
            : decide(mine, known);
    if (admission instanceof Admission.Granted) keep(mine.uid(), needs);
    return admission;
  }

  /** Somebody has to wait, and it matters who. */
  private Admission decide(Claim mine, Map<Quota, Level> known) {
    var open = open();
    var begun = open.begun().values().stream().reduce(kept(), Demand::and);
    return new WaitingLine(open.waiting()).admit(mine, begun, known);
  }

  /** Keeps this in place of what was kept for the same resources. */
  synchronized void keep(String uid, List<Need> needs) {
    var names = needs.stream().map(Need::resource).collect(Collectors.toSet());
    var those = new ArrayList<>(kept.getOrDefault(uid, List.of()));
    those.removeIf(it -> names.contains(it.need().resource()));
    needs.forEach(need -> those.add(new Kept(need, null)));
    kept.put(uid, those);
  }

  /** These were made: once AWS's lists show them, they are not kept any more. */
  synchronized void made(String uid, Set<LogicalName> names) {
    var now = clock.instant();
    kept.computeIfPresent(
        uid,
        (_, those) -> {
          var left =
              those.stream()
                  .map(it ->
                      it.made() == null && names.contains(it.need().resource())
                          ? new Kept(it.need(), now)
                          : it)
                  .filter(it -> !isCounted(it))
                  .toList();
          return left.isEmpty() ? null : left;
        });
  }

  private boolean isCounted(Kept it) {
    var read = usage.get(it.need().quota());
    return it.made() != null && read != null && read.begun().isAfter(it.made().plus(LAG));
  }

  /** The environment is gone: what AWS said before is too old. */
  synchronized void left(String uid) {
    kept.remove(uid);
    usage.clear();
  }

  /** What is kept and not counted by AWS yet. */
  synchronized Demand kept() {
    return Demand.of(
        kept.values().stream()
            .flatMap(Collection::stream)
            .filter(it -> !isCounted(it))
            .map(Kept::need)
            .toList());
  }

  /** The levels of the quotas that are known. */
  synchronized Map<Quota, Level> levels() {
    var levels = new TreeMap<Quota, Level>();
    for (var quota : usage.keySet())
      Level.of(quota, limit(quota), used(quota)).ifPresent(level -> levels.put(quota, level));
    return levels;
  }

  /** Why a quota's level is not known. */
  synchronized String unread(Quota quota) {
    if (used(quota) instanceof Resolution.Failed<Long>(_, var message)) return message;
    return limit(quota) instanceof Resolution.Failed<Long>(_, var message)
        ? message
        : "not read yet";
  }

  private synchronized @Nullable Long limitWithUsage(Quota quota) {
    var read = usage.get(quota);
    return read == null ? null : read.value().limit().orElse(null);
  }

  private Resolution<Long> limit(Quota quota) {
    var told = limitWithUsage(quota);
    if (told != null) return new Resolution.Found<>(told);
    var read = limits.get(quota);
    return read == null ? notRead() : read.value();
  }

  private Resolution<Long> used(Quota quota) {
    var read = usage.get(quota);
    return read == null ? notRead() : read.value().used();
  }

  private static Resolution<Long> notRead() {
    return new Resolution.Failed<>(Outcome.Cause.UNCERTAIN, "not read yet");
  }
}
