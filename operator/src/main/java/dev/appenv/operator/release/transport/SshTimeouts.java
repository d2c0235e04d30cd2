package dev.appenv.operator.release.transport;

import java.time.Duration;

/**
 * How long is waited for a machine.
 *
 * @param connect until TCP is accepted
 * @param login until the SSH server has shown its banner and its key and has let us in; a hung
 *     machine accepts TCP and then says nothing
 * @param idle a connection unused for so long is closed
 * @param heartbeat a connection is asked for a sign of life so often, and given up after two
 *     without
 */
public record SshTimeouts(Duration connect, Duration login, Duration idle, Duration heartbeat) {
  public static final SshTimeouts STANDARD =
      new SshTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          Duration.ofSeconds(15));
}
