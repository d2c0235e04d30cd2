package dev.appenv.operator.aws.identity;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.resource.SharedNames;
import dev.appenv.operator.aws.resource.VisibleTags;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.List;

/** The machine's role, where there is something that the application may use with it. */
public final class Identity implements Noun {
  private static final Slot<RoleType.Desired, RoleType.LiveRole> role =
      new Slot<>(LogicalName.of("identity.role"), new RoleType());
  private static final Slot<InstanceProfileType.Desired, InstanceProfileType.LiveProfile> profile =
      new Slot<>(SharedNames.MACHINE_PROFILE, new InstanceProfileType()).needs(role.name());

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(role, profile);
  }

  @Override
  public boolean isWished(AppEnvironmentSpec spec) {
    return spec.bucket() != null;
  }

  @Override
  public List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    return isWished(spec)
        ? List.of(
            new Need(role.name(), IdentityQuotas.ROLES, 1),
            new Need(profile.name(), IdentityQuotas.PROFILES, 1))
        : List.of();
  }

  @Override
  public List<Census> censuses() {
    return IdentityQuotas.CENSUSES;
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    if (wish.spec().bucket() == null) return List.of();
    var tags = new VisibleTags(wish);
    return List.of(
        role.wants(
            new RoleType.Desired(
                role.name(),
                wish.spec().aws().region(),
                SharedNames.BUCKET,
                wish.permissionsBoundary(),
                tags.of(role.name()))),
        profile.wants(
            new InstanceProfileType.Desired(profile.name(), role.name(), tags.of(profile.name()))));
  }
}
