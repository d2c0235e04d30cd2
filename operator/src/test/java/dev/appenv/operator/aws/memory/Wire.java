package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What lies between the operator and AWS: every call passes here, is counted, and may fail. */
public final class Wire {
  private volatile CallHook hook = CallHook.NONE;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> changes = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private int reads;

  public void hook(CallHook hook) {
    this.hook = hook;
  }

  <T> T read(String operation, T empty, Supplier<T> call) {
    var index = count(operation, false);
    var before = hook.on(new CallSite(index, operation, false, CallSite.When.BEFORE));
    if (before == CallHook.Answer.EMPTY) return empty;
    var answer = call.get();
    hook.on(new CallSite(index, operation, false, CallSite.When.AFTER));
    return answer;
  }

  <T> T change(String operation, Supplier<T> call) {
    var index = count(operation, true);
    hook.on(new CallSite(index, operation, true, CallSite.When.BEFORE));
    var after = new CallSite(index, operation, true, CallSite.When.AFTER);
    T answer;
    try {
      answer = call.get();
    } catch (AwsServiceException refusal) {
      refused(operation + ": " + refusal.getMessage());
      hook.on(after);
      throw refusal;
    }
    hook.on(after);
    return answer;
  }

  private synchronized void refused(String what) {
    refusals.add(what);
  }

  private synchronized int count(String operation, boolean mutating) {
    counts.merge(operation, 1, Integer::sum);
    if (!mutating) return reads++;
    changes.add(operation);
    return changes.size() - 1;
  }

  /** Calls by operation. */
  public synchronized Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  public synchronized int calls(String operation) {
    return counts.getOrDefault(operation, 0);
  }

  /** The operations of all mutating calls, in order. */
  public synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  /** The mutating calls that AWS itself refused. */
  public synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  public synchronized void forgetCounts() {
    refusals.clear();
    counts.clear();
    changes.clear();
    reads = 0;
  }
}
