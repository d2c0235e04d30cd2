package dev.appenv.operator.release;

import dev.appenv.operator.release.transport.RemoteShell;
import dev.appenv.operator.release.transport.ShellResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the operator's scripts on the machine. They come with each call, so none lies there to be
 * edited.
 */
final class RemoteScripts {
  /** The remote end gives up a little before this one, so that its answer still gets through. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final RemoteShell shell;
  private final MachineLayout layout;

  RemoteScripts(RemoteShell shell, MachineLayout layout) {
    this.shell = shell;
    this.layout = layout;
  }

  MachineLayout layout() {
    return layout;
  }

  ShellResult observe(Duration timeout) {
    return run(
        Scripts.OBSERVE,
        List.of(
            layout.cloudInit(),
            layout.routes(),
            project(MachineLayout.APPLICATION),
            project(Edge.PROJECT)),
        timeout);
  }

  private String project(String name) {
    return name + "=" + layout.directory(name);
  }

  /** One step of a rollout of a compose project. */
  ShellResult rollout(String project, String step, List<String> arguments, Duration timeout) {
    var all = new ArrayList<>(List.of(step, layout.directory(project), project, layout.routes()));
    all.addAll(arguments);
    return run(Scripts.ROLLOUT, all, timeout);
  }

  ShellResult put(String path, byte[] content, Duration timeout) {
    return shell.put(path, content, "0600", timeout);
  }

  ShellResult login(String project, RegistryCredentials.Login login, Duration timeout) {
    return shell.run(
        "docker --config %s login %s --username %s --password-stdin"
            .formatted(
                RemoteShell.quote(layout.directory(project) + "/login"),
                RemoteShell.quote(login.registry()),
                RemoteShell.quote(login.username())),
        login.password(),
        timeout);
  }

  private ShellResult run(String script, List<String> arguments, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      return new ShellResult.TimedOut("The time for the whole was over before this step began.");
    }
    String words = arguments.stream().map(RemoteShell::quote).collect(Collectors.joining(" "));
    // The whole script is read before any of it runs, so that no command in it can swallow the
    // rest.
    return shell.run(
        "timeout -k 5 %d sh -c 'eval \"$(cat)\"' appenv %s"
            .formatted(Math.max(1, timeout.minus(MARGIN).toSeconds()), words),
        script,
        timeout);
  }
}
