package dev.appenv.operator.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML 1.2 nodes with their lines, as compose does: {@code 22:22} is a string, {@code <<}
 * merges.
 */
final class YamlTree {
  private YamlTree() {}

  /** Where and why a text is not YAML. */
  static final class NotYaml extends Exception {
    private static final long serialVersionUID = 1L;

    NotYaml(String message) {
      super(message);
    }
  }

  static Optional<Node> read(String text) throws NotYaml {
    try {
      return new Compose(LoadSettings.builder().setLabel("compose file").build())
          .composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
      throw new NotYaml("line " + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new NotYaml(String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
    }
  }

  static int line(Node node) {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  static boolean isNull(@Nullable Node node) {
    return node == null || (node instanceof ScalarNode && node.getTag().equals(Tag.NULL));
  }

  /** The text of a scalar; empty for all else, null among them. */
  static Optional<String> scalar(@Nullable Node node) {
    return node instanceof ScalarNode scalar && !isNull(node)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  /** The entries of a mapping with its merge keys followed; what a mapping says itself wins. */
  static Map<String, Node> entries(@Nullable Node node) {
    var entries = new LinkedHashMap<String, Node>();
    collect(node, entries, Collections.newSetFromMap(new IdentityHashMap<>()));
    return entries;
  }

  private static void collect(@Nullable Node node, Map<String, Node> into, Set<Node> seen) {
    if (!(node instanceof MappingNode mapping) || !seen.add(mapping)) {
      return;
    }
    var merged = new ArrayList<Node>();
    for (var tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (key.getValue().equals("<<") && key.isPlain()) {
          merged.add(tuple.getValueNode());
        } else {
          into.putIfAbsent(key.getValue(), tuple.getValueNode());
        }
      }
    }
    for (Node from : merged) {
      if (from instanceof SequenceNode several) {
        several.getValue().forEach(one -> collect(one, into, seen));
      } else {
        collect(from, into, seen);
      }
    }
  }

  /** Visits each scalar value once, however often it is aliased. Keys are not values. */
  static void forEachScalar(Node root, Consumer<ScalarNode> visit) {
    walk(root, visit, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void walk(Node node, Consumer<ScalarNode> visit, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case ScalarNode scalar -> visit.accept(scalar);
      case SequenceNode sequence -> sequence.getValue().forEach(n -> walk(n, visit, seen));
      case MappingNode mapping ->
          mapping.getValue().forEach(tuple -> walk(tuple.getValueNode(), visit, seen));
      default -> {}
    }
  }
}
