package dev.appenv.operator.aws.identity;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.iam.IamType;
import dev.appenv.operator.aws.iam.PrincipalType;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** The role of the machine. It has one policy, which is written in it. */
final class RoleType implements PrincipalType<RoleType.Desired, RoleType.LiveRole> {
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

  private LiveRole live(IamClient iam, String id, @Nullable Role role) {
    if (role == null) throw new EmptyAnswer(id);
    var boundary = role.permissionsBoundary();
    var policies = policies(iam, id);
    return new LiveRole(
        id,
        IamType.document(role.assumeRolePolicyDocument()),
        policies.own(),
        policies.others(),
        boundary == null ? null : boundary.permissionsBoundaryArn(),
        IamType.map(role.tags()));
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
    takeAwayOthers(iam, id, differences);
    if (AwsType.touches(differences, "permissionsBoundary"))
      iam.putRolePermissionsBoundary(
          r -> r.roleName(id).permissionsBoundary(desired.permissionsBoundary()));
    if (AwsType.touches(differences, "permissions"))
      iam.putRolePolicy(r ->
          r.roleName(id)
              .policyName(POLICY)
              .policyDocument(RolePolicies.useOf(desired.region(), ids.require(desired.bucket()))));
  }

  @Override
  public void delete(Calls aws, LiveRole live) {
    var iam = aws.iam(Permit.DELETE);
    takeAwayAll(iam, live.id(), live.permissions() != null, live.otherPolicies());
    iam.deleteRole(r -> r.roleName(live.id()));
  }

  @Override
  public Stream<String> written(IamClient iam, String id) {
    return iam.listRolePoliciesPaginator(r -> r.roleName(id)).policyNames().stream();
  }

  @Override
  public Stream<String> attached(IamClient iam, String id) {
    return iam.listAttachedRolePoliciesPaginator(r -> r.roleName(id)).attachedPolicies().stream()
        .map(AttachedPolicy::policyArn);
  }

  @Override
  public @Nullable String ownPolicy(IamClient iam, String id) {
    return iam.getRolePolicy(r -> r.roleName(id).policyName(POLICY)).policyDocument();
  }

  @Override
  public void deletePolicy(IamClient iam, String id, String name) {
    iam.deleteRolePolicy(r -> r.roleName(id).policyName(name));
  }

  @Override
  public void detachPolicy(IamClient iam, String id, String arn) {
    iam.detachRolePolicy(r -> r.roleName(id).policyArn(arn));
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
