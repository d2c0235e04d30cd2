package dev.appenv.operator.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appenv.operator.release.RunningState.Boot;
import dev.appenv.operator.release.RunningState.CloudInit;
import dev.appenv.operator.release.RunningState.Container;
import dev.appenv.operator.release.RunningState.Docker;
import dev.appenv.operator.release.RunningState.Health;
import dev.appenv.operator.release.RunningState.ReleaseFile;
import dev.appenv.operator.release.RunningState.Shared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what {@code observe.sh} printed into a state. */
final class ObservationReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObservationReader() {}

  static MachineState read(String document) throws JsonProcessingException {
    JsonNode root = JSON.readTree(document);
    List<String> problem = strings(root.path("problem"));
    Map<String, List<String>> digests = new HashMap<>();
    for (JsonNode image : root.path("images")) {
      digests.put(image.path("id").asText(), strings(image.path("digests")));
    }
    var boot = cloudInit(root.path("cloudInit"));
    var docker = new Docker(problem.isEmpty(), String.join(" ", problem));
    var all = containers(root.path("containers"), digests);
    var states = new HashMap<String, RunningState>();
    root.path("projects")
        .properties()
        .forEach(project ->
            states.put(
                project.getKey(),
                project(boot, docker, project.getValue(), of(project.getKey(), all))));
    return new MachineState(states);
  }

  private static RunningState project(
      CloudInit boot, Docker docker, JsonNode project, List<Container> containers) {
    List<String> current = strings(project.path("current"));
    return new RunningState(
        boot,
        docker,
        current.isEmpty() ? null : current.getFirst(),
        strings(project.path("releases")),
        files(hashes(project.path("files")), hashes(project.path("applied"))),
        configs(project.path("appliedConfig")),
        configs(project.path("wantedConfig")),
        containers,
        shared(project.path("networks"), "com.docker.compose.network"),
        shared(project.path("volumes"), "com.docker.compose.volume"));
  }

  private static List<Container> of(String project, List<Container> all) {
    return all.stream()
        .filter(container ->
            Edge.PROJECT.equals(container.labels().get(Container.PROJECT))
                == project.equals(Edge.PROJECT))
        .toList();
  }

  /** The file that cloud-init writes when it is done; it is not there before. */
  private static CloudInit cloudInit(JsonNode result) {
    if (!result.isObject()) {
      return new CloudInit(Boot.RUNNING, "");
    }
    List<String> errors = strings(result.path("v1").path("errors"));
    return errors.isEmpty()
        ? new CloudInit(Boot.DONE, "")
        : new CloudInit(Boot.ERROR, String.join("; ", errors));
  }

  private static Map<String, ReleaseFile> files(
      Map<String, String> live, Map<String, String> applied) {
    var names = new TreeMap<String, ReleaseFile>();
    live.forEach((name, hash) -> names.put(name, new ReleaseFile(hash, applied.get(name))));
    applied.forEach((name, hash) -> names.putIfAbsent(name, new ReleaseFile(null, hash)));
    return Map.copyOf(names);
  }

  /** Lines of sha256sum: hash, then name. */
  private static Map<String, String> hashes(JsonNode lines) {
    var hashes = new HashMap<String, String>();
    for (String line : strings(lines)) {
      String[] parts = line.split("\\s+\\*?", 2);
      if (parts.length == 2) {
        hashes.put(parts[1], parts[0]);
      }
    }
    return hashes;
  }

  /** Lines of {@code docker compose config --hash}: service, then hash. */
  private static Map<String, String> configs(JsonNode lines) {
    var configs = new HashMap<String, String>();
    for (String line : strings(lines)) {
      String[] parts = line.split("\\s+", 2);
      if (parts.length == 2) {
        configs.put(parts[0], parts[1]);
      }
    }
    return Map.copyOf(configs);
  }

  private static List<Container> containers(JsonNode nodes, Map<String, List<String>> digests) {
    var containers = new ArrayList<Container>();
    for (JsonNode node : nodes) {
      Map<String, String> labels = labels(node.path("labels"));
      String image = node.path("image").asText();
      String name = node.path("name").asText();
      containers.add(
          new Container(
              node.path("id").asText(),
              name.startsWith("/") ? name.substring(1) : name,
              labels.getOrDefault("com.docker.compose.service", ""),
              image,
              digest(image, digests.getOrDefault(node.path("imageId").asText(), List.of())),
              node.path("state").asText(),
              health(node.path("health").asText("")),
              node.path("exitCode").asInt(),
              labels));
    }
    containers.sort(Comparator.comparing(Container::name));
    return List.copyOf(containers);
  }

  /**
   * An image can have a digest in each of several registries: the one of its own name is meant. It
   * can also have several in one: that by which the container was made counts.
   */
  private static @Nullable String digest(String image, List<String> repositoryDigests) {
    if (image.contains("@")) return image.substring(image.indexOf('@') + 1);
    String repository = ImageName.repository(image);
    return repositoryDigests.stream()
        .filter(digest -> ImageName.repository(digest).equals(repository))
        .map(digest -> digest.substring(digest.indexOf('@') + 1))
        .findFirst()
        .orElse(null);
  }

  private static Health health(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "starting" -> Health.STARTING;
      case "healthy" -> Health.HEALTHY;
      case "unhealthy" -> Health.UNHEALTHY;
      default -> Health.NONE;
    };
  }

  private static List<Shared> shared(JsonNode nodes, String keyLabel) {
    var shared = new ArrayList<Shared>();
    for (JsonNode node : nodes) {
      Map<String, String> labels = labels(node.path("labels"));
      shared.add(new Shared(node.path("name").asText(), labels.getOrDefault(keyLabel, ""), labels));
    }
    shared.sort(Comparator.comparing(Shared::name));
    return List.copyOf(shared);
  }

  private static Map<String, String> labels(JsonNode node) {
    var labels = new HashMap<String, String>();
    node.properties().forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(labels);
  }

  private static List<String> strings(JsonNode array) {
    var strings = new ArrayList<String>();
    array.forEach(node -> strings.add(node.asText()));
    return List.copyOf(strings);
  }
}
