package dev.appenv.operator.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one look at the machine said.
 *
 * @param projects by name, the compose projects that the operator keeps there
 */
public record MachineState(Map<String, RunningState> projects) {
  /** A machine that nobody has looked at yet, or that is new. */
  public static final MachineState EMPTY =
      new MachineState(
          Map.of(MachineLayout.APPLICATION, RunningState.EMPTY, Edge.PROJECT, RunningState.EMPTY));

  public MachineState {
    projects = Map.copyOf(projects);
  }

  public RunningState application() {
    return of(MachineLayout.APPLICATION);
  }

  public RunningState edge() {
    return of(Edge.PROJECT);
  }

  /** Ids of containers that are up and not ours: they may be stopped, and are never removed. */
  List<String> foreign(ReleaseIdentity identity) {
    return projects.values().stream()
        .flatMap(project -> project.containers().stream())
        .filter(container -> container.isUp() && !identity.owns(container.labels()))
        .map(RunningState.Container::id)
        .sorted()
        .toList();
  }

  RunningState of(String project) {
    return Objects.requireNonNull(projects.get(project), project);
  }
}
