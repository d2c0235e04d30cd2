package dev.appenv.operator.aws.compute;

import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociation;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociationState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;

/** The instance profile of the machine, by which what runs there gets its role's credentials. */
final class MachineProfile {
  static final String NONE = "none";

  /** From a container it is one hop more to the credentials than from the machine itself. */
  static final int HOPS = 2;

  private static final Set<IamInstanceProfileAssociationState> HOLDING =
      Set.of(
          IamInstanceProfileAssociationState.ASSOCIATING,
          IamInstanceProfileAssociationState.ASSOCIATED);

  private MachineProfile() {}

  static @Nullable IamInstanceProfileSpecification of(@Nullable LogicalName profile, Ids ids) {
    return profile == null
        ? null
        : IamInstanceProfileSpecification.builder().name(ids.require(profile)).build();
  }

  /** The last part of the ARN, after its path. */
  static String name(@Nullable IamInstanceProfile profile) {
    return profile == null || profile.arn() == null
        ? NONE
        : profile.arn().substring(profile.arn().lastIndexOf('/') + 1);
  }

  /** Gives the machine this profile and no other. */
  static void put(
      Ec2Client ec2, String instanceId, @Nullable IamInstanceProfileSpecification wanted) {
    var held = held(ec2, instanceId);
    if (wanted == null) held.forEach(id -> disassociate(ec2, id));
    else if (held.isEmpty())
      ec2.associateIamInstanceProfile(r -> r.instanceId(instanceId).iamInstanceProfile(wanted));
    else
      ec2.replaceIamInstanceProfileAssociation(
          r -> r.associationId(held.getFirst()).iamInstanceProfile(wanted));
  }

  private static List<String> held(Ec2Client ec2, String instanceId) {
    return ec2
        .describeIamInstanceProfileAssociations(
            r -> r.filters(Filter.builder().name("instance-id").values(instanceId).build()))
        .iamInstanceProfileAssociations()
        .stream()
        .filter(association -> HOLDING.contains(association.state()))
        .map(IamInstanceProfileAssociation::associationId)
        .toList();
  }

  private static void disassociate(Ec2Client ec2, String association) {
    ec2.disassociateIamInstanceProfile(r -> r.associationId(association));
  }
}
