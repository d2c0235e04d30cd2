package dev.appenv.operator.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator's own compose file, merged over the user's. */
public final class OverrideFile {
  private OverrideFile() {}

  /**
   * @param networks that exist on the machine. Compose would make a network or volume anew when a
   *     label changes, so these keep the labels they were created with
   */
  public static String render(
      ComposeModel compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      List<RunningState.Shared> networks,
      List<RunningState.Shared> volumes) {
    throw new UnsupportedOperationException();
  }
}
