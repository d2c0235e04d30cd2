package dev.appenv.operator.plan;

import java.util.Set;

/**
 * What a person is asked before.
 *
 * @param manual whether also before something is deleted or replaced, and not only before lost data
 *     are given up
 * @param approved the {@linkplain #hash hashes} of the steps that were approved
 */
public record Approval(boolean manual, Set<String> approved) {
  public static final Approval AUTOMATIC = new Approval(false, Set.of());

  public Approval {
    approved = Set.copyOf(approved);
  }

  /** Names exactly this step: another id, or another reason, is another step. */
  static String hash(Step step) {
    return FieldTable.shortHash(step.toString());
  }

  /** What only adds or changes in place needs no approval. */
  boolean isNeededFor(Step step) {
    return switch (step) {
      case Step.Create create -> create.losesData();
      case Step.Delete _ -> manual;
      case Step.Adopt _, Step.Update _ -> false;
    };
  }

  boolean admits(Step step) {
    return !isNeededFor(step) || approved.contains(hash(step));
  }
}
