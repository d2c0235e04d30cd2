package dev.appenv.operator.release.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** SSH connections, one per machine, kept between passes. */
public final class SshConnections implements Connections, AutoCloseable {
  private static final AttributeRepository.AttributeKey<HostKeyCheck> CHECK =
      new AttributeRepository.AttributeKey<>();

  private final SshTimeouts timeouts;
  private final SshClient client;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  public SshConnections(SshTimeouts timeouts) {
    this.timeouts = timeouts;
    this.client = client(timeouts);
    client.start();
  }

  private static SshClient client(SshTimeouts timeouts) {
    SshClient client = SshClient.setUpDefaultClient();
    // Nothing of the operator's own home directory may have a say.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    // The pinned key is ed25519: a machine that also has others must show this one.
    client.setSignatureFactories(List.of(BuiltinSignatures.ed25519));
    client.setServerKeyVerifier((session, address, key) -> {
      var context = session.getConnectionContext();
      HostKeyCheck check = context == null ? null : context.getAttribute(CHECK);
      return check != null && check.accept(key);
    });
    CoreModuleProperties.IDLE_TIMEOUT.set(client, timeouts.idle());
    CoreModuleProperties.AUTH_TIMEOUT.set(client, timeouts.login());
    client.setSessionHeartbeat(HeartbeatType.IGNORE, timeouts.heartbeat());
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 2);
    return client;
  }

  private record HostKeyCheck(PublicKey expected, AtomicBoolean refused) {
    boolean accept(PublicKey key) {
      boolean same = KeyUtils.compareKeys(expected, key);
      refused.set(!same);
      return same;
    }
  }

  /** One machine's connection; the lock keeps two passes from opening two. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SshTarget target;
    private @Nullable ClientSession session;

    void close() {
      if (session != null) {
        session.close(true);
        session = null;
      }
    }
  }

  /**
   * The open connection to the machine, or a new one where there is none or the target is no longer
   * the same.
   */
  @Override
  public Connection connect(SshTarget target) {
    Slot slot = slots.computeIfAbsent(target.machine(), name -> new Slot());
    try {
      slot.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      return interrupted(target);
    }
    try {
      ClientSession open = slot.session;
      if (open != null && open.isOpen() && target.equals(slot.target)) {
        return new Connection.Connected(new SshShell(open, target));
      }
      slot.close();
      slot.target = target;
      return open(target, slot);
    } finally {
      slot.lock.unlock();
    }
  }

  private Connection open(SshTarget target, Slot slot) {
    KeyPair identity;
    HostKeyCheck check;
    try {
      identity =
          SecurityUtils.loadKeyPairIdentities(
                  null,
                  () -> "client key",
                  new ByteArrayInputStream(target.privateKey().getBytes(StandardCharsets.UTF_8)),
                  null)
              .iterator()
              .next();
      check =
          new HostKeyCheck(
              PublicKeyEntry.parsePublicKeyEntry(target.hostKey())
                  .resolvePublicKey(null, null, null),
              new AtomicBoolean());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The cause may quote the key.
      return new Connection.AuthenticationFailed(
          "The keys kept for the machine " + target.machine() + " cannot be read.");
    }
    ClientSession session;
    try {
      session =
          client
              .connect(
                  target.user(),
                  target.host(),
                  target.port(),
                  AttributeRepository.ofKeyValuePair(CHECK, check))
              .verify(timeouts.connect())
              .getSession();
    } catch (IOException | UnresolvedAddressException e) {
      return notConnected(target, e);
    }
    boolean kept = false;
    try {
      session.addPublicKeyIdentity(identity);
      session.auth().verify(timeouts.login());
      slot.session = session;
      kept = true;
      return new Connection.Connected(new SshShell(session, target));
    } catch (IOException e) {
      return notLoggedIn(target, check, e);
    } finally {
      if (!kept) {
        session.close(true);
      }
    }
  }

  private Connection notConnected(SshTarget target, Exception problem) {
    if (isInterrupt(problem)) {
      return interrupted(target);
    }
    if (has(problem, TimeoutException.class) || has(problem, SocketTimeoutException.class)) {
      return new Connection.TimedOut(
          "%s did not accept a connection within %s: is port %d open to the operator?"
              .formatted(target, seconds(timeouts.connect()), target.port()));
    }
    String why =
        has(problem, ConnectException.class)
            ? "nothing listens there"
            : has(problem, NoRouteToHostException.class)
                ? "there is no route to it"
                : has(problem, UnknownHostException.class)
                        || has(problem, UnresolvedAddressException.class)
                    ? "its name does not resolve"
                    : "the connection was refused";
    return new Connection.Refused("%s cannot be reached: %s.".formatted(target, why));
  }

  private Connection notLoggedIn(SshTarget target, HostKeyCheck check, IOException problem) {
    if (check.refused().get()) {
      return new Connection.HostKeyChanged(
          "%s shows another host key than the one it was made with; nothing was sent to it. Replace the machine if nobody changed the key on purpose."
              .formatted(target));
    }
    if (isInterrupt(problem)) {
      return interrupted(target);
    }
    if (has(problem, TimeoutException.class)
        || String.valueOf(problem.getMessage()).contains("timeout")) {
      return new Connection.TimedOut(
          "%s accepts connections but its SSH server did not answer within %s: the machine hangs or is starved of memory."
              .formatted(target, seconds(timeouts.login())));
    }
    if (problem instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new Connection.AuthenticationFailed(
          "%s refuses the operator's key: it was removed from the machine or belongs to another."
              .formatted(target));
    }
    return new Connection.Refused(
        "%s closed the connection before the login was done.".formatted(target));
  }

  private static Connection interrupted(SshTarget target) {
    Thread.currentThread().interrupt();
    return new Connection.TimedOut("Connecting to %s was interrupted.".formatted(target));
  }

  static boolean isInterrupt(Exception problem) {
    return has(problem, InterruptedIOException.class)
        && !has(problem, SocketTimeoutException.class);
  }

  static boolean has(Throwable problem, Class<? extends Throwable> kind) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  @Override
  public void forget(String machine) {
    Slot slot = slots.remove(machine);
    if (slot != null) {
      slot.lock.lock();
      try {
        slot.close();
      } finally {
        slot.lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
