package dev.appenv.operator.plan;

/**
 * A DNS record that a person has to set, because its zone is not ours to change.
 *
 * @param type such as {@code A} or {@code CNAME}
 * @param name in full, without a dot at its end
 * @param purpose what it is for, as users read it
 */
public record RecordToSet(String type, String name, String value, String purpose) {}
