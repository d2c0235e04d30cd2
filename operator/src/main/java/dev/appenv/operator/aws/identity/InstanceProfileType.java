package dev.appenv.operator.aws.identity;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.iam.IamType;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** What carries the role to the machine. It can hold one role. */
final class InstanceProfileType
    implements IamType<InstanceProfileType.Desired, InstanceProfileType.LiveProfile> {
  record Desired(LogicalName name, LogicalName role, Map<String, String> tags)
      implements AwsDesired {}

  record LiveProfile(String id, @Nullable String role, Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveProfile> FIELDS =
      AwsType.<Desired, LiveProfile>tagged()
          .plain(
              "role",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> ids.idOf(d.role()),
              LiveProfile::role);

  private static final Facts<Desired, LiveProfile> FACTS =
      new Facts<>(
          "instance profile",
          Desired.class,
          LiveProfile.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveProfile> facts() {
    return FACTS;
  }

  @Override
  public int readCalls() {
    return 1;
  }

  @Override
  public Optional<LiveProfile> find(Calls aws, String id) {
    return IamType.present(() ->
        live(
            id,
            aws.iam(Permit.READ)
                .getInstanceProfile(r -> r.instanceProfileName(id))
                .instanceProfile()));
  }

  private static LiveProfile live(String id, @Nullable InstanceProfile profile) {
    if (profile == null) throw new EmptyAnswer(id);
    return new LiveProfile(
        id,
        profile.roles().stream().findFirst().map(Role::roleName).orElse(null),
        IamType.map(profile.tags()));
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var name = creation.id();
    aws.iam(Permit.CREATE)
        .createInstanceProfile(r ->
            r.instanceProfileName(name)
                .path(IamType.path(creation.owner()))
                .tags(IamType.list(creation.tags())));
    return name;
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveProfile live, List<Difference> differences, Ids ids) {
    var iam = aws.iam(Permit.CHANGE);
    putTags(iam, live.id(), differences);
    if (!AwsType.touches(differences, "role")) return;
    takeRoleOut(iam, live);
    iam.addRoleToInstanceProfile(
        r -> r.instanceProfileName(live.id()).roleName(ids.require(desired.role())));
  }

  private static void takeRoleOut(IamClient iam, LiveProfile live) {
    if (live.role() != null)
      iam.removeRoleFromInstanceProfile(
          r -> r.instanceProfileName(live.id()).roleName(live.role()));
  }

  @Override
  public void delete(Calls aws, LiveProfile live) {
    var iam = aws.iam(Permit.DELETE);
    takeRoleOut(iam, live);
    iam.deleteInstanceProfile(r -> r.instanceProfileName(live.id()));
  }

  @Override
  public Stream<String> names(IamClient iam, String path) {
    return iam.listInstanceProfilesPaginator(r -> r.pathPrefix(path)).instanceProfiles().stream()
        .map(InstanceProfile::instanceProfileName);
  }

  @Override
  public void tag(IamClient iam, String id, List<Tag> tags) {
    iam.tagInstanceProfile(r -> r.instanceProfileName(id).tags(tags));
  }

  @Override
  public void untag(IamClient iam, String id, Collection<String> keys) {
    iam.untagInstanceProfile(r -> r.instanceProfileName(id).tagKeys(keys));
  }
}
