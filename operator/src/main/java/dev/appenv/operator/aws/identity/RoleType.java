package dev.appenv.operator.aws.identity;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.iam.IamType;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.PolicyDocument;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Phase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** The role of the machine. It has one policy, which is written in it. */
final class RoleType implements IamType<RoleType.Desired, RoleType.LiveRole> {
  private static final String ARN = "arn:";

  /**
   * @param bucket what the role may use
   * @param permissionsBoundary null where the account has none: then it stays as it is
   */
  record Desired(
      LogicalName name,
      String region,
      LogicalName bucket,
      @Nullable String permissionsBoundary,
      Map<String, String> tags)
      implements AwsDesired {
    @Nullable String permissions(Ids ids) {
      var id = ids.idOf(bucket);
      return id == null ? null : RolePolicies.useOf(region, id);
    }
  }

  /**
   * @param otherPolicies names of those that are written in it, ARNs of those that are attached
   */
  record LiveRole(
      String id,
      String trustPolicy,
      @Nullable String permissions,
      Set<String> otherPolicies,
      @Nullable String permissionsBoundary,
      Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveRole> FIELDS =
      AwsType.<Desired, LiveRole>tagged()
          .plain(
              "trustPolicy",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> PolicyDocument.canonical(RolePolicies.MACHINES_ONLY),
              LiveRole::trustPolicy)
          .plain(
              "permissions",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> {
                var permissions = d.permissions(ids);
                return permissions == null ? null : PolicyDocument.canonical(permissions);
              },
              LiveRole::permissions)
          .elements(
              "otherPolicies",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Set.of(),
              LiveRole::otherPolicies)
          .plain(
              "permissionsBoundary",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.permissionsBoundary(),
              LiveRole::permissionsBoundary);

  private static final Facts<Desired, LiveRole> FACTS =
      new Facts<>(
          "IAM role", Desired.class, LiveRole.class, FIELDS, DriftClass.RELEASE, Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveRole> facts() {
    return FACTS;
  }

  /** The role, its policies of both kinds, and the one that is ours. */
  @Override
  public int readCalls() {
    return 4;
  }

  @Override
  public Optional<LiveRole> find(Calls aws, String id) {
    var iam = aws.iam(Permit.READ);
    return IamType.present(() -> live(iam, id, iam.getRole(r -> r.roleName(id)).role()));
  }

  private static LiveRole live(IamClient iam, String id, @Nullable Role role) {
    if (role == null) throw new EmptyAnswer(id);
    var boundary = role.permissionsBoundary();
    var written =
        iam.listRolePoliciesPaginator(r -> r.roleName(id)).policyNames().stream().toList();
    var others =
        new TreeSet<>(
            iam.listAttachedRolePoliciesPaginator(r -> r.roleName(id)).attachedPolicies().stream()
                .map(AttachedPolicy::policyArn)
                .toList());
    written.stream().filter(name -> !name.equals(RolePolicies.NAME)).forEach(others::add);
    return new LiveRole(
        id,
        IamType.document(role.assumeRolePolicyDocument()),
        written.contains(RolePolicies.NAME) ? permissions(iam, id) : null,
        others,
        boundary == null ? null : boundary.permissionsBoundaryArn(),
        IamType.map(role.tags()));
  }

  private static @Nullable String permissions(IamClient iam, String id) {
    return IamType.present(() ->
            iam.getRolePolicy(r -> r.roleName(id).policyName(RolePolicies.NAME)).policyDocument())
        .map(IamType::document)
        .orElse(null);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var name = creation.id();
    aws.iam(Permit.CREATE)
        .createRole(r ->
            r.roleName(name)
                .path(IamType.path(creation.owner()))
                .assumeRolePolicyDocument(RolePolicies.MACHINES_ONLY)
                .permissionsBoundary(desired.permissionsBoundary())
                .tags(IamType.list(creation.tags())));
    return name;
  }

  /** What is too much goes before anything is granted. */
  @Override
  public void change(
      Calls aws, Desired desired, LiveRole live, List<Difference> differences, Ids ids) {
    var iam = aws.iam(Permit.CHANGE);
    var id = live.id();
    putTags(iam, id, differences);
    if (AwsType.touches(differences, "trustPolicy"))
      iam.updateAssumeRolePolicy(r -> r.roleName(id).policyDocument(RolePolicies.MACHINES_ONLY));
    differences.stream()
        .filter(difference -> difference.field().equals("otherPolicies"))
        .forEach(difference -> takeAway(iam, id, difference.element()));
    if (AwsType.touches(differences, "permissionsBoundary"))
      iam.putRolePermissionsBoundary(
          r -> r.roleName(id).permissionsBoundary(desired.permissionsBoundary()));
    if (AwsType.touches(differences, "permissions"))
      iam.putRolePolicy(r ->
          r.roleName(id)
              .policyName(RolePolicies.NAME)
              .policyDocument(RolePolicies.useOf(desired.region(), ids.require(desired.bucket()))));
  }

  private static void takeAway(IamClient iam, String id, String policy) {
    if (policy.startsWith(ARN)) iam.detachRolePolicy(r -> r.roleName(id).policyArn(policy));
    else iam.deleteRolePolicy(r -> r.roleName(id).policyName(policy));
  }

  /** A role that has policies is not deleted by IAM. */
  @Override
  public void delete(Calls aws, LiveRole live) {
    var iam = aws.iam(Permit.DELETE);
    live.otherPolicies().forEach(policy -> takeAway(iam, live.id(), policy));
    if (live.permissions() != null) takeAway(iam, live.id(), RolePolicies.NAME);
    iam.deleteRole(r -> r.roleName(live.id()));
  }

  @Override
  public Stream<String> names(IamClient iam, String path) {
    return iam.listRolesPaginator(r -> r.pathPrefix(path)).roles().stream().map(Role::roleName);
  }

  @Override
  public void tag(IamClient iam, String id, List<Tag> tags) {
    iam.tagRole(r -> r.roleName(id).tags(tags));
  }

  @Override
  public void untag(IamClient iam, String id, Collection<String> keys) {
    iam.untagRole(r -> r.roleName(id).tagKeys(keys));
  }
}
