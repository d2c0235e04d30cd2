package dev.appenv.operator.aws.network;

import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.plan.Quota;
import java.util.List;

/** What AWS limits of networks. */
final class NetworkQuotas {
  static final Quota VPCS = new Quota("vpc", "L-F678F1CE", "VPCs", 5);
  static final Quota GATEWAYS = new Quota("vpc", "L-A4707A72", "internet gateways", 5);

  static final List<Census> CENSUSES =
      List.of(
          Census.of(
              VPCS,
              aws ->
                  aws
                      .ec2(Permit.READ)
                      .describeVpcsPaginator(r -> r.maxResults(1000))
                      .vpcs()
                      .stream()
                      .count()),
          Census.of(
              GATEWAYS,
              aws ->
                  aws
                      .ec2(Permit.READ)
                      .describeInternetGatewaysPaginator(r -> r.maxResults(1000))
                      .internetGateways()
                      .stream()
                      .count()));

  private NetworkQuotas() {}
}
