package dev.appenv.operator.plan;

import java.util.Optional;

/** A live resource that may have belonged to a former environment of the same name. */
public interface Adopted {
  /** The UID of the environment that had it before. */
  Optional<String> formerUid();
}
