package dev.appenv.operator.release;

/** Parts of an image's name, completed as docker completes them. */
public final class ImageName {
  /** The registry of images that name none. */
  public static final String HUB = "docker.io";

  private static final String LATEST = "latest";

  private ImageName() {}

  /** Registry and path without tag and digest, for example {@code docker.io/library/nginx}. */
  public static String repository(String image) {
    String name = withoutDigest(image);
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf('/')) {
      name = name.substring(0, colon);
    }
    String registry = registry(image);
    String path = name.startsWith(registry + "/") ? name.substring(registry.length() + 1) : name;
    return registry + "/" + (registry.equals(HUB) && !path.contains("/") ? "library/" : "") + path;
  }

  public static String tag(String image) {
    String name = withoutDigest(image);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : LATEST;
  }

  static String withoutDigest(String image) {
    int at = image.indexOf('@');
    return at < 0 ? image : image.substring(0, at);
  }

  public static String registry(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    return isHost ? first : HUB;
  }

  /** The host of a key in a docker configuration, which may be a URL. */
  static String registryOfLogin(String key) {
    String host = key.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? HUB : host;
  }
}
