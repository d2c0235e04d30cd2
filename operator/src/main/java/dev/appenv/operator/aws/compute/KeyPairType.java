package dev.appenv.operator.aws.compute;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.Ec2Type;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * The public key that a new machine admits. The machine keeps what it booted with, so the pair may
 * be replaced.
 */
final class KeyPairType implements Ec2Type<KeyPairType.Desired, KeyPairType.LiveKeyPair> {
  record Desired(String name, String publicKey, Map<String, String> tags) implements AwsDesired {}

  record LiveKeyPair(String id, String name, String publicKey, Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveKeyPair> FIELDS =
      AwsType.<Desired, LiveKeyPair>tagged()
          .plain(
              "publicKey",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> withoutComment(d.publicKey()),
              l -> withoutComment(l.publicKey()));

  private static final Facts<Desired, LiveKeyPair> FACTS =
      new Facts<>(
          "key pair", Desired.class, LiveKeyPair.class, FIELDS, DriftClass.SECURITY, Loss.NOTHING);

  @Override
  public Facts<Desired, LiveKeyPair> facts() {
    return FACTS;
  }

  @Override
  public List<LiveKeyPair> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeKeyPairs(r -> r.filters(Ec2Tags.ofCluster(clusterId)).includePublicKey(true))
        .keyPairs()
        .stream()
        .map(KeyPairType::live)
        .toList();
  }

  @Override
  public Optional<LiveKeyPair> find(Calls aws, String id) {
    return Ec2Type.one(
        id,
        () ->
            aws.ec2(Permit.READ)
                .describeKeyPairs(r -> r.keyPairIds(id).includePublicKey(true))
                .keyPairs(),
        KeyPairType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .importKeyPair(r ->
            r.keyName(desired.name())
                .publicKeyMaterial(SdkBytes.fromUtf8String(desired.publicKey()))
                .tagSpecifications(Ec2Tags.on(ResourceType.KEY_PAIR, creation.tags())))
        .keyPairId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveKeyPair live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
  }

  @Override
  public void delete(Calls aws, LiveKeyPair live) {
    aws.ec2(Permit.DELETE).deleteKeyPair(r -> r.keyPairId(live.id()));
  }

  private static LiveKeyPair live(KeyPairInfo pair) {
    return new LiveKeyPair(
        pair.keyPairId(),
        pair.keyName(),
        pair.publicKey() == null ? "" : pair.publicKey(),
        Ec2Tags.map(pair.tags()));
  }

  /** Type and key; AWS puts a comment of its own behind them. */
  private static String withoutComment(String key) {
    var parts = key.strip().split("\\s+", 3);
    return parts.length < 2 ? key.strip() : parts[0] + " " + parts[1];
  }
}
