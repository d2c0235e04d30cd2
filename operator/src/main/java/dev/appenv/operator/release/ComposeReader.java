package dev.appenv.operator.release;

import static dev.appenv.operator.release.YamlTree.entries;
import static dev.appenv.operator.release.YamlTree.items;
import static dev.appenv.operator.release.YamlTree.line;
import static dev.appenv.operator.release.YamlTree.scalar;

import dev.appenv.operator.release.ComposeModel.Shared;
import dev.appenv.operator.release.ComposeService.HostPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one compose file into the model, collecting all that is wrong with it. */
final class ComposeReader {
  private static final List<String> INTERPOLATED =
      List.of("services", "networks", "volumes", "configs", "secrets");
  private static final int SSH = 22;
  private static final List<Integer> PUBLIC = List.of(80, 443);

  private final String yaml;
  private final @Nullable Ingress ingress;
  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param variables the names of those that will have a value on the machine
   */
  ComposeReader(String yaml, @Nullable Ingress ingress, Set<String> variables) {
    this.yaml = yaml;
    this.ingress = ingress;
    this.variables = new TreeMap<>(Interpolation.BUILT_IN);
    // What they will be is not known here, and need not be.
    for (var name : variables) this.variables.put(name, name);
  }

  ComposeFile read() {
    Node root;
    try {
      root = YamlTree.read(yaml).orElse(null);
    } catch (YamlTree.NotYaml e) {
      return invalid("it is not YAML: " + e.getMessage());
    }
    if (!(root instanceof MappingNode)) {
      return invalid("it holds no services: add a section `services:` with at least one");
    }
    var top = entries(root);
    Node services = top.get("services");
    if (entries(services).isEmpty()) {
      return invalid("it holds no services: add a section `services:` with at least one");
    }
    variables(top);
    repositoryFiles(top);
    var model =
        new ComposeModel(
            services(entries(services)),
            shared(top.get("networks"), Set.of("default")),
            shared(top.get("volumes"), Set.of()));
    ingress(model);
    return problems.isEmpty()
        ? new ComposeFile.Valid(yaml, model)
        : invalid(String.join("; ", problems));
  }

  private static ComposeFile invalid(String problem) {
    return new ComposeFile.Invalid("The compose file cannot be used: " + problem + ".");
  }

  private void problem(Node at, String field, String text) {
    problems.add("line " + line(at) + ", " + field + ": " + text);
  }

  private void variables(Map<String, Node> top) {
    for (String section : INTERPOLATED) {
      Node node = top.get(section);
      if (node == null) {
        continue;
      }
      YamlTree.forEachScalar(
          node,
          value -> {
            var result = Interpolation.resolve(value.getValue(), variables);
            if (result.malformed()) {
              problem(value, section, "a `$` begins no variable: write `$$` for the sign itself");
            }
            for (String name : new LinkedHashSet<>(result.unknown())) {
              problem(
                  value,
                  section,
                  "the variable "
                      + name
                      + " has no value on the machine"
                      + ": give it a default with `${"
                      + name
                      + ":-...}`"
                      + variablesGiven());
            }
          });
    }
  }

  private String variablesGiven() {
    var given = new TreeSet<>(variables.keySet());
    given.removeAll(Interpolation.BUILT_IN.keySet());
    return given.isEmpty()
        ? ""
        : ", or name one that the environment gives: " + String.join(", ", given);
  }

  /**
   * Only the compose file itself gets to the machine; what it takes from beside it would be missing
   * or empty.
   */
  private void repositoryFiles(Map<String, Node> top) {
    Node include = top.get("include");
    if (!YamlTree.isNull(include) && include != null) {
      notThere(include, "include", "another compose file");
    }
    for (String section : List.of("configs", "secrets")) {
      entries(top.get(section))
          .forEach((name, node) -> {
            Node file = entries(node).get("file");
            if (file != null && scalar(file).filter(ComposeReader::isRelative).isPresent()) {
              notThere(file, section + "." + name, scalar(file).orElse(""));
            }
          });
    }
  }

  private void notThere(Node at, String field, String what) {
    problem(
        at,
        field,
        "it needs `%s` of the repository, but only the compose file itself is copied to the machine: build it into the image or"
                .formatted(what)
            + " write it inline");
  }

  private static boolean isRelative(String path) {
    return !path.startsWith("/");
  }

  private SortedMap<String, ComposeService> services(Map<String, Node> nodes) {
    Set<String> completing = new HashSet<>();
    nodes.values().forEach(node -> completing(node, completing));
    var services = new TreeMap<String, ComposeService>();
    nodes.forEach(
        (name, node) -> services.put(name, service(name, node, completing.contains(name))));
    return services;
  }

  private static void completing(Node service, Set<String> into) {
    entries(entries(service).get("depends_on"))
        .forEach((name, how) -> {
          if (scalar(entries(how).get("condition"))
              .filter("service_completed_successfully"::equals)
              .isPresent()) {
            into.add(name);
          }
        });
  }

