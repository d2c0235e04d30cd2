package dev.appenv.operator.release;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose a container, network or volume is. Only what bears all three labels is ever removed;
 * volumes never.
 */
public record ReleaseIdentity(String clusterId, String environmentUid, String commit) {
  public static final String CLUSTER = "appenv.dev/cluster";
  public static final String ENVIRONMENT_UID = "appenv.dev/environment-uid";
  public static final String RELEASE = "appenv.dev/release";

  public SortedMap<String, String> labels() {
    return new TreeMap<>(
        Map.of(CLUSTER, clusterId, ENVIRONMENT_UID, environmentUid, RELEASE, commit));
  }

  /** Bears all three labels, for this environment, whatever the release. */
  public boolean owns(Map<String, String> labels) {
    return clusterId.equals(labels.get(CLUSTER))
        && environmentUid.equals(labels.get(ENVIRONMENT_UID))
        && labels.containsKey(RELEASE);
  }
}
