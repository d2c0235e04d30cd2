package dev.appenv.operator.release;

/** Parts of an image's name, completed as docker completes them. */
final class ImageName {
  private static final String HUB = "docker.io";

  private ImageName() {}

  /** Registry and path without tag and digest, for example {@code docker.io/library/nginx}. */
  static String repository(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf('/')) {
      name = name.substring(0, colon);
    }
    String registry = registry(image);
    String path = name.startsWith(registry + "/") ? name.substring(registry.length() + 1) : name;
    return registry + "/" + (registry.equals(HUB) && !path.contains("/") ? "library/" : "") + path;
  }

  static String registry(String image) {
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
