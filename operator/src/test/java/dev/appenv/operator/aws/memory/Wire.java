package dev.appenv.operator.aws.memory;

import dev.appenv.operator.aws.call.Denials;
import dev.appenv.operator.aws.call.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What lies between the operator and AWS: every call passes here, is counted, and may fail. */
public final class Wire {
  /** Of calls that are not made for one environment. */
  public static final Session NOBODY = new Session("shared");

  /** Of all services. */
  private static final class Log {
    private volatile CallHook hook = CallHook.NONE;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final Set<String> changingSessions = new TreeSet<>();
    private final Set<String> readingSessions = new TreeSet<>();
    private int reads;
  }

  private final String service;
  private final Log log;

  public Wire() {
    this("", new Log());
  }

  private Wire(String service, Log log) {
    this.service = service;
    this.log = log;
  }

  /** The same wire, for the calls of one service. */
  Wire of(Class<? extends AwsClient> client) {
    var name = client.getPackageName();
    return new Wire(name.substring(name.lastIndexOf('.') + 1), log);
  }

  public void hook(CallHook hook) {
    log.hook = hook;
  }

  <T> T read(String operation, T empty, Supplier<T> call) {
    var index = count(operation, false);
    var before = ask(index, operation, false, CallSite.When.BEFORE);
    if (before == CallHook.Answer.EMPTY) return empty;
    var answer = call.get();
    ask(index, operation, false, CallSite.When.AFTER);
    return answer;
  }

  <T> T change(String operation, Supplier<T> call) {
    var index = count(operation, true);
    ask(index, operation, true, CallSite.When.BEFORE);
    T answer;
    try {
      answer = call.get();
    } catch (AwsServiceException refusal) {
      refused(operation + ": " + refusal.getMessage());
      ask(index, operation, true, CallSite.When.AFTER);
      throw refusal;
    }
    ask(index, operation, true, CallSite.When.AFTER);
    return answer;
  }

  /** What is thrown is seen as by a client of the SDK. */
  private CallHook.Answer ask(int index, String operation, boolean mutating, CallSite.When when) {
    try {
      return log.hook.on(new CallSite(index, service, operation, mutating, when));
    } catch (AwsServiceException e) {
      throw Denials.named(e, service, operation);
    }
  }

  private void refused(String what) {
    synchronized (log) {
      log.refusals.add(what);
    }
  }

  private int count(String operation, boolean mutating) {
    synchronized (log) {
      log.counts.merge(operation, 1, Integer::sum);
      (mutating ? log.changingSessions : log.readingSessions).add(Session.current(NOBODY).name());
      if (!mutating) return log.reads++;
      log.changes.add(operation);
      return log.changes.size() - 1;
    }
  }

  /** Calls by operation. */
  public Map<String, Integer> counts() {
    synchronized (log) {
      return Map.copyOf(log.counts);
    }
  }

  public int calls(String operation) {
    synchronized (log) {
      return log.counts.getOrDefault(operation, 0);
    }
  }

  /** The operations of all mutating calls, in order. */
  public List<String> changes() {
    synchronized (log) {
      return List.copyOf(log.changes);
    }
  }

  /** The sessions in which something was changed. */
  public Set<String> changingSessions() {
    synchronized (log) {
      return Set.copyOf(log.changingSessions);
    }
  }

  /** The sessions in which something was read. */
  public Set<String> readingSessions() {
    synchronized (log) {
      return Set.copyOf(log.readingSessions);
    }
  }

  /** The mutating calls that AWS itself refused. */
  public List<String> refusals() {
    synchronized (log) {
      return List.copyOf(log.refusals);
    }
  }

  public void forgetCounts() {
    synchronized (log) {
      log.refusals.clear();
      log.counts.clear();
      log.changingSessions.clear();
      log.readingSessions.clear();
      log.changes.clear();
      log.reads = 0;
    }
  }
}
