package dev.appenv.operator.aws.compute;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.Defaults;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** The machine of an environment and how it is reached. */
public final class Compute implements Noun {
  private static final Slot<KeyPairType.Desired, KeyPairType.LiveKeyPair> keyPair =
      new Slot<>(LogicalName.of("compute.keyPair"), new KeyPairType());
  private static final Slot<InstanceType.Desired, InstanceType.LiveInstance> instance =
      new Slot<>(LogicalName.of("compute.instance"), new InstanceType())
          .needs(keyPair.name())
          .after(
              SharedNames.MACHINE_SUBNET,
              SharedNames.MACHINE_ROUTES,
              SharedNames.MACHINE_GROUP,
              SharedNames.MACHINE_PROFILE);
  private static final Slot<ElasticIpType.Desired, ElasticIpType.LiveAddress> address =
      new Slot<>(SharedNames.MACHINE_ADDRESS, new ElasticIpType()).after(instance.name());

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(keyPair, instance, address);
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var tags = new VisibleTags(wish);
    var spec = wish.spec().instance();
    var keyName = "appenv-" + wish.owner().uid();
    return List.of(
        keyPair.wants(
            new KeyPairType.Desired(keyName, wish.machine().publicKey(), tags.of(keyPair.name()))),
        instance.wants(
            new InstanceType.Desired(
                wish.resolved().imageId(),
                spec.type(),
                keyName,
                SharedNames.MACHINE_SUBNET,
                SharedNames.MACHINE_GROUP,
                spec.rootVolumeGiB() == null ? Defaults.ROOT_VOLUME_GIB : spec.rootVolumeGiB(),
                compressed(wish.machine().userData()),
                wish.spec().bucket() == null ? null : SharedNames.MACHINE_PROFILE,
                tags.of(instance.name()))),
        address.wants(new ElasticIpType.Desired(instance.name(), tags.of(address.name()))));
  }

  @Override
  public List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    var needs = new ArrayList<Need>();
    needs.add(new Need(address.name(), ComputeQuotas.ADDRESSES, 1));
    var type = spec.instance().type();
    if (ComputeQuotas.isStandard(type)) {
      var vcpus = sizes.vcpus(Set.of(type)).get(type);
      if (vcpus != null) needs.add(new Need(instance.name(), ComputeQuotas.STANDARD_VCPUS, vcpus));
    }
    return needs;
  }

  @Override
  public List<Census> censuses() {
    return ComputeQuotas.CENSUSES;
  }

  /** User data may be 16 KiB at most, and cloud-init reads gzip. */
  private static String compressed(String userData) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(userData.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
