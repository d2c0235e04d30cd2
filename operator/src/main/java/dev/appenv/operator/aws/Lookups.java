package dev.appenv.operator.aws;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.VpcSpec;
import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.compute.MachineImages;
import dev.appenv.operator.aws.network.Places;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Wish;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What is chosen once for an environment: the machine's image, two availability zones, the way out
 * of a shared VPC.
 */
final class Lookups {
  private final AwsClients clients;

  Lookups(AwsClients clients) {
    this.clients = clients;
  }

  Resolution<Wish.Resolved> resolve(Scope scope, AppEnvironmentSpec spec) {
    try {
      var aws = clients.in(scope.account(), scope.region());
      var zones = Places.zones(aws);
      if (zones.size() < 2)
        return failed(
            "spec.aws.region: %s offers this account %d availability zones and two are needed; choose another region"
                .formatted(scope.region(), zones.size()));
      var vpc = spec.network().vpc();
      var shared = vpc.mode() == VpcSpec.Mode.Shared ? vpc.id() : null;
      var gateway = shared == null ? null : gateway(aws, shared);
      if (shared != null && gateway == null)
        return failed(
            "spec.network.vpc.id: %s is not there or has no internet gateway; attach one to it, or use mode Dedicated"
                .formatted(shared));
      return new Resolution.Found<>(
          new Wish.Resolved(
              MachineImages.ubuntu(aws, spec.instance().type()), zones.subList(0, 2), gateway));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      var failure = Failures.of(e);
      return new Resolution.Failed<>(failure.cause(), failure.message());
    }
  }

  private static @Nullable String gateway(Calls aws, String vpcId) {
    return Places.internetGateway(aws, vpcId).orElse(null);
  }

  private static Resolution<Wish.Resolved> failed(String message) {
    return new Resolution.Failed<>(Outcome.Cause.REFUSED, message);
  }
}
