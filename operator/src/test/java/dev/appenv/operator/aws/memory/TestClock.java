package dev.appenv.operator.aws.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. */
public final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
