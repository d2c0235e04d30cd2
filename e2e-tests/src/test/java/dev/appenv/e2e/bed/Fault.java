package dev.appenv.e2e.bed;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is to go wrong with the operator's calls of AWS. */
public record Fault(Map<String, @Nullable Object> properties) {
  /**
   * Something that is to go wrong with these calls; what it is, is said next.
   *
   * @param action a regular expression for the whole name of an operation
   */
  public static Fault on(String action) {
    var properties = new TreeMap<String, @Nullable Object>();
    properties.put("action", action);
    properties.put("caller", Operator.ACCESS_KEY + ".*");
    properties.put("times", null);
    return new Fault(properties);
  }

  /** AWS answers with this error. */
  public Fault refused(String code) {
    return with("code", code);
  }

  /** The connection is closed without an answer. */
  public Fault dropped() {
    return with("drop", true);
  }

  /** AWS answers that there is nothing. */
  public Fault empty() {
    return with("empty", true);
  }

  /** The call takes effect; only its answer is replaced or lost. */
  public Fault afterItTookEffect() {
    return with("after", true);
  }

  public Fault delayed(double seconds) {
    return with("delay", seconds);
  }

  /** Without this, every call is hit. */
  public Fault times(int times) {
    return with("times", times);
  }

  private Fault with(String property, Object value) {
    var more = new TreeMap<>(properties);
    more.put(property, value);
    return new Fault(Collections.unmodifiableMap(more));
  }
}
