package dev.appenv.e2e.bed;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Secrets, by what they are, to be looked for where they must not be. */
public final class Canaries {
  /** What is shorter is found by chance. */
  private static final int SHORTEST = 8;

  private final Map<String, String> secrets = new TreeMap<>();

  /** Of a key of several lines, one line that no other key has is as good as the whole. */
  public Canaries add(String what, String secret) {
    var longest =
        secret.lines().max((a, b) -> Integer.compare(a.length(), b.length())).orElse("").strip();
    var line = secret.lines().filter(l -> l.length() == longest.length()).reduce((_, last) -> last);
    if (longest.length() < SHORTEST) throw new IllegalArgumentException(what + " is too short");
    secrets.put(what, line.orElseThrow());
    return this;
  }

  public Map<String, String> all() {
    return Map.copyOf(secrets);
  }

  /** Those that are in a text: as they are, as in a URL, or in base64 with anything around them. */
  public List<String> in(String text) {
    return secrets.entrySet().stream()
        .filter(secret -> forms(secret.getValue()).anyMatch(text::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Stream<String> forms(String secret) {
    var forms = new ArrayList<String>();
    forms.add(secret);
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    for (var before = 0; before < 3; before++) forms.add(base64(secret, before));
    return forms.stream();
  }

  /** Without the characters that depend on the bytes before and after it. */
  private static String base64(String secret, int before) {
    var bytes = ("\0".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    var begin = before == 0 ? 0 : before + 1;
    var end = bytes.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
    return encoded.substring(begin, end);
  }
}
