package dev.appenv.operator.aws.network;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.InternetGateway;

/** What of the network is looked up once. */
public final class Places {
  private Places() {}

  /** The names of the region's availability zones that can be used, in order. */
  public static List<String> zones(Calls aws) {
    return aws
        .ec2(Permit.READ)
        .describeAvailabilityZones(r ->
            r.filters(
                f -> f.name("state").values("available"),
                f -> f.name("zone-type").values("availability-zone")))
        .availabilityZones()
        .stream()
        .map(AvailabilityZone::zoneName)
        .sorted()
        .toList();
  }

  /** The internet gateway of an existing VPC. */
  public static Optional<String> internetGateway(Calls aws, String vpcId) {
    return aws
        .ec2(Permit.READ)
        .describeInternetGateways(r -> r.filters(f -> f.name("attachment.vpc-id").values(vpcId)))
        .internetGateways()
        .stream()
        .map(InternetGateway::internetGatewayId)
        .findFirst();
  }
}
