package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Never;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;

/** Somebody works on the machine. */
public final class ComputeHands {
  private static final String KEY_PAIR = "compute.keyPair";
  private static final String INSTANCE = "compute.instance";
  private static final String ADDRESS = "compute.address";

  static final List<Hand> ALL =
      Stream.of(keyPair(), instance(), address()).flatMap(List::stream).toList();

  private ComputeHands() {}

  private static List<Hand> keyPair() {
    return List.of(
        NetworkHands.tag(KEY_PAIR),
        new Never(KEY_PAIR, "publicKey", "another key is another key pair"),
        new Change(KEY_PAIR, "key pair", ComputeHands::deleteKeyPair));
  }

  private static List<Hand> instance() {
    return List.of(
        NetworkHands.tag(INSTANCE),
        new Change(INSTANCE, "type", c -> changeType(c, "t3.2xlarge")),
        new Change(INSTANCE, "state", ComputeHands::stop),
        new Change(
            INSTANCE,
            "securityGroups",
            "{network.dataSecurityGroup}",
            c -> groups(c, "network.machineSecurityGroup", "network.dataSecurityGroup")),
        new Change(
            INSTANCE,
            "securityGroups",
            "{network.machineSecurityGroup}",
            c -> groups(c, "network.dataSecurityGroup")),
        new Change(
            INSTANCE,
            "metadataOptions.httpTokens",
            c ->
                c.ec2()
                    .modifyInstanceMetadataOptions(
                        r -> r.instanceId(c.id(INSTANCE)).httpTokens(HttpTokensState.OPTIONAL))),
        new Change(
            INSTANCE,
            "metadataOptions.httpPutResponseHopLimit",
            c ->
                c.ec2()
                    .modifyInstanceMetadataOptions(
                        r -> r.instanceId(c.id(INSTANCE)).httpPutResponseHopLimit(1))),
        new Change(INSTANCE, "iamInstanceProfile", ComputeHands::takeProfileOff),
        new Never(INSTANCE, "subnetId", "an instance stays in its subnet"),
        new Never(INSTANCE, "imageId", "an instance keeps the image it was launched from"),
        new Never(INSTANCE, "availabilityZone", "an instance stays in its zone"),
        new Never(INSTANCE, "userData", "it is read at the first boot only"),
        new Never(INSTANCE, "rootVolume", "its size is looked at when the machine is made only"),
        new Change(INSTANCE, "instance", ComputeHands::terminate));
  }

  private static List<Hand> address() {
    return List.of(
        NetworkHands.tag(ADDRESS),
        new Change(ADDRESS, "instance", ComputeHands::disassociateAddress),
        new Change(ADDRESS, "elastic IP", ComputeHands::releaseAddress));
  }

  public static void terminate(Console c) {
    c.ec2().terminateInstances(r -> r.instanceIds(c.id(INSTANCE)));
    c.settle();
  }

  static void stop(Console c) {
    c.ec2().stopInstances(r -> r.instanceIds(c.id(INSTANCE)));
    c.settle();
  }

  public static void changeType(Console c, String type) {
    stop(c);
    c.ec2()
        .modifyInstanceAttribute(
            r -> r.instanceId(c.id(INSTANCE)).instanceType(t -> t.value(type)));
    c.ec2().startInstances(r -> r.instanceIds(c.id(INSTANCE)));
    c.settle();
  }

  private static void groups(Console c, String... names) {
    var ids = Stream.of(names).map(c::id).toList();
    c.ec2().modifyInstanceAttribute(r -> r.instanceId(c.id(INSTANCE)).groups(ids));
  }

  public static void takeProfileOff(Console c) {
    var instance = c.id(INSTANCE);
    var association =
        c.ec2()
            .describeIamInstanceProfileAssociations(
                r -> r.filters(f -> f.name("instance-id").values(instance)))
            .iamInstanceProfileAssociations()
            .getFirst()
            .associationId();
    c.ec2().disassociateIamInstanceProfile(r -> r.associationId(association));
  }

  static void deleteKeyPair(Console c) {
    c.ec2().deleteKeyPair(r -> r.keyPairId(c.id(KEY_PAIR)));
  }

  static void disassociateAddress(Console c) {
    var id = c.id(ADDRESS);
    var association =
        c.ec2().describeAddresses(r -> r.allocationIds(id)).addresses().getFirst().associationId();
    if (association != null) c.ec2().disassociateAddress(r -> r.associationId(association));
  }

  public static void releaseAddress(Console c) {
    disassociateAddress(c);
    c.ec2().releaseAddress(r -> r.allocationId(c.id(ADDRESS)));
  }
}
