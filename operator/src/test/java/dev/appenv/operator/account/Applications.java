package dev.appenv.operator.account;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AppEnvironmentStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;

/** Environments as a cache shows them. */
final class Applications {
  static final Quotas.Place PLACE = new Quotas.Place("dev", "eu-central-1");
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private Applications() {}

  /** One that was never worked on. */
  static AppEnvironment environment(String name, int minute) {
    return environment(name, minute, PLACE.region());
  }

  static AppEnvironment environment(String name, int minute, String region) {
    var environment = new AppEnvironment();
    environment.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName(name)
            .withUid("uid-" + name)
            .withCreationTimestamp(NOON.plusSeconds(60L * minute).toString())
            .build());
    environment.setSpec(
        Serialization.unmarshal(
            """
            source: {repository: https://git.example.com/acme/shop.git, branch: main}
            aws: {accountRef: {name: dev}, region: %s}
            network: {vpc: {cidr: 10.20.0.0/16}}
            instance: {type: t3.small}
            ingress: {service: web, port: 8080}
            """
                .formatted(region),
            AppEnvironmentSpec.class));
    return environment;
  }

  static AppEnvironment with(AppEnvironment environment, String status) {
    environment.setStatus(Serialization.unmarshal(status, AppEnvironmentStatus.class));
    return environment;
  }

  /** One whose last pass ended with this reason, and that has begun nothing. */
  static AppEnvironment ended(AppEnvironment environment, String reason) {
    return with(
        environment,
        """
        conditions: [{type: InfrastructureReady, status: "False", reason: %s, message: m}]
        """
            .formatted(reason));
  }
}
