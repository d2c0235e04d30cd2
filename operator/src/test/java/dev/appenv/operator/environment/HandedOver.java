package dev.appenv.operator.environment;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Work for the background goes where the test says, and to no thread. */
final class HandedOver extends AbstractExecutorService {
  private final Consumer<Runnable> taker;

  HandedOver(Consumer<Runnable> taker) {
    this.taker = taker;
  }

  @Override
  public void execute(Runnable command) {
    taker.accept(command);
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
