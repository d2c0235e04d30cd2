package dev.appenv.operator.environment;

/**
 * Somebody else has written an environment's status: another operator, or a person. What this
 * process holds of it is worth nothing any more, as after a crash.
 */
final class OtherWriterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OtherWriterException(String path) {
    super(
        "the status of %s was written by somebody else; it is read anew. If this comes again and again, a second operator runs for this cluster: stop one"
            .formatted(path));
  }
}
