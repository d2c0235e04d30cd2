package dev.appenv.operator.release.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** A shell over one SSH connection. */
final class SshShell implements RemoteShell {
  private static final int MAX_OUTPUT = 8 << 20;
  private static final Duration OPEN = Duration.ofSeconds(10);

  private final ClientSession session;
  private final SshTarget target;

  SshShell(ClientSession session, SshTarget target) {
    this.session = session;
    this.target = target;
  }

  @Override
  public ShellResult run(String command, byte[] stdin, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    var stdout = new BoundedOutput(MAX_OUTPUT);
    var stderr = new BoundedOutput(MAX_OUTPUT);
    ChannelExec channel = null;
    boolean over = false;
    try {
      channel = session.createExecChannel("sudo -n sh -c " + RemoteShell.quote(command));
      channel.setIn(new ByteArrayInputStream(stdin));
      channel.setOut(stdout);
      channel.setErr(stderr);
      var closed = new CompletableFuture<@Nullable Void>();
      channel.open().verify(OPEN.compareTo(timeout) < 0 ? OPEN : timeout);
      channel.addCloseFutureListener(future -> closed.complete(null));
      // Not the channel's own waitFor: it swallows interrupts.
      closed.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      over = true;
      Integer status = channel.getExitStatus();
      if (status == null) {
        // A signal, or the connection: either way nobody said how it ended.
        return lost();
      }
      return new ShellResult.Exited(
          status, stdout.toString(StandardCharsets.UTF_8), stderr.toString(StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      return timedOut(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ShellResult.Interrupted();
    } catch (IOException e) {
      session.close(true);
      if (SshConnections.isInterrupt(e)) {
        Thread.currentThread().interrupt();
        return new ShellResult.Interrupted();
      }
      return SshConnections.has(e, TimeoutException.class) ? timedOut(timeout) : lost();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it with an exception", e);
    } catch (IllegalStateException e) {
      // sshd's word for a session that has been closed since.
      return lost();
    } finally {
      if (channel != null) {
        channel.close(!over);
      }
    }
  }

  private ShellResult timedOut(Duration timeout) {
    return new ShellResult.TimedOut(
        "A command on %s did not end within %s."
            .formatted(target, SshConnections.seconds(timeout)));
  }

  private ShellResult lost() {
    return new ShellResult.Lost(
        "The connection to %s was lost while a command ran there.".formatted(target));
  }
}
