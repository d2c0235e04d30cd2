package dev.appenv.operator.environment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that blocks, done outside of the passes: at most one piece for a key at a time. Passes read
 * the last result; whoever waits is woken when a result is another than the one before.
 *
 * @param <T> result; its equals decides whether somebody is woken
 */
final class Background<T> implements AutoCloseable {
  private final ExecutorService threads;
  private final InstantSource clock;
  private final Consumer<String> wake;
  private final Map<String, Task<T>> tasks = new ConcurrentHashMap<>();

  private static final class Task<T> {
    @Nullable Future<?> running;
    @Nullable T last;
    Instant ended = Instant.EPOCH;
    int discards;
  }

  /**
   * @param wake told the key whose result changed
   */
  Background(ExecutorService threads, InstantSource clock, Consumer<String> wake) {
    this.threads = threads;
    this.clock = clock;
    this.wake = wake;
  }

  Optional<T> last(String key) {
    var task = tasks.get(key);
    if (task == null) return Optional.empty();
    synchronized (task) {
      return Optional.ofNullable(task.last);
    }
  }

  boolean isRunning(String key) {
    var task = tasks.get(key);
    if (task == null) return false;
    synchronized (task) {
      return task.running != null;
    }
  }

  /** Starts the work unless it runs already or its last result is younger than {@code interval}. */
  void refresh(String key, Duration interval, Supplier<T> work) {
    var task = tasks.computeIfAbsent(key, _ -> new Task<>());
    synchronized (task) {
      if (task.running != null) return;
      if (task.last != null && task.ended.plus(interval).isAfter(clock.instant())) return;
      var discards = task.discards;
      task.running = threads.submit(() -> run(key, task, discards, work));
    }
  }

  private void run(String key, Task<T> task, int discards, Supplier<T> work) {
    T result = null;
    try {
      result = work.get();
    } finally {
      boolean changed;
      synchronized (task) {
        task.running = null;
        task.ended = clock.instant();
        // What was begun before a discard shows the world as it was before.
        if (discards != task.discards) {
          result = null;
          task.ended = Instant.EPOCH;
        }
        changed = result != null && !Objects.equals(result, task.last);
        if (result != null) task.last = result;
      }
      if (changed) wake.accept(key);
    }
  }

  /** The last result is no longer worth anything: the next refresh starts at once. */
  void expire(String key) {
    var task = tasks.get(key);
    if (task == null) return;
    synchronized (task) {
      task.ended = Instant.EPOCH;
    }
  }

  /** The last result, and that of what runs now, no longer say how things are. */
  void discard(String key) {
    var task = tasks.get(key);
    if (task == null) return;
    synchronized (task) {
      task.discards++;
      task.last = null;
      task.ended = Instant.EPOCH;
    }
  }

  /** Ends what runs for the key and forgets its result. */
  void forget(String key) {
    var task = tasks.remove(key);
    if (task == null) return;
    synchronized (task) {
      if (task.running != null) task.running.cancel(true);
    }
  }

  @Override
  public void close() {
    tasks.keySet().forEach(this::forget);
  }
}
