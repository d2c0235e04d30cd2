package dev.appenv.operator.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appenv.api.AppEnvironmentSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Specifications as users write them. */
final class Specs {
  private static final ObjectMapper YAML = new YAMLMapper();

  static final AppEnvironmentSpec DEDICATED =
      Serialization.unmarshal(
          """
          source: {repository: https://git.example.com/acme/shop.git, branch: main}
          aws: {accountRef: {name: %s}, region: %s}
          network: {vpc: {mode: Dedicated, cidr: 10.20.0.0/16}, sshFrom: [203.0.113.0/24]}
          instance: {type: t3.small, rootVolumeGiB: 20}
          ingress: {service: web, port: 8080}
          """
              .formatted(Cluster.ACCOUNT, Cluster.REGION),
          AppEnvironmentSpec.class);

  /** With one of every noun, which takes a zone, and with what AWS would else choose said. */
  static final AppEnvironmentSpec EVERYTHING =
      patched(
          DEDICATED,
          """
          database:
            storageGiB: 20
            maxStorageGiB: 100
            backupWindow: 03:00-03:30
            maintenanceWindow: sun:04:00-sun:04:30
          cache: {}
          bucket: {}
          ingress: {domain: %s}
          email: {from: noreply@%<s}
          """
              .formatted(Stage.DOMAIN));

  private Specs() {}

  /** A specification with a merge patch on it, as users change theirs. */
  static AppEnvironmentSpec patched(AppEnvironmentSpec spec, String patch) {
    try {
      var tree = Serialization.jsonMapper().valueToTree(spec);
      var merged = YAML.readerForUpdating(tree).readValue(YAML.readTree(patch));
      return Serialization.jsonMapper().convertValue(merged, AppEnvironmentSpec.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(patch, e);
    }
  }

  static AppEnvironmentSpec inAccount(AppEnvironmentSpec spec, String account) {
    return patched(spec, "{aws: {accountRef: {name: %s}}}".formatted(account));
  }

  static AppEnvironmentSpec inVpc(String id) {
    return patched(
        DEDICATED,
        "{network: {vpc: {mode: Shared, cidr: 10.77.4.0/22, id: %s}, sshFrom: null}}"
            .formatted(id));
  }

  static AppEnvironmentSpec instanceType(AppEnvironmentSpec spec, String type) {
    return patched(spec, "{instance: {type: %s}}".formatted(type));
  }

  static AppEnvironmentSpec sshFrom(AppEnvironmentSpec spec, String... sources) {
    return patched(spec, "{network: {sshFrom: %s}}".formatted(List.of(sources)));
  }

  /** All drift is only reported. */
  static AppEnvironmentSpec reportOnly(AppEnvironmentSpec spec) {
    return patched(
        spec,
        "{drift: {policy: {security: Report, data: Report, cost: Report, release: Report, cosmetic: Report}}}");
  }

  static AppEnvironmentSpec drift(AppEnvironmentSpec spec, String drift) {
    return patched(spec, "{drift: %s}".formatted(drift));
  }

  /**
   * @param bucket null for none
   */
  static AppEnvironmentSpec bucket(AppEnvironmentSpec spec, @Nullable String bucket) {
    return patched(spec, "{bucket: %s}".formatted(bucket));
  }

  static AppEnvironmentSpec discarding(AppEnvironmentSpec spec) {
    return patched(spec, "{lifecycle: {deletionPolicy: Delete}}");
  }

  static AppEnvironmentSpec retained(AppEnvironmentSpec spec) {
    return patched(spec, "{lifecycle: {deletionPolicy: Retain}}");
  }

  static AppEnvironmentSpec adopting(AppEnvironmentSpec spec) {
    return patched(spec, "{lifecycle: {deletionPolicy: Delete, adopt: true}}");
  }

  static AppEnvironmentSpec withDatabase(AppEnvironmentSpec spec) {
    return database(spec, "{storageGiB: 20, backupRetentionDays: 7}");
  }

  /** The database's section with a merge patch on it; null takes it out. */
  static AppEnvironmentSpec database(AppEnvironmentSpec spec, String patch) {
    return patched(spec, "{database: %s}".formatted(patch));
  }

  /**
   * @param cache null for none
   */
  static AppEnvironmentSpec cache(AppEnvironmentSpec spec, @Nullable String cache) {
    return patched(spec, "{cache: %s}".formatted(cache));
  }

  /**
   * @param domain null for none
   */
  static AppEnvironmentSpec domain(AppEnvironmentSpec spec, @Nullable String domain) {
    return patched(spec, "{ingress: {domain: %s}}".formatted(domain));
  }

  /** What the application wants to be told under names of its own. */
  static AppEnvironmentSpec variables(AppEnvironmentSpec spec, String variables) {
    return patched(spec, "{release: {variables: %s}}".formatted(variables));
  }

  /**
   * @param email null for none
   */
  static AppEnvironmentSpec email(AppEnvironmentSpec spec, @Nullable String email) {
    return patched(spec, "{email: %s}".formatted(email));
  }

  static AppEnvironmentSpec suspended(AppEnvironmentSpec spec) {
    return patched(spec, "{suspend: true}");
  }

  static AppEnvironmentSpec asking(AppEnvironmentSpec spec) {
    return patched(spec, "{approval: Manual}");
  }
}
