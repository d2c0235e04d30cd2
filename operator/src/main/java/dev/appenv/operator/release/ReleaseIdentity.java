package dev.appenv.operator.release;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whose a container, network or volume is. Only what bears both labels is ever removed; volumes
 * never.
 *
 * @param formerUid of the environment from which this one took the machine over: what it left there
 *     is this one's too
 */
public record ReleaseIdentity(
    String clusterId, String environmentUid, Optional<String> formerUid, String commit) {
  public static final String CLUSTER = "appenv.dev/cluster";
  public static final String ENVIRONMENT_UID = "appenv.dev/environment-uid";

  /** The release that a container was made for, where it is not kept for the next. */
  public static final String RELEASE = "appenv.dev/release";

  public ReleaseIdentity(String clusterId, String environmentUid, String commit) {
    this(clusterId, environmentUid, Optional.empty(), commit);
  }

  /** The UIDs in labels of what is ours. */
  List<String> uids() {
    return Stream.concat(Stream.of(environmentUid), formerUid.stream()).toList();
  }

  public SortedMap<String, String> labels() {
    return new TreeMap<>(Map.of(CLUSTER, clusterId, ENVIRONMENT_UID, environmentUid));
  }

  /** Bears both labels, for this environment, whatever the release. */
  public boolean owns(Map<String, String> labels) {
    return clusterId.equals(labels.get(CLUSTER))
        && uids().contains(labels.getOrDefault(ENVIRONMENT_UID, ""));
  }
}
