package dev.appenv.operator.plan;

/**
 * Desired and live disagree in one field, or in one element of a field that is a set.
 *
 * @param field the field's name in its table
 * @param element which element of a set; empty for a plain field
 */
public record Difference(
    String field,
    String element,
    String desired,
    String live,
    FieldKind kind,
    DriftClass driftClass) {

  /** The field as users read it: {@code type}, or {@code ingress[tcp/22 from 0.0.0.0/0]}. */
  public String path() {
    return element.isEmpty() ? field : field + "[" + element + "]";
  }
}
