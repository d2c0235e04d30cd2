package dev.appenv.operator.release;

import static dev.appenv.operator.release.YamlTree.entries;
import static dev.appenv.operator.release.YamlTree.items;
import static dev.appenv.operator.release.YamlTree.scalar;

import dev.appenv.operator.release.ComposeService.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what of the machine a service of a compose file takes for itself. */
final class AttachmentReader {
  private AttachmentReader() {}

  static Attachment read(Map<String, Node> service) {
    return new Attachment(
        !YamlTree.isNull(service.get("container_name")),
        !items(service.get("ports")).isEmpty(),
        ComposeReader.resolved(service.get("network_mode")),
        networks(service.get("networks")));
  }

  private static List<String> networks(@Nullable Node node) {
    var names = new ArrayList<>(entries(node).keySet());
    items(node).forEach(item -> scalar(item).ifPresent(names::add));
    return List.copyOf(names);
  }

  /** Whether it writes to a volume or to a folder of the machine. */
  static boolean keepsFiles(Map<String, Node> service) {
    return items(service.get("volumes")).stream().anyMatch(AttachmentReader::isWritable);
  }

  private static boolean isWritable(Node volume) {
    var fields = entries(volume);
    if (fields.isEmpty())
      return scalar(volume).filter(text -> text.contains(":") && !text.endsWith(":ro")).isPresent();
    return scalar(fields.get("type"))
            .filter(t -> t.equals("volume") || t.equals("bind"))
            .isPresent()
        && scalar(fields.get("read_only")).filter("true"::equals).isEmpty();
  }
}
