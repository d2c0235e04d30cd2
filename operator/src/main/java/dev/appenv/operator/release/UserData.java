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
    var out = new StringBuilder("#cloud-config\n");
    out.append("disable_root: true\n");
    out.append("ssh_pwauth: false\n");
    out.append("ssh_deletekeys: true\n");
    out.append("ssh_keys:\n");
    block(out, "  ed25519_private: |", "    ", keys.host().privateKey());
    out.append("  ed25519_public: ").append(keys.host().publicKey()).append('\n');
    out.append("ssh_authorized_keys:\n");
    out.append("  - ").append(keys.client().publicKey()).append('\n');
    out.append("write_files:\n");
    out.append("  - path: /usr/local/sbin/appenv-bootstrap\n");
    out.append("    permissions: \"0755\"\n");
    block(out, "    content: |", "      ", Scripts.BOOTSTRAP);
    registryAuthorities.forEach((registry, certificate) -> {
      out.append("  - path: \"/etc/docker/certs.d/").append(host(registry)).append("/ca.crt\"\n");
      block(out, "    content: |", "      ", certificate);
    });
    out.append("runcmd:\n");
    out.append("  - [/usr/local/sbin/appenv-bootstrap]\n");
    return out.toString();
  }

  private static String host(String registry) {
    if (!registry.matches("[A-Za-z0-9.-]+(:\\d{1,5})?")) {
      throw new IllegalArgumentException("not a registry host: " + registry);
    }
    return registry;
  }

  private static void block(StringBuilder out, String head, String indent, String text) {
    out.append(head).append('\n');
    text.lines()
        .forEach(line -> out.append(line.isEmpty() ? "" : indent).append(line).append('\n'));
  }
}
