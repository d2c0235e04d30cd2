package dev.appenv.operator.aws.call;

import dev.appenv.operator.aws.memory.World;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/** AWS's limits on calls, as the operator keeps to them, by a clock of the test's. */
public final class DocumentedLimits implements World.Room {
  private static final String REGION = "eu-central-1";

  private final double share;
  private final CallGate gate;

  public DocumentedLimits(double share, InstantSource clock) {
    this.share = share;
    this.gate = new CallGate(share, new SimpleMeterRegistry(), meter(clock));
  }

  private static TimeMeter meter(InstantSource clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return clock.instant().toEpochMilli() * 1_000_000;
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }

  @Override
  public boolean isFor(Budget budget, int calls, boolean canWait) {
    return canWait ? gate.spare(REGION, budget, calls) : gate.admit(REGION, budget, calls);
  }

  /** How long so many calls take, one after the other, beginning with a full bucket. */
  public Duration timeOf(Budget budget, long calls) {
    var waiting = Math.max(0, calls - budget.size(share));
    return Duration.ofMillis(waiting * 1000 / budget.perSecond(share));
  }
}
