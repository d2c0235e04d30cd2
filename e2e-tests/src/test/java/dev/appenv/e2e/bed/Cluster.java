package dev.appenv.e2e.bed;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The API server, as only a test sees it. */
public final class Cluster {
  private static final Pattern REQUESTS = Pattern.compile("apiserver_request_total\\{(.*)} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Set<String> READS = Set.of("GET", "LIST", "WATCH", "CONNECT");

  private final KubernetesClient client;

  Cluster(KubernetesClient client) {
    this.client = client;
  }

  /** The cluster's id, which marks all that it owns in AWS. */
  public String id() {
    return client.namespaces().withName("kube-system").require().getMetadata().getUid();
  }

  /**
   * How many writes there were until now of our resources, Secrets and Events, by verb and
   * resource.
   */
  public Map<String, Long> writes() {
    var writes = new TreeMap<String, Long>();
    var requests = REQUESTS.matcher(Objects.requireNonNull(client.raw("/metrics")));
    while (requests.find()) {
      var labels = new TreeMap<String, String>();
      var label = LABEL.matcher(requests.group(1));
      while (label.find()) labels.put(label.group(1), label.group(2));
      var resource = labels.getOrDefault("resource", "");
      var ours =
          "appenv.dev".equals(labels.get("group"))
              || resource.equals("secrets")
              || resource.equals("events");
      if (ours && !READS.contains(labels.getOrDefault("verb", "")))
        writes.merge(
            "%s %s/%s"
                .formatted(labels.get("verb"), resource, labels.getOrDefault("subresource", "")),
            (long) Double.parseDouble(requests.group(2)),
            Long::sum);
    }
    return writes;
  }
}
