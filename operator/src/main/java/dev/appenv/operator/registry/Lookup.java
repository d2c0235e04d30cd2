package dev.appenv.operator.registry;

/** What came of asking for an image's digest. Messages name the image and hold no secret. */
public sealed interface Lookup {

  /**
   * The registry has the image.
   *
   * @param digest {@code sha256:...}
   */
  record Found(String digest) implements Lookup {}

  /** The registry answered, and has no such image. */
  record Missing(String message) implements Lookup {}

  /** It does not tell us, for we are not allowed to know. */
  record Denied(String message) implements Lookup {}

  /** It gave no answer, or none of use: whether it has the image is not known. */
  record Unreachable(String message) implements Lookup {}

  /** It was not asked, for nothing can have this name. */
  record Invalid(String message) implements Lookup {}
}
