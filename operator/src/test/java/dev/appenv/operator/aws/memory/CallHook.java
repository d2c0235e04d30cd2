package dev.appenv.operator.aws.memory;

/**
 * Asked at every call site. It may throw: an error of AWS, which is then the call's answer, or
 * {@link OperatorStopped}. Thrown after the call, the effect stays and only the answer is lost.
 */
@FunctionalInterface
public interface CallHook {
  CallHook NONE = site -> Answer.AS_IT_IS;

  Answer on(CallSite site);

  enum Answer {
    AS_IT_IS,
    /** A read is answered with an empty last page. For other calls the same as {@code AS_IT_IS}. */
    EMPTY
  }
}
