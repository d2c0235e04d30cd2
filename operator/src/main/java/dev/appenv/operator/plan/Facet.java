package dev.appenv.operator.plan;

import java.util.List;

/**
 * What is known about one resource. What could not be read is a value of its own, never an absence.
 */
public sealed interface Facet {
  record Observed(Live live) implements Facet {}

  /** AWS said so twice, by two different questions, or nothing was ever begun. */
  record Absent() implements Facet {}

  /** A former environment of the same name gave it up, and this one wants it. */
  record Retained(Live live) implements Facet {}

  /**
   * Somebody else's is where this environment's would be.
   *
   * @param why what is there and what to do
   */
  record Foreign(String why) implements Facet {}

  /**
   * It could not be found out whether it is there.
   *
   * @param why what could not be read and what to do, without request ids
   */
  record Unknown(String why) implements Facet {}

  /** More than one resource bears our marks; which is ours is never guessed. */
  record Duplicates(List<String> ids) implements Facet {
    public Duplicates {
      ids = ids.stream().sorted().toList();
    }
  }
}
