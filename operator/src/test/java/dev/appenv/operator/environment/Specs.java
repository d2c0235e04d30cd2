package dev.appenv.operator.environment;

import dev.appenv.api.AccountRef;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AwsSpec;
import dev.appenv.api.DriftPolicySpec;
import dev.appenv.api.DriftSpec;
import dev.appenv.api.IngressSpec;
import dev.appenv.api.InstanceSpec;
import dev.appenv.api.LifecycleSpec;
import dev.appenv.api.NetworkSpec;
import dev.appenv.api.SourceSpec;
import dev.appenv.api.VpcSpec;
import java.util.List;

/** Specifications as users write them. */
final class Specs {
  static final AppEnvironmentSpec DEDICATED =
      new AppEnvironmentSpec(
          new SourceSpec("https://git.example.com/acme/shop.git", "main", null, null, null),
          new AwsSpec(new AccountRef(Cluster.ACCOUNT), Cluster.REGION),
          new NetworkSpec(
              new VpcSpec(VpcSpec.Mode.Dedicated, "10.20.0.0/16", null), List.of("203.0.113.0/24")),
          new InstanceSpec("t3.small", 20),
          null,
          new IngressSpec("web", 8080),
          null,
          null,
          null);

  private Specs() {}

  static AppEnvironmentSpec inVpc(String id) {
    return network(
        DEDICATED, new NetworkSpec(new VpcSpec(VpcSpec.Mode.Shared, "10.77.4.0/22", id), null));
  }

  static AppEnvironmentSpec instanceType(AppEnvironmentSpec spec, String type) {
    return new AppEnvironmentSpec(
        spec.source(),
        spec.aws(),
        spec.network(),
        new InstanceSpec(type, 20),
        spec.release(),
        spec.ingress(),
        spec.drift(),
        spec.lifecycle(),
        spec.suspend());
  }

  static AppEnvironmentSpec sshFrom(AppEnvironmentSpec spec, String... sources) {
    return network(spec, new NetworkSpec(spec.network().vpc(), List.of(sources)));
  }

  private static AppEnvironmentSpec network(AppEnvironmentSpec spec, NetworkSpec network) {
    return new AppEnvironmentSpec(
        spec.source(),
        spec.aws(),
        network,
        spec.instance(),
        spec.release(),
        spec.ingress(),
        spec.drift(),
        spec.lifecycle(),
        spec.suspend());
  }

  /** All drift is only reported. */
  static AppEnvironmentSpec reportOnly(AppEnvironmentSpec spec) {
    var report = DriftPolicySpec.Policy.Report;
    return drift(
        spec, new DriftSpec(new DriftPolicySpec(report, report, report, report, report), null));
  }

  static AppEnvironmentSpec drift(AppEnvironmentSpec spec, DriftSpec drift) {
    return new AppEnvironmentSpec(
        spec.source(),
        spec.aws(),
        spec.network(),
        spec.instance(),
        spec.release(),
        spec.ingress(),
        drift,
        spec.lifecycle(),
        spec.suspend());
  }

  static AppEnvironmentSpec retained(AppEnvironmentSpec spec) {
    return lifecycle(spec, new LifecycleSpec(LifecycleSpec.DeletionPolicy.Retain, null));
  }

  static AppEnvironmentSpec adopting(AppEnvironmentSpec spec) {
    return lifecycle(spec, new LifecycleSpec(LifecycleSpec.DeletionPolicy.Delete, true));
  }

  private static AppEnvironmentSpec lifecycle(AppEnvironmentSpec spec, LifecycleSpec lifecycle) {
    return new AppEnvironmentSpec(
        spec.source(),
        spec.aws(),
        spec.network(),
        spec.instance(),
        spec.release(),
        spec.ingress(),
        spec.drift(),
        lifecycle,
        spec.suspend());
  }

  static AppEnvironmentSpec suspended(AppEnvironmentSpec spec) {
    return new AppEnvironmentSpec(
        spec.source(),
        spec.aws(),
        spec.network(),
        spec.instance(),
        spec.release(),
        spec.ingress(),
        spec.drift(),
        spec.lifecycle(),
        true);
  }
}
