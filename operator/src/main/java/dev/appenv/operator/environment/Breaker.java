package dev.appenv.operator.environment;

import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds an update or a delete that AWS accepted again and again: something undoes it, and a war of
 * two controllers helps nobody.
 */
final class Breaker {
  private static final int LIMIT = 5;
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, Deque<Instant>> made = new HashMap<>();

  /** The updates and deletes among the steps that must wait, until the window has passed. */
  List<Step> open(List<Step> steps, Instant now) {
    var held = new ArrayList<Step>();
    for (var step : steps) {
      if (step instanceof Step.Create) continue;
      var times = made.get(step.toString());
      if (times == null) continue;
      while (!times.isEmpty() && times.peekFirst().plus(WINDOW).isBefore(now)) times.removeFirst();
      if (times.size() >= LIMIT) held.add(step);
    }
    made.values().removeIf(Deque::isEmpty);
    return held;
  }

  void count(List<Executor.Attempt> attempts, Instant now) {
    for (var attempt : attempts)
      if (!(attempt.step() instanceof Step.Create) && attempt.outcome() instanceof Outcome.Done)
        made.computeIfAbsent(attempt.step().toString(), _ -> new ArrayDeque<>()).add(now);
  }
}
