package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.LocationStatus;
import dev.appenv.api.OperationStatus;
import dev.appenv.api.ResolvedStatus;
import dev.appenv.api.ResourceStatus;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.LogicalName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The journal kept in an environment's status, together with the report that users read. This
 * process is the only writer, so what it holds in memory is newer than any cache; should there be
 * another, the store refuses. What is equal to what was stored is not written again.
 */
final class StatusJournal implements Journal {
  interface Store {
    /**
     * Stores a whole status, and returns when the API server has it.
     *
     * @throws OtherWriterException when somebody else has stored another since
     */
    void write(AppEnvironmentStatus status);
  }

  static final String CREATE = "Create";
  static final String PENDING = "Pending";
  static final String DELETING = "Deleting";

  private final Store store;
  private final Object writing = new Object();
  private final TreeMap<LogicalName, History.Entry> entries = new TreeMap<>();
  private final TreeMap<LogicalName, String> phases = new TreeMap<>();
  private Report report;
  private @Nullable LocationStatus location;
  private @Nullable ResolvedStatus resolved;
  private @Nullable AppEnvironmentStatus stored;
  private boolean whole;

  StatusJournal(Store store, @Nullable AppEnvironmentStatus status) {
    this.store = store;
    this.stored = status;
    this.report = Report.of(status);
    if (status == null) return;
    this.location = status.location();
    this.whole = location != null;
    this.resolved = status.resolved();
    for (var resource : listOf(status.resources())) {
      var name = LogicalName.of(resource.name());
      var applied = resource.applied() == null ? Map.<String, String>of() : resource.applied();
      entries.put(name, new History.Entry(resource.id(), applied, null));
      phases.put(name, resource.phase());
    }
    for (var operation : listOf(status.operations()))
      if (operation.action().equals(CREATE) && operation.token() != null)
        edit(
            LogicalName.of(operation.resource()),
            e -> {
              var name = LogicalName.of(operation.resource());
              var intent =
                  new Intent(
                      name,
                      Objects.requireNonNull(operation.token()),
                      operation.since(),
                      operation.id());
              return new History.Entry(e.id(), e.applied(), intent);
            });
  }

  private static <T> List<T> listOf(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  @Override
  public synchronized History history() {
    return new History(entries);
  }

  synchronized Report report() {
    return report;
  }

  @Override
  public void intend(Collection<Intent> intents) {
    synchronized (this) {
      // The id of one that is gone is given up with the decision to make it again.
      for (var intent : intents)
        edit(intent.name(), e -> new History.Entry(null, Map.of(), intent));
    }
    flush();
  }

  @Override
  public synchronized void created(LogicalName name, String id, Map<String, String> set) {
    // The intent ends when the resource is seen: until then AWS may not show what it has made.
    edit(name, e -> new History.Entry(id, set, e.intent()));
    phases.put(name, PENDING);
  }

  @Override
  public synchronized void set(LogicalName name, Map<String, String> prints) {
    if (prints.isEmpty()) return;
    edit(
        name,
        e -> {
          var applied = new TreeMap<>(e.applied());
          applied.putAll(prints);
          return new History.Entry(e.id(), applied, e.intent());
        });
  }

  @Override
  public void adopting(Map<LogicalName, String> ids) {
    synchronized (this) {
      ids.forEach((name, id) -> edit(name, e -> new History.Entry(id, e.applied(), e.intent())));
    }
    flush();
  }

  @Override
  public synchronized void refused(LogicalName name) {
    entries.remove(name);
  }

  @Override
  public void forget(Collection<LogicalName> names) {
    synchronized (this) {
      names.forEach(entries::remove);
    }
    flush();
  }

  @Override
  public void seen(
      Map<LogicalName, String> ids, Map<LogicalName, SortedMap<String, String>> applied) {
    synchronized (this) {
      ids.forEach((name, id) -> edit(name, e -> new History.Entry(id, e.applied(), null)));
      applied.forEach(
          (name, prints) -> edit(name, e -> new History.Entry(e.id(), prints, e.intent())));
    }
  }

  /** Those that were on the way to another state when they were last seen. */
  synchronized Set<LogicalName> awaited() {
    return phases.entrySet().stream()
        .filter(e -> e.getValue().equals(PENDING) || e.getValue().equals(DELETING))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether it knows all that was ever begun. An object that was restored without its status does
   * not, until everything has been looked at once.
   */
  synchronized boolean isWhole() {
    return whole;
  }

  /** All that there can be was looked at, and what is there was seen. */
  synchronized void hasBeenLookedThrough() {
    whole = true;
  }

  /** Where the resources are, noted before the first is made. */
  synchronized @Nullable LocationStatus location() {
    return location;
  }

  /** What was looked up once and then stays. */
  synchronized @Nullable ResolvedStatus resolved() {
    return resolved;
  }

  /** Takes these over without storing them yet: the first intent or report does. */
  synchronized void note(LocationStatus where, ResolvedStatus what) {
    location = where;
    resolved = what;
  }

  /** Takes over what users are to read; stores it when it differs. */
  void publish(Report newer) {
    synchronized (this) {
      report = newer;
    }
    flush();
  }

  /**
   * @param seen the phase of each resource, as users read it; of others nothing is known
   */
  void publish(Report newer, Map<LogicalName, String> seen) {
    note(newer, seen);
    flush();
  }

  /** Takes it over without storing it yet: what is about to be begun is stored with it. */
  synchronized void note(Report newer, Map<LogicalName, String> seen) {
    report = newer;
    phases.clear();
    phases.putAll(seen);
  }

  private void edit(LogicalName name, UnaryOperator<History.Entry> change) {
    var before = entries.getOrDefault(name, new History.Entry(null, Map.of(), null));
    entries.put(name, change.apply(before));
  }

  /**
   * Of several threads that come here at once, the first to write stores what all of them noted.
   */
  private void flush() {
    synchronized (writing) {
      var now = status();
      if (now.equals(stored)) return;
      store.write(now);
      stored = now;
    }
  }

  private synchronized AppEnvironmentStatus status() {
    var resources = new ArrayList<ResourceStatus>();
    var operations = new ArrayList<OperationStatus>();
    entries.forEach((name, entry) -> {
      var id = entry.id();
      if (id != null)
        resources.add(
            new ResourceStatus(
                name.value(),
                id,
                phases.getOrDefault(name, PENDING),
                entry.applied().isEmpty() ? null : new TreeMap<>(entry.applied())));
      var intent = entry.intent();
      if (intent != null)
        operations.add(
            new OperationStatus(
                name.value(), CREATE, intent.token(), intent.id(), intent.since(), null));
    });
    return report.with(resources, operations, location, resolved);
  }

  /** Ids that were seen and not noted yet, or noted otherwise. */
  static Map<LogicalName, String> unknownTo(History history, Map<LogicalName, String> seen) {
    var unknown = new HashMap<LogicalName, String>();
    seen.forEach((name, id) -> {
      var entry = history.of(name).orElse(null);
      if (entry == null || entry.intent() != null || !id.equals(entry.id())) unknown.put(name, id);
    });
    return unknown;
  }
}
