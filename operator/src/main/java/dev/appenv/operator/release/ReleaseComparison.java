package dev.appenv.operator.release;

import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.release.RunningState.Container;
import dev.appenv.operator.release.RunningState.ReleaseFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the machine differs from the release it should run.
 *
 * @param drift what was changed by hand, all of it; nothing that merely has not been rolled out yet
 * @param newRelease the machine's current release is another, or none, or was rendered otherwise
 */
public record ReleaseComparison(List<Drift> drift, boolean newRelease) {
  public static ReleaseComparison compare(DesiredRelease desired, RunningState live) {
    return new Comparing(desired, live).run();
  }

  public boolean rolloutNeeded() {
    return newRelease || !drift.isEmpty();
  }

  private static final class Comparing {
    private final DesiredRelease desired;
    private final RunningState live;
    private final String name;
    private final boolean newRelease;

    /**
     * What runs can be held against this compose file, even where the operator's own file is to
     * change.
     */
    private final boolean comparable;

    private final List<Drift> drift = new ArrayList<>();
    private boolean filesEdited;

    Comparing(DesiredRelease desired, RunningState live) {
      this.desired = desired;
      this.live = live;
      this.name =
          desired.project().equals(MachineLayout.APPLICATION) ? "release" : desired.project();
      this.comparable = sameCompose(desired, live);
      this.newRelease = !(comparable && sameFiles(desired, live));
    }

    ReleaseComparison run() {
      if (!live.docker().usable()) {
        // What runs cannot be seen, and what is not seen is not gone.
        if (live.currentRelease() != null
            && live.cloudInit().status() != RunningState.Boot.RUNNING) {
          add(name, "docker", "running", "not answering");
        }
        return new ReleaseComparison(List.copyOf(drift), newRelease);
      }
      if (comparable) {
        live.files().forEach(this::file);
        desired.compose().services().values().stream()
            .filter(ComposeService::active)
            .forEach(this::service);
      }
      live.containers().forEach(this::added);
      return new ReleaseComparison(List.copyOf(drift), newRelease);
    }

    private void add(String resource, String field, String wanted, String found) {
      drift.add(new Drift(resource, field, wanted, found, DriftClass.RELEASE));
    }

    private void file(String fileName, ReleaseFile file) {
      if (!Objects.equals(file.live(), file.applied())) {
        filesEdited = true;
        add(name, "files[" + fileName + "]", shown(file.applied()), shown(file.live()));
      }
    }

    private static String shown(@Nullable String hash) {
      return hash == null
          ? Drift.ABSENT
          : "sha256:" + hash.substring(0, Math.min(12, hash.length()));
    }

    private void service(ComposeService service) {
      String resource = name + "." + service.name();
      List<Container> containers = desired.containersOf(service, live);
      if (containers.size() < service.replicas()) {
        boolean one = service.replicas() == 1;
        add(
            resource,
            "container",
            one ? Drift.PRESENT : service.replicas() + " " + Drift.PRESENT,
            containers.isEmpty() ? Drift.ABSENT : containers.size() + " " + Drift.PRESENT);
      }
      containers.forEach(container -> container(resource, service, container));
    }

    private void container(String resource, ComposeService service, Container container) {
      boolean ended = service.runsToCompletion() && container.endedWell();
      if (!container.running() && !ended) {
        String state = container.state();
        add(
            resource,
            "state",
            "running",
            state.equals("exited") ? "exited (" + container.exitCode() + ")" : state);
      }
      image(resource, service, container);
      if (!madeFromTheRelease(service.name(), container)) {
        add(resource, "config", "as in the compose file", "changed by hand");
      }
    }

    private void image(String resource, ComposeService service, Container container) {
      String digest = desired.digests().get(service.name());
      boolean otherDigest =
          digest != null && container.digest() != null && !digest.equals(container.digest());
      if (otherDigest || !sameName(container.image(), service.image()))
        add(resource, "image", desired.reference(service), container.reference());
    }

    /** A container that was made by digest has it in the name of its image. */
    private static boolean sameName(String image, String wanted) {
      return image.equals(wanted)
          || (!wanted.contains("@") && ImageName.withoutDigest(image).equals(wanted));
    }

    /**
     * The hash that the rollout saw is right even after an update of compose, which changes how it
     * hashes; what compose computes now is right too, as long as its files are ours.
     */
    private boolean madeFromTheRelease(String service, Container container) {
      String hash = container.labels().get(Container.CONFIG_HASH);
      String applied = live.appliedConfig().get(service);
      String wanted = live.wantedConfig().get(service);
      return (applied == null && wanted == null)
          || Objects.equals(hash, applied)
          || (!filesEdited && Objects.equals(hash, wanted));
    }

    private void added(Container container) {
      if (!desired.identity().owns(container.labels())) {
        if (container.isUp()) addedContainer(container);
        return;
      }
      boolean known =
          desired.compose().services().containsKey(container.service())
              && desired.isOfThis(container)
              && !container.oneOff();
      if (!known && comparable) {
        addedContainer(container);
      }
    }

    private void addedContainer(Container container) {
      add(name, "containers[" + container.name() + "]", Drift.ABSENT, container.state());
    }
  }

  private static boolean sameCompose(DesiredRelease desired, RunningState live) {
    return desired.id().equals(live.currentRelease())
        && applied(desired, live, DesiredRelease.COMPOSE_FILE);
  }

  private static boolean sameFiles(DesiredRelease desired, RunningState live) {
    var applied =
        live.files().entrySet().stream()
            .filter(file -> file.getValue().applied() != null)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return desired.files().keySet().equals(applied)
        && desired.files().keySet().stream().allMatch(name -> applied(desired, live, name));
  }

  /** The machine was last made to run exactly this file, whatever became of it since. */
  private static boolean applied(DesiredRelease desired, RunningState live, String name) {
    ReleaseFile file = live.files().get(name);
    return file != null
        && desired.versions(name).anyMatch(text -> Hashes.sha256(text).equals(file.applied()));
  }
}
