package dev.appenv.operator.aws.call;

/**
 * AWS's limits on calls of a kind, per account and mostly per region: a bucket that refills.
 *
 * <p>As documented: EC2 in "Request throttling for the Amazon EC2 API", RDS in "Amazon RDS API
 * throttling", Route 53, Service Quotas and the tagging API in their quotas. For the others AWS
 * publishes none.
 */
public enum Budget {
  EC2_READ(100, 20),
  EC2_CHANGE(50, 5),
  RUN_INSTANCES(5, 2),
  RDS(300, 12),
  TAGGING(15, 15),
  ROUTE_53(5, 5),
  S3(500, 100),
  IAM(100, 20),
  SES(5, 1),
  SERVICE_QUOTAS(10, 5),
  OTHER(50, 10);

  private final int size;
  private final int perSecond;

  Budget(int size, int perSecond) {
    this.size = size;
    this.perSecond = perSecond;
  }

  /** Whether there is one limit for all regions. */
  boolean isGlobal() {
    return this == IAM || this == ROUTE_53;
  }

  long size(double share) {
    return atLeastOne(size * share);
  }

  long perSecond(double share) {
    return atLeastOne(perSecond * share);
  }

  private static long atLeastOne(double calls) {
    return Math.max(1, Math.round(calls));
  }

  /**
   * @param service as the SDK names it
   */
  static Budget of(String service, String operation) {
    return switch (service) {
      case "Ec2" -> ofEc2(operation);
      case "Rds" -> RDS;
      case "Resource Groups Tagging API", "ResourceGroupsTaggingApi" -> TAGGING;
      case "Route53" -> ROUTE_53;
      case "S3" -> S3;
      case "Iam" -> IAM;
      case "SesV2" -> SES;
      case "Service Quotas" -> SERVICE_QUOTAS;
      default -> OTHER;
    };
  }

  private static Budget ofEc2(String operation) {
    if (operation.equals("RunInstances") || operation.equals("StartInstances"))
      return RUN_INSTANCES;
    return isRead(operation) ? EC2_READ : EC2_CHANGE;
  }

  /** Whether an operation changes nothing, by its name. */
  static boolean isRead(String operation) {
    return operation.startsWith("Describe")
        || operation.startsWith("Get")
        || operation.startsWith("List")
        || operation.startsWith("Head")
        || operation.startsWith("Simulate");
  }
}
