package dev.appenv.operator.environment;

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
 * Holds an update that was made again and again: something else undoes it, and a war of two
 * controllers helps nobody.
 */
final class Breaker {
  private static final int LIMIT = 5;
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, Deque<Instant>> made = new HashMap<>();

  /** The updates among the steps that must wait, until the window has passed. */
  List<Step> open(List<Step> steps, Instant now) {
    var held = new ArrayList<Step>();
    for (var step : steps) {
      if (!(step instanceof Step.Update)) continue;
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
      if (attempt.step() instanceof Step.Update update)
        made.computeIfAbsent(update.toString(), _ -> new ArrayDeque<>()).add(now);
  }
}
