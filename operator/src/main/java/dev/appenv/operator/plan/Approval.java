package dev.appenv.operator.plan;

import java.util.Set;

/** Whether a person is asked before something is deleted or replaced. */
public sealed interface Approval {
  record Automatic() implements Approval {}

  /**
   * A person is asked.
   *
   * @param approved the {@linkplain #hash hashes} of the steps that were approved
   */
  record Manual(Set<String> approved) implements Approval {
    public Manual {
      approved = Set.copyOf(approved);
    }
  }

  /** Names exactly this step: another id, or another reason, is another step. */
  static String hash(Step.Delete step) {
    return FieldTable.shortHash(step.toString());
  }

  /** Whether it may be done. What only adds or changes in place needs no approval. */
  default boolean admits(Step step) {
    return switch (this) {
      case Automatic() -> true;
      case Manual(var approved) ->
          !(step instanceof Step.Delete delete) || approved.contains(hash(delete));
    };
  }
}
