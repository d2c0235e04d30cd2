package dev.appenv.e2e.bed;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The machine of an environment, by its console: works whatever its network does. */
public final class Machine {
  private static final Duration COMMAND = Duration.ofSeconds(90);

  private final Aws aws;
  private final String id;
  private final Shell console;

  Machine(Aws aws, Settings settings, String id) {
    this.aws = aws;
    this.id = id;
    this.console =
        new Shell(
            List.of("docker", "exec", id, "bash", "-c"),
            Map.of("DOCKER_HOST", settings.get("BED_MACHINE_ENGINE")));
  }

  public String id() {
    return id;
  }

  /** As root; what it said. Must succeed. */
  public String run(String command) {
    return console.run(COMMAND, command).text().strip();
  }

  /** From now on every command line that its users could see is kept. */
  public void watchCommandLines() {
    run(
        """
        touch /run/watching && setsid python3 -c '
        import glob, os, time
        seen = set()
        while os.path.exists("/run/watching"):
            for name in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    seen.add(open(name, "rb").read().replace(b"\\0", b" "))
                except OSError:
                    pass
            time.sleep(0.02)
        open("/run/seen", "wb").write(b"\\n".join(seen))
        os.rename("/run/seen", "/run/command-lines")
        ' > /dev/null 2>&1 < /dev/null &
        """);
  }

  /** Ends that; those that were seen, in its own processes and in those of its containers. */
  public String seenCommandLines() {
    return run(
        "rm /run/watching; until [ -e /run/command-lines ]; do sleep 0.1; done; cat /run/command-lines");
  }

  /** All that it has noted since it began. */
  public String journal() {
    return run("journalctl --no-pager --output=cat; cat /var/log/cloud-init*.log");
  }

  /** The ids of a service's containers, whatever their state. */
  public String containers(String service) {
    return run("docker ps -aq --filter label=com.docker.compose.service=" + service);
  }

  /** What a script says in a container of a service. */
  public String python(String service, String script) {
    return run(
        "docker exec -i $(docker ps -q --filter label=com.docker.compose.service=%s) python3 - << 'END'\n%s\nEND"
            .formatted(service, script));
  }

  /** It hangs: nothing in it runs. */
  public void pause() {
    aws.machineFault("pause", id);
  }

  public void resume() {
    aws.machineFault("unpause", id);
  }

  /** Its network is gone. */
  public void cut() {
    aws.machineFault("cut", id);
  }
}
