package dev.appenv.operator.release;

import dev.appenv.operator.release.RolloutResult.Reason;
import dev.appenv.operator.release.RolloutResult.RolloutStep;
import java.util.List;
import java.util.Locale;

/** What a failed docker command most likely means, and what to do about it. */
record Diagnosis(Reason reason, String message) {

  private record Sign(Reason reason, String advice, List<String> words) {}

  /** The first that fits counts, so the more telling come first. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              Reason.DISK_FULL,
              "The machine's disk is full: raise instance.rootVolumeGiB or remove what fills it",
              List.of("no space left on device")),
          new Sign(
              Reason.DOCKER_DOWN,
              "Docker does not run on the machine and could not be started: look at `journalctl -u docker` there",
              List.of(
                  "cannot connect to the docker daemon",
                  "docker: not found",
                  "docker: command not found",
                  "is the docker daemon running")),
          new Sign(
              Reason.REGISTRY_DENIED,
              "The registry refused the credentials: check the Secret of release.registryCredentialsSecretRef",
              List.of(
                  "401 unauthorized",
                  "403 forbidden",
                  "no basic auth credentials",
                  "unauthorized:",
                  "incorrect username or password",
                  "access denied",
                  "access to the resource is denied",
                  "access forbidden")),
          new Sign(
              Reason.IMAGE_MISSING,
              "The registry does not have the image: push it, or correct its name and tag in the compose file",
              List.of("manifest unknown", "not found: manifest", "name unknown", "no such image")),
          new Sign(
              Reason.REGISTRY_UNREACHABLE,
              "The machine cannot reach the registry: check its name and the machine's way out",
              List.of(
                  "server misbehaving",
                  "no such host",
                  "i/o timeout",
                  "connection refused",
                  "network is unreachable",
                  "tls handshake timeout",
                  "client.timeout exceeded",
                  "x509:")),
          new Sign(
              Reason.NAME_TAKEN,
              "A container that is not of this environment has the name: rename or remove it on the machine",
              List.of("is already in use by container")),
          new Sign(
              Reason.PORT_TAKEN,
              "Something else on the machine has the port: stop it, or publish another port in the compose file",
              List.of("port is already allocated", "address already in use")),
          new Sign(
              Reason.UNHEALTHY,
              "A container did not become healthy: its last lines say why",
              List.of(
                  "is unhealthy",
                  "exited (",
                  "didn't complete successfully",
                  "application not healthy",
                  "dependency failed to start",
                  "timeout waiting for")));

  Diagnosis {
    message = message.endsWith(".") ? message : message + ".";
  }

  private static final int INVALID_FILE = 64;
  private static final int CUT_OFF = 124;
  private static final int KILLED = 137;

  /**
   * @param output as it came: signs are looked for in it, and only masked lines are passed on
   */
  static Diagnosis of(RolloutStep step, int exitCode, List<String> output, Masking masking) {
    String last = output.isEmpty() ? "No output." : masking.mask(output.getLast().strip());
    if (step == RolloutStep.PULL && exitCode == INVALID_FILE) {
      return new Diagnosis(
          Reason.COMPOSE_INVALID,
          "Docker compose cannot use the compose file: correct it. " + last);
    }
    if (exitCode == CUT_OFF || exitCode == KILLED) {
      return new Diagnosis(Reason.TIMED_OUT, "It took too long on the machine. " + last);
    }
    for (String line : output) {
      String lower = line.toLowerCase(Locale.ROOT);
      for (Sign sign : SIGNS) {
        if (sign.words().stream().anyMatch(lower::contains)) {
          return new Diagnosis(sign.reason(), sign.advice() + ". " + masking.mask(line.strip()));
        }
      }
    }
    return new Diagnosis(
        Reason.OTHER, "A command on the machine failed (exit code " + exitCode + "). " + last);
  }
}
