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
