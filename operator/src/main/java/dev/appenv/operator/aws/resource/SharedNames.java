package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.LogicalName;

/** The resources that more than one noun speaks of; nouns do not know each other. */
public final class SharedNames {
  /** Where the machine lives. */
  public static final LogicalName MACHINE_SUBNET = LogicalName.of("network.publicSubnetA");

  /** What leads the machine to the internet. */
  public static final LogicalName MACHINE_ROUTES = LogicalName.of("network.publicRouteTable");

  public static final LogicalName MACHINE = LogicalName.of("compute.instance");

  public static final LogicalName MACHINE_GROUP = LogicalName.of("network.machineSecurityGroup");

  /** By which the machine is reached from outside. */
  public static final LogicalName MACHINE_ADDRESS = LogicalName.of("compute.address");

  /** Where what holds data lives. */
  public static final LogicalName PRIVATE_SUBNET_A = LogicalName.of("network.privateSubnetA");

  public static final LogicalName PRIVATE_SUBNET_B = LogicalName.of("network.privateSubnetB");

  /** Lets the machine reach what holds data, and nobody else. */
  public static final LogicalName DATA_GROUP = LogicalName.of("network.dataSecurityGroup");

  /** By which the machine gets its role. */
  public static final LogicalName MACHINE_PROFILE = LogicalName.of("identity.instanceProfile");

  /** What the application on the machine may use. */
  public static final LogicalName BUCKET = LogicalName.of("storage.bucket");

  private SharedNames() {}
}
