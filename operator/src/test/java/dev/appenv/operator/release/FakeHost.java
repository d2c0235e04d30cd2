package dev.appenv.operator.release;

import dev.appenv.operator.release.transport.LocalSshServer;
import dev.appenv.operator.release.transport.RemoteShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A folder that is a machine to the operator's scripts: they really run, with a docker that keeps
 * its state in files.
 */
public final class FakeHost {
  final Path root;
  final Path docker;
  final Path bin;
  final LocalShell shell;
  final MachineLayout layout;

  public FakeHost(Path folder) throws IOException {
    root = folder.resolve("appenv");
    docker = Files.createDirectories(folder.resolve("docker"));
    bin = Files.createDirectories(folder.resolve("bin"));
    Path cloud = Files.createDirectories(folder.resolve("cloud-init"));
    try (InputStream in = FakeHost.class.getResourceAsStream("fake-docker.sh")) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      LocalSshServer.executable(
          bin.resolve("docker"), script.replaceFirst("\n", "\nS='" + docker + "'\n"));
    }
    // Nothing of the machine that runs the tests may be started.
    LocalSshServer.executable(bin.resolve("systemctl"), "#!/bin/sh\nexit 1\n");
    Files.writeString(cloud.resolve("result.json"), "{\"v1\": {\"errors\": []}}");
    shell = new LocalShell(bin);
    // What asks the edge whether it minds its file.
    LocalSshServer.executable(
        bin.resolve("curl"),
        "#!/bin/sh\nfor last; do :; done\ngrep -qxF \"# release: ${last##*/}\" '%s/routes.yml'\n"
            .formatted(root.resolve(Edge.PROJECT).resolve("routes")));
    // Nothing here takes time.
    LocalSshServer.executable(bin.resolve("sleep"), "#!/bin/sh\nexec /bin/sleep 0.01\n");
    layout = new MachineLayout(root.toString(), cloud.toString());
  }

  /** The way in of a machine where everything is in its usual place. */
  public RemoteShell standard() {
    return (command, stdin, timeout) ->
        shell.run(
            command
                .replace(MachineLayout.STANDARD.root(), layout.root())
                .replace(MachineLayout.STANDARD.cloudInit(), layout.cloudInit()),
            stdin,
            timeout);
  }

  /** As somebody would with {@code docker rm -f}. */
  public void remove(String service) throws IOException {
    try (var all = Files.list(docker.resolve("containers"))) {
      for (var file :
          all.filter(f -> f.getFileName().toString().startsWith("id-" + service)).toList())
        Files.delete(file);
    }
  }

  /** The application. */
  RunningState observe() {
    return machine().application();
  }

  MachineState machine() {
    return switch (new Machine(shell, layout).observe(Duration.ofSeconds(60))) {
      case MachineReading.Observed(MachineState state) -> state;
      case MachineReading.Unknown(String message) -> throw new AssertionError(message);
    };
  }

  void set(String name, String content) throws IOException {
    Files.writeString(docker.resolve(name), content);
  }

  void unset(String name) throws IOException {
    Files.delete(docker.resolve(name));
  }

  String get(String name) throws IOException {
    return Files.readString(docker.resolve(name));
  }

  public List<String> calls() throws IOException {
    try {
      return Files.readAllLines(docker.resolve("calls"));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  void container(String id, String json) throws IOException {
    Files.createDirectories(docker.resolve("containers"));
    Files.writeString(docker.resolve("containers").resolve(id), json + "\n");
  }

  /** As somebody would with {@code docker run}. */
  void foreign(String id, String name, String state) throws IOException {
    container(
        id,
        """
        {"id":"%s","name":"/%s","image":"redis:7","imageId":"img-r","state":"%s","exitCode":0,"health":null,"labels":{}}\
        """
            .formatted(id, name, state));
  }

  void edit(String id, String from, String to) throws IOException {
    Path file = docker.resolve("containers").resolve(id);
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new AssertionError(text);
    }
    Files.writeString(file, text.replace(from, to));
  }
}
