package dev.appenv.operator.environment;

import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.LogicalName;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/**
 * What outlives the process. What is about to be begun is stored when the method returns; what was
 * done, with the next that is stored: should it be lost, what was begun tells where to look for it.
 * Each may be called by many threads.
 */
public interface Journal {
  History history();

  /** Before any of these creates is called: stored. */
  void intend(Collection<Intent> intents);

  /**
   * As soon as AWS has given the id.
   *
   * @param set the fingerprints of what it was made with and cannot be read back
   */
  void created(LogicalName name, String id, Map<String, String> set);

  /** The fingerprints of what cannot be read back and was set just now. */
  void set(LogicalName name, Map<String, String> prints);

  /**
   * Before any of these is marked as ours: its id, stored, for lists may not show the mark for a
   * while.
   */
  void adopting(Map<LogicalName, String> ids);

  /** The create certainly did not happen. */
  void refused(LogicalName name);

  /** Known not to be there any more, or not ours any more: stored. */
  void forget(Collection<LogicalName> names);

  /**
   * What was seen: ids that were not known yet, and the fingerprints of the wishes that hold.
   * Stores only what is new.
   */
  void seen(Map<LogicalName, String> ids, Map<LogicalName, SortedMap<String, String>> applied);
}
