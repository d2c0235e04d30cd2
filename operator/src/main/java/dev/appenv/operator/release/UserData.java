package dev.appenv.operator.release;

import java.util.SortedMap;

/** What the machine does at its first boot. */
public final class UserData {
  private UserData() {}

  /**
   * A cloud-config for Ubuntu 24.04; the same input gives the same bytes.
   *
   * @param registryAuthorities PEM certificates of registries that no public authority signs, by
   *     {@code host[:port]}
   */
  public static String render(MachineKeys keys, SortedMap<String, String> registryAuthorities) {
    throw new UnsupportedOperationException();
  }
}
