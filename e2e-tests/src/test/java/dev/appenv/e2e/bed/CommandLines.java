package dev.appenv.e2e.bed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The command lines of a process and all that it starts, as anybody beside it can read them. */
public final class CommandLines implements AutoCloseable {
  private static final int OFTEN_MS = 20;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param root of the process of the moment, which may end and be started again
   */
  CommandLines(Supplier<Stream<ProcessHandle>> root) {
    var _ =
        sampler.scheduleWithFixedDelay(
            () -> root.get().flatMap(CommandLines::withAllItStarted).forEach(this::note),
            0,
            OFTEN_MS,
            TimeUnit.MILLISECONDS);
  }

  private static Stream<ProcessHandle> withAllItStarted(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private void note(ProcessHandle process) {
    try {
      var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      seen.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' '));
    } catch (IOException e) {
      // It has ended meanwhile.
    }
  }

  public Set<String> seen() {
    return Set.copyOf(seen);
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }
}
