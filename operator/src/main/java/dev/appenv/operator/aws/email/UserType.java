package dev.appenv.operator.aws.email;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.iam.IamType;
import dev.appenv.operator.aws.iam.PrincipalType;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.Drift;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/**
 * As whom the application signs in to SMTP, for which SES takes nothing but a user's key. It has
 * one policy, which is written in it, and is in no group.
 */
final class UserType implements PrincipalType<UserType.Desired, UserType.LiveUser> {
  static final LogicalName NAME = LogicalName.of("email.user");

  private static final int ACCOUNT_IN_ARN = 4;

  /** It costs six calls. */
  private static final int SELDOM = 30;

  /**
   * @param permissionsBoundary null where the account has none: then it stays as it is
   */
  record Desired(
      String region, Sender sender, @Nullable String permissionsBoundary, Map<String, String> tags)
      implements AwsDesired {}

  /**
   * @param account that it is in
   * @param otherPolicies names of those that are written in it, ARNs of those that are attached
   * @param loginProfile whether somebody can sign in to the console as it
   */
  record LiveUser(
      String id,
      String account,
      @Nullable String permissions,
      Set<String> otherPolicies,
      Set<String> groups,
      boolean loginProfile,
      @Nullable String permissionsBoundary,
      Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveUser> FIELDS =
      AwsType.<Desired, LiveUser>tagged()
          .plain(
              "permissions",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> SendingPolicy.wanted(d.region(), d.sender()),
              LiveUser::permissions)
          .elements(
              "otherPolicies",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Set.of(),
              LiveUser::otherPolicies)
          .elements(
              "groups", RECONCILED, DriftClass.SECURITY, (d, ids) -> Set.of(), LiveUser::groups)
          .plain(
              "loginProfile",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Drift.ABSENT,
              live -> live.loginProfile() ? Drift.PRESENT : Drift.ABSENT)
          .plain(
              "permissionsBoundary",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.permissionsBoundary(),
              LiveUser::permissionsBoundary);

  private static final Facts<Desired, LiveUser> FACTS =
      new Facts<>(
          "IAM user", Desired.class, LiveUser.class, FIELDS, DriftClass.RELEASE, Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveUser> facts() {
    return FACTS;
  }

  @Override
  public int readCalls() {
    return 6;
  }

  @Override
  public int intervals() {
    return SELDOM;
  }

  @Override
  public Optional<LiveUser> find(Calls aws, String id) {
    var iam = aws.iam(Permit.READ);
    return IamType.present(() -> live(iam, id, iam.getUser(r -> r.userName(id)).user()));
  }

  private LiveUser live(IamClient iam, String id, @Nullable User user) {
    if (user == null) throw new EmptyAnswer(id);
    var account = user.arn().split(":", -1)[ACCOUNT_IN_ARN];
    var boundary = user.permissionsBoundary();
    var policies = policies(iam, id);
    return new LiveUser(
        id,
        account,
        policies.own() == null ? null : SendingPolicy.read(policies.own(), account),
        policies.others(),
        iam.listGroupsForUserPaginator(r -> r.userName(id)).groups().stream()
            .map(Group::groupName)
            .collect(Collectors.toUnmodifiableSet()),
        IamType.present(() -> iam.getLoginProfile(r -> r.userName(id)).loginProfile()).isPresent(),
        boundary == null ? null : boundary.permissionsBoundaryArn(),
        IamType.map(user.tags()));
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var name = creation.id();
    aws.iam(Permit.CREATE)
        .createUser(r ->
            r.userName(name)
                .path(IamType.path(creation.owner()))
                .permissionsBoundary(desired.permissionsBoundary())
                .tags(IamType.list(creation.tags())));
    return name;
  }

  /** What is too much goes before anything is granted. */
  @Override
  public void change(
      Calls aws, Desired desired, LiveUser live, List<Difference> differences, Ids ids) {
    var iam = aws.iam(Permit.CHANGE);
    var id = live.id();
    putTags(iam, id, differences);
    takeAwayOthers(iam, id, differences);
    for (var difference : differences)
      switch (difference.field()) {
        case "groups" ->
            iam.removeUserFromGroup(r -> r.userName(id).groupName(difference.element()));
        case "loginProfile" -> iam.deleteLoginProfile(r -> r.userName(id));
        default -> {}
      }
    if (AwsType.touches(differences, "permissionsBoundary"))
      iam.putUserPermissionsBoundary(
          r -> r.userName(id).permissionsBoundary(desired.permissionsBoundary()));
    if (AwsType.touches(differences, "permissions"))
      iam.putUserPolicy(r ->
          r.userName(id)
              .policyName(POLICY)
              .policyDocument(
                  SendingPolicy.in(live.account(), desired.region(), desired.sender())));
  }

  /** IAM deletes no user that still has something. */
  @Override
  public void delete(Calls aws, LiveUser live) {
    var iam = aws.iam(Permit.DELETE);
    var id = live.id();
    AccessKeyType.keys(iam, id).forEach(key -> AccessKeyType.delete(iam, id, key.accessKeyId()));
    if (live.loginProfile()) iam.deleteLoginProfile(r -> r.userName(id));
    live.groups().forEach(group -> iam.removeUserFromGroup(r -> r.userName(id).groupName(group)));
    takeAwayAll(iam, id, live.permissions() != null, live.otherPolicies());
    iam.deleteUser(r -> r.userName(id));
  }

  @Override
  public Stream<String> written(IamClient iam, String id) {
    return iam.listUserPoliciesPaginator(r -> r.userName(id)).policyNames().stream();
  }

  @Override
  public Stream<String> attached(IamClient iam, String id) {
    return iam.listAttachedUserPoliciesPaginator(r -> r.userName(id)).attachedPolicies().stream()
        .map(AttachedPolicy::policyArn);
  }

  @Override
  public @Nullable String ownPolicy(IamClient iam, String id) {
    return iam.getUserPolicy(r -> r.userName(id).policyName(POLICY)).policyDocument();
  }

  @Override
  public void deletePolicy(IamClient iam, String id, String name) {
    iam.deleteUserPolicy(r -> r.userName(id).policyName(name));
  }

  @Override
  public void detachPolicy(IamClient iam, String id, String arn) {
    iam.detachUserPolicy(r -> r.userName(id).policyArn(arn));
  }

  @Override
  public Stream<String> names(IamClient iam, String path) {
    return iam.listUsersPaginator(r -> r.pathPrefix(path)).users().stream().map(User::userName);
  }

  @Override
  public void tag(IamClient iam, String id, List<Tag> tags) {
    iam.tagUser(r -> r.userName(id).tags(tags));
  }

  @Override
  public void untag(IamClient iam, String id, Collection<String> keys) {
    iam.untagUser(r -> r.userName(id).tagKeys(keys));
  }
}
