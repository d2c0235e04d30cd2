package dev.appenv.operator.concurrent;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Tasks that run at the same time, and are waited for together. */
public final class SideBySide {
  private final Executor threads;

  /**
   * @param threads one thread a task, or the tasks run one after the other
   */
  public SideBySide(Executor threads) {
    this.threads = threads;
  }

  /** The result for each input, in order; what the first of them threw is thrown as it was. */
  public <A, B> List<B> map(List<A> inputs, Function<A, B> task) {
    var running =
        inputs.stream()
            .map(input -> CompletableFuture.supplyAsync(() -> task.apply(input), threads))
            .toList();
    return running.stream().map(SideBySide::join).toList();
  }

  private static <T> T join(CompletableFuture<T> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      if (e.getCause() instanceof Error cause) throw cause;
      throw e;
    }
  }
}
