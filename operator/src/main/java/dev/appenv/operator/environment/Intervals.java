package dev.appenv.operator.environment;

import java.time.Duration;

/**
 * How long things wait, each with its reason.
 *
 * @param made until the next look after something was made or changed, for which other things may
 *     wait
 * @param moving until the next look while something is under way: what AWS does takes seconds to
 *     minutes
 * @param crowded until the next try when the limits on calls leave no room: a few calls a second
 *     are shared by all
 * @param still until the next look when nothing is: shared lists make it cheap, and drift is to be
 *     seen within seconds
 * @param blocked until the next try when AWS, Git or the machine refused: they recover on their own
 *     or by a person's hand
 */
public record Intervals(
    Duration made, Duration moving, Duration crowded, Duration still, Duration blocked) {
  public static final Intervals STANDARD =
      new Intervals(
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));
}
