package dev.appenv.operator.plan;

/**
 * To whom a resource belongs.
 *
 * @param clusterId the UID of the cluster's {@code kube-system} namespace
 * @param uid the environment object's UID
 */
public record Owner(String clusterId, String uid, String namespace, String name) {
  /** {@code namespace/name}. */
  public String path() {
    return namespace + "/" + name;
  }
}
