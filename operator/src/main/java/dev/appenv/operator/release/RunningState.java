package dev.appenv.operator.release;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the machine said of one compose project.
 *
 * @param currentRelease the id of the release that {@code current} points to; null before the first
 * @param releases those with a directory, newest first
 * @param files of the current release, by name
 * @param appliedConfig per service, the compose configuration hash its containers had when the
 *     current release was put in place
 * @param wantedConfig per service, the same hash as compose computes it now from the files on the
 *     machine
 * @param containers of the project; the application's are all that are of no other
 */
public record RunningState(
    CloudInit cloudInit,
    Docker docker,
    @Nullable String currentRelease,
    List<String> releases,
    Map<String, ReleaseFile> files,
    Map<String, String> appliedConfig,
    Map<String, String> wantedConfig,
    List<Container> containers,
    List<Shared> networks,
    List<Shared> volumes) {

  /** A machine that nobody has looked at yet, or that is new. */
  public static final RunningState EMPTY =
      new RunningState(
          new CloudInit(Boot.RUNNING, ""),
          new Docker(false, ""),
          null,
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of());

  public enum Boot {
    RUNNING,
    DONE,
    ERROR
  }

  /**
   * How far the first boot has come.
   *
   * @param message what failed, when it did
   */
  public record CloudInit(Boot status, String message) {}

  public record Docker(boolean usable, String message) {}

  /**
   * SHA-256 of a file, in hex.
   *
   * @param live of the file now; null when it is gone
   * @param applied of the file as the operator put it there; null when the operator did not
   */
  public record ReleaseFile(@Nullable String live, @Nullable String applied) {}

  /** A network or volume of the compose project; {@code key} is its name in the compose file. */
  public record Shared(String name, String key, Map<String, String> labels) {}

  public enum Health {
    NONE,
    STARTING,
    HEALTHY,
    UNHEALTHY
  }

  /**
   * A container, whoever made it.
   *
   * @param service empty when compose did not make it
   * @param image as it was asked for, {@code name:tag}
   * @param digest of the image in its registry ({@code sha256:...}); null when it has none
   * @param state docker's word: created, running, paused, restarting, removing, exited, dead
   */
  public record Container(
      String id,
      String name,
      String service,
      String image,
      @Nullable String digest,
      String state,
      Health health,
      int exitCode,
      Map<String, String> labels) {
    static final String CONFIG_HASH = "com.docker.compose.config-hash";
    static final String ONE_OFF = "com.docker.compose.oneoff";
    static final String PROJECT = "com.docker.compose.project";

    public boolean running() {
      return state.equals("running") || state.equals("restarting");
    }

    /** Runs, or would if it were not paused. */
    boolean isUp() {
      return running() || state.equals("paused");
    }

    boolean endedWell() {
      return state.equals("exited") && exitCode == 0;
    }

    boolean oneOff() {
      return "True".equalsIgnoreCase(labels.get(ONE_OFF));
    }

    /** {@code name:tag@sha256:...}, as far as known. */
    public String reference() {
      return digest == null || image.contains("@") ? image : image + "@" + digest;
    }
  }

  /** The containers that compose keeps for a service, of whatever release. */
  List<Container> containersOf(String service) {
    return containers.stream().filter(c -> c.service().equals(service) && !c.oneOff()).toList();
  }

  /** Boot is over and docker answers: a release can be rolled out. */
  public boolean ready() {
    return cloudInit.status() != Boot.RUNNING && docker.usable();
  }
}
