package dev.appenv.e2e.bed;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** People who use an application all the time, from outside. */
public final class Load implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final int ENDS_WITHIN_SECONDS = 60;

  /**
   * One request.
   *
   * @param at when it was sent, in seconds since the epoch
   * @param status of the answer; 0 when there was none
   * @param text of the answer, or why there was none
   */
  public record Answer(double at, String url, int status, String text) {
    public boolean failed() {
      return status != 200;
    }
  }

  private final Process process;
  private final Path answers;

  private Load(Process process, Path answers) {
    this.process = process;
    this.answers = answers;
  }

  /**
   * Begins it.
   *
   * @param rate requests a second
   * @param urls asked in turn
   */
  static Load begin(TestBed bed, int rate, List<String> urls) {
    try {
      var folder = Files.createTempDirectory(bed.folder(), "load");
      var script = folder.resolve("load.py");
      try (var in = Objects.requireNonNull(Load.class.getResourceAsStream("load.py"))) {
        Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      }
      var answers = folder.resolve("answers");
      var command =
          new ArrayList<>(
              List.of(
                  bed.settings().get("BED_RUN"),
                  "python3",
                  script.toString(),
                  Integer.toString(rate)));
      command.addAll(urls);
      return new Load(
          new ProcessBuilder(command)
              .redirectOutput(answers.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start(),
          answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it; all that was asked, the first first. */
  public List<Answer> end() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS))
        throw new AssertionError("the load did not end");
      var read = new ArrayList<Answer>();
      for (var line : Files.readAllLines(answers)) read.add(JSON.readValue(line, Answer.class));
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