  private ComposeService service(String name, Node node, boolean runsToCompletion) {
    var fields = entries(node);
    String field = "services." + name;
    String image = resolved(fields.get("image")).orElse("");
    boolean build = !YamlTree.isNull(fields.get("build"));
    if (image.isBlank()) {
      problem(
          node,
          field,
          build
              ? "it has `build:` but no `image:`, and the operator builds nothing: name the image that your pipeline pushes"
              : "it has no `image:`");
    }
    if (!image.equals(interpolated(fields.get("image")).orElse("")))
      problem(
          node,
          field + ".image",
          "it depends on a variable that the environment gives: write the name itself, for it is looked up in its registry before the release");
    Node file = entries(fields.get("extends")).get("file");
    if (file != null) {
      notThere(file, field + ".extends", scalar(file).orElse(""));
    }
    envFiles(field, fields.get("env_file"));
    binds(field, fields.get("volumes"));
    Node dependsOn = fields.get("depends_on");
    var dependencies = new ArrayList<>(entries(dependsOn).keySet());
    items(dependsOn).forEach(item -> scalar(item).ifPresent(dependencies::add));
    var deploy = entries(fields.get("deploy"));
    Optional<String> restart =
        deploy.containsKey("restart_policy")
            ? Optional.of("deploy.restart_policy")
            : resolved(fields.get("restart"));
    return new ComposeService(
        name,
        image,
        build,
        healthcheck(fields.get("healthcheck")),
        restart,
        replicas(fields.get("scale"), deploy.get("replicas")),
        items(fields.get("profiles")).isEmpty(),
        runsToCompletion,
        List.copyOf(dependencies),
        hostPorts(name, fields.get("ports")),
        AttachmentReader.read(fields),
        AttachmentReader.keepsFiles(fields));
  }

  /** With the names of the variables that the environment gives for their values. */
  private Optional<String> interpolated(@Nullable Node node) {
    return scalar(node).map(text -> Interpolation.resolve(text, variables).text());
  }

  static Optional<String> resolved(@Nullable Node node) {
    return scalar(node).map(text -> Interpolation.resolve(text, Interpolation.BUILT_IN).text());
  }

  private void envFiles(String field, @Nullable Node node) {
    if (node == null || YamlTree.isNull(node)) {
      return;
    }
    List<Node> files = scalar(node).isPresent() ? List.of(node) : items(node);
    for (Node file : files) {
      boolean optional = scalar(entries(file).get("required")).filter("false"::equals).isPresent();
      if (!optional) {
        Node path = entries(file).getOrDefault("path", file);
        String name = scalar(path).orElse("");
        if (!isGiven(name)) {
          notThere(path, field + ".env_file", name);
        }
      }
    }
  }

  /** The operator's own file with the variables, beside the compose file. */
  private boolean isGiven(String envFile) {
    boolean some = variables.size() > Interpolation.BUILT_IN.size();
    return some && List.of(EnvFile.NAME, "./" + EnvFile.NAME).contains(envFile);
  }

  private void binds(String field, @Nullable Node volumes) {
    for (Node volume : items(volumes)) {
      var fields = entries(volume);
      boolean bind = scalar(fields.get("type")).filter("bind"::equals).isPresent();
      String source =
          bind
              ? resolved(fields.get("source")).orElse("")
              : resolved(volume)
                  .filter(text -> text.contains(":"))
                  .map(text -> text.substring(0, text.indexOf(':')))
                  .orElse("");
      if (source.startsWith(".") || source.startsWith("~") || (bind && isRelative(source))) {
        notThere(volume, field + ".volumes", source);
      }
    }
  }

  private static boolean healthcheck(@Nullable Node node) {
    var fields = entries(node);
    boolean disabled = scalar(fields.get("disable")).filter("true"::equals).isPresent();
    Node test = fields.get("test");
    boolean none =
        items(test).stream()
            .findFirst()
            .flatMap(YamlTree::scalar)
            .filter("NONE"::equals)
            .isPresent();
    return !disabled && !none && test != null;
  }

  private static int replicas(@Nullable Node scale, @Nullable Node replicas) {
    return resolved(scale)
        .or(() -> resolved(replicas))
        .filter(text -> text.matches("\\d{1,4}"))
        .map(Integer::parseInt)
        .orElse(1);
  }

  private List<HostPort> hostPorts(String service, @Nullable Node ports) {
    var found = new ArrayList<HostPort>();
    for (Node port : items(ports)) {
      PublishedPort.read(port)
          .ifPresent(published -> {
            found.add(published);
            conflict(port, service, published);
          });
    }
    return List.copyOf(found);
  }

  private void conflict(Node at, String service, HostPort port) {
    // What is reached through the edge publishes nothing by itself.
    if (ingress != null && ingress.services().contains(service)) {
      return;
    }
    String field = "services." + service + ".ports";
    if (port.covers(SSH)) {
      problem(at, field, "port 22 of the machine is taken by its SSH server: publish another");
    }
    for (int taken : PUBLIC) {
      if (ingress != null && port.covers(taken)) {
        problem(
            at,
            field,
            "port %d of the machine is the edge's: remove it here, and let spec.ingress lead to the service"
                .formatted(taken));
      }
    }
  }

  private SortedMap<String, Shared> shared(@Nullable Node section, Set<String> implied) {
    var shared = new TreeMap<String, Shared>();
    implied.forEach(key -> shared.put(key, new Shared(key, false)));
    entries(section)
        .forEach((key, node) -> {
          Node external = entries(node).get("external");
          boolean isExternal =
              external != null && !scalar(external).filter("false"::equals).isPresent();
          shared.put(key, new Shared(key, isExternal));
        });
    return shared;
  }

  private void ingress(ComposeModel model) {
    if (ingress == null) {
      return;
    }
    for (String name : new TreeSet<>(ingress.services())) {
      ComposeService service = model.services().get(name);
      if (service == null) {
        problems.add(
            "the ingress service `%s` is not in it: name one of %s"
                .formatted(name, String.join(", ", model.services().keySet())));
      } else if (!service.active()) {
        problems.add(
            "the ingress service `%s` starts only with a profile: remove its `profiles:`"
                .formatted(name));
      } else if (service.attachment().networkMode().isPresent()) {
        problems.add(
            "the ingress service `%s` has `network_mode: %s`, and the edge reaches services by a network: remove it"
                .formatted(name, service.attachment().networkMode().get()));
      }
    }
  }
}
