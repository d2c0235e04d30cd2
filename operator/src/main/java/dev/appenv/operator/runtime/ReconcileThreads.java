package dev.appenv.operator.runtime;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread for each task, of which so many run at once. {@code execute} neither blocks nor
 * refuses: the framework calls it under a lock and from a timer, and either would stop all events
 * for ever.
 */
final class ReconcileThreads extends AbstractExecutorService {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("reconcile-", 0).factory());
  private final Semaphore permits;

  ReconcileThreads(int atOnce) {
    this.permits = new Semaphore(atOnce, true);
  }

  @Override
  public void execute(Runnable task) {
    if (threads.isShutdown()) return;
    threads.execute(() -> {
      permits.acquireUninterruptibly();
      try {
        task.run();
      } finally {
        permits.release();
      }
    });
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(timeout, unit);
  }
}
