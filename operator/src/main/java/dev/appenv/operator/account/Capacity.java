package dev.appenv.operator.account;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.account.Quotas.Place;
import dev.appenv.operator.plan.Admission;
import dev.appenv.operator.plan.Demand;
import dev.appenv.operator.plan.Level;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Room;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The room that quotas leave, by account and region, and who may take of it. What AWS says of it is
 * read when an environment is about to begin, and for the account's status: never because of one
 * that exists.
 */
public final class Capacity {
  /** Others use the account too, so what decides is to be new. */
  private static final Duration FOR_DECISIONS = Duration.ofMinutes(1);

  /** Limits change seldom. */
  private static final Duration FOR_REPORTS = Duration.ofMinutes(5);

  private static final int MOST_REGIONS = 50;

  private final Quotas quotas;
  private final Supplier<Stream<AppEnvironment>> environments;
  private final InstantSource clock;
  private final Map<Place, Ledger> ledgers = new ConcurrentHashMap<>();

  /**
   * @param environments all of the cluster, served from a cache
   */
  public Capacity(
      Quotas quotas, Supplier<Stream<AppEnvironment>> environments, InstantSource clock) {
    this.quotas = quotas;
    this.environments = environments;
    this.clock = clock;
  }

  /**
   * Asks for an environment that has begun nothing whether it may begin now. If so, what it takes
   * is kept for it.
   *
   * @param creates what it would make
   */
  public Admission ask(AppEnvironment environment, Place place, Set<LogicalName> creates) {
    var needs = needs(environment, place, creates);
    if (needs.stream().allMatch(need -> need.units() == 0)) return new Admission.Granted();
    var mine = Applicants.claim(environment, Demand.of(needs));
    var ledger = ledger(place);
    ledger.look(() -> applicants(place));
    ledger.read(mine.demand().quotas(), FOR_DECISIONS, FOR_REPORTS);
    var admission = ledger.admit(mine, needs);
    if (admission instanceof Admission.Granted) return admission;
    // A quota may have been raised since its limit was read.
    ledger.read(mine.demand().quotas(), FOR_DECISIONS, FOR_DECISIONS);
    return ledger.admit(mine, needs);
  }

  /** An environment that has begun goes on, whatever is left, and what it takes is kept for it. */
  public void goOn(AppEnvironment environment, Place place, Set<LogicalName> creates) {
    var needs = needs(environment, place, creates);
    if (needs.isEmpty()) return;
    ledger(place).keep(environment.getMetadata().getUid(), needs);
  }

  /** What an environment has made need not be kept any more once AWS counts it. */
  public void made(String uid, Place place, Set<LogicalName> names) {
    var ledger = ledgers.get(place);
    if (ledger != null) ledger.made(uid, names);
  }

  /** The environment is gone, and what it took with it. */
  public void left(String uid, Place place) {
    var ledger = ledgers.get(place);
    if (ledger != null) ledger.left(uid);
  }

  /**
   * The room in a region.
   *
   * @param room for more environments, each as large as the largest there is; nothing when it is
   *     not known
   * @param levels of the quotas that are known
   * @param unread why others are not known
   * @param waiting how many wait
   */
  public record Survey(
      Optional<Room> room, Map<Quota, Level> levels, Map<Quota, String> unread, int waiting) {}

  /** The room in the regions where an account has environments, by region. */
  public Map<String, Survey> survey(String account) {
    var surveys = new TreeMap<String, Survey>();
    environments
        .get()
        .flatMap(environment -> Applicants.place(environment).stream())
        .filter(place -> place.account().equals(account))
        .distinct()
        .sorted(Comparator.comparing(Place::region))
        .limit(MOST_REGIONS)
        .forEach(place -> surveys.put(place.region(), survey(place)));
    return surveys;
  }

  private Survey survey(Place place) {
    var ledger = ledger(place);
    ledger.look(() -> applicants(place));
    var wanted = ledger.wanted();
    ledger.read(wanted, FOR_REPORTS, FOR_REPORTS);
    var levels = new TreeMap<>(ledger.levels());
    levels.keySet().retainAll(wanted);
    var unread = new TreeMap<Quota, String>();
    for (var quota : wanted)
      if (!levels.containsKey(quota)) unread.put(quota, ledger.unread(quota));
    var open = ledger.open();
    var begun = open.begun().values().stream().reduce(ledger.kept(), Demand::and);
    return new Survey(
        Room.of(open.largest(), begun, levels), levels, unread, open.waiting().size());
  }

  private Ledger ledger(Place place) {
    return ledgers.computeIfAbsent(place, _ -> new Ledger(place, quotas, clock));
  }

  private Applicants applicants(Place place) {
    return Applicants.of(environments.get(), place, spec -> quotas.needs(place, spec));
  }

  private List<Need> needs(AppEnvironment environment, Place place, Set<LogicalName> creates) {
    return quotas.needs(place, environment.getSpec()).stream()
        .filter(need -> creates.contains(need.resource()))
        .toList();
  }
}
