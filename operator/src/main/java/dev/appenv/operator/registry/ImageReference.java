package dev.appenv.operator.registry;

import dev.appenv.operator.release.ImageName;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image's name in its parts, as registries are asked for it.
 *
 * @param registry as users write it, {@code docker.io} where they write none
 */
record ImageReference(String registry, String path, String tag, Optional<String> digest) {
  private static final Pattern REGISTRY = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?");
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127([.][0-9]{1,3}){3})(:[0-9]+)?");

  /** Where the images of {@code docker.io} really are. */
  private static final String HUB_HOST = "registry-1.docker.io";

  /** Nothing when no image can have this name. */
  static Optional<ImageReference> of(String image) {
    var registry = ImageName.registry(image);
    var path = ImageName.repository(image).substring(registry.length() + 1);
    var tag = ImageName.tag(image);
    var at = image.indexOf('@');
    var digest = at < 0 ? Optional.<String>empty() : Optional.of(image.substring(at + 1));
    var good =
        REGISTRY.matcher(registry).matches()
            && PATH.matcher(path).matches()
            && TAG.matcher(tag).matches()
            && digest.stream().allMatch(Digests::isValid);
    return good ? Optional.of(new ImageReference(registry, path, tag, digest)) : Optional.empty();
  }

  URI manifest() {
    var host = registry.equals(ImageName.HUB) ? HUB_HOST : registry;
    return URI.create(
        "%s://%s/v2/%s/manifests/%s".formatted(isLocal(host) ? "http" : "https", host, path, tag));
  }

  /** Whether it is this computer, to which nobody else listens. */
  static boolean isLocal(String host) {
    return LOCAL.matcher(host).matches();
  }

  @Override
  public String toString() {
    return registry + "/" + path + ":" + tag;
  }
}
