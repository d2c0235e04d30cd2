package dev.appenv.operator.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Scope;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the operator in Kubernetes: one environment, its account, and its machine's keys.
 */
final class Cluster {
  static final String CLUSTER_ID = "cluster-1";
  static final String UID = "0c6f2f0e-6d3f-4f0e-9a55-2b0b7a3f4d11";
  static final String ACCOUNT = "dev";
  static final String REGION = "eu-central-1";
  static final Owner OWNER = new Owner(CLUSTER_ID, UID, "shop", "shop-main");
  static final Scope SCOPE = new Scope(OWNER, ACCOUNT, REGION);

  private static final String CLIENT_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEa operator";
  private static final String HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEb host";

  /** Asked before a status is stored. */
  interface WriteHook {
    void beforeWrite();
  }

  private Owner owner;
  private final String accountName;
  private AppEnvironmentSpec spec;
  private long generation = 1;
  private final AppEnvironment environment = new AppEnvironment();
  private final AwsAccount account = new AwsAccount();
  private Map<String, String> accountTags = Map.of("team", "shop");
  private final List<ConfigMap> tombstones = new ArrayList<>();
  private final Set<String> restored = new HashSet<>();
  private @Nullable String boundary;
  private AwsAccountSpec.@Nullable HostedZone hostedZone;
  private AwsAccountSpec.@Nullable AssumeRole role;
  private @Nullable List<String> allowedRegions;
  private List<String> allowedNamespaces = List.of("*");
  private final MemorySecrets secrets = new MemorySecrets();
  private @Nullable AppEnvironmentStatus status;
  private boolean deleting;
  private boolean gone;
  private int writes;
  private final List<AppEnvironment> others = new ArrayList<>();
  private WriteHook hook = () -> {};

  Cluster() {
    this(OWNER, ACCOUNT);
  }

  /** One of many. */
  Cluster(Owner owner) {
    this(owner, ACCOUNT);
  }

  /** One of several in the same cluster. */
  Cluster(Owner owner, String accountName) {
    this.owner = owner;
    this.accountName = accountName;
    this.spec = Specs.inAccount(Specs.DEDICATED, accountName);
    account.setMetadata(new ObjectMetaBuilder().withName(accountName).build());
    environment.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(owner.namespace())
            .withName(owner.name())
            .withUid(owner.uid())
            .build());
    clientKey(CLIENT_KEY);
  }

  void apply(AppEnvironmentSpec newer) {
    spec = newer;
    generation++;
  }

  /** What is applied after the object is gone makes another object of the same name. */
  void applyAgain(AppEnvironmentSpec again, Instant now) {
    owner = new Owner(CLUSTER_ID, "f3f1c1de-3f0a-4c07-8d53-52d2c1ad9d02", "shop", "shop-main");
    environment.getMetadata().setUid(owner.uid());
    environment.getMetadata().setCreationTimestamp(now.toString());
    spec = again;
    generation = 1;
    status = null;
    deleting = false;
    gone = false;
  }

  Owner owner() {
    return owner;
  }

  void annotate(String key, String value) {
    environment.getMetadata().setAnnotations(Map.of(key, value));
  }

  AppEnvironmentSpec spec() {
    return spec;
  }

  void accountTags(Map<String, String> tags) {
    accountTags = tags;
  }

  /** The account's owner lists these namespaces and no others. */
  void allowNamespaces(String... namespaces) {
    allowedNamespaces = List.of(namespaces);
  }

  void allowRegions(String... regions) {
    allowedRegions = List.of(regions);
  }

  /** The account was seen to be this one, and is entered by a role. */
  void role(String seenAccountId, String arn) {
    role = new AwsAccountSpec.AssumeRole(arn, null);
    account.setStatus(new AwsAccountStatus(1L, List.of(), seenAccountId, null, null, null));
  }

  void createdAt(Instant when) {
    environment.getMetadata().setCreationTimestamp(when.toString());
  }

  /** Another environment of the same spec that wants to begin. */
  void applyAnother(String name, Instant created) {
    var another = new AppEnvironment();
    another.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(OWNER.namespace())
            .withName(name)
            .withUid("uid-" + name)
            .withCreationTimestamp(created.toString())
            .build());
    another.setSpec(spec);
    others.add(another);
  }

  void removeOthers() {
    others.clear();
  }

  void permissionsBoundary(String arn) {
    boundary = arn;
  }

  void hostedZone(AwsAccountSpec.@Nullable HostedZone zone) {
    hostedZone = zone;
  }

  /** Somebody put another key into the Secret. */
  void clientKey(String publicKey) {
    secrets.put(owner.namespace(), owner.name() + "-ssh", keys(publicKey));
  }

  private static Map<String, String> keys(String publicKey) {
    return Map.of(
        "ssh-privatekey",
        "private",
        "ssh-publickey",
        publicKey,
        "host-key",
        "host private",
        "host-key.pub",
        HOST_KEY);
  }

  void delete() {
    deleting = true;
    generation++;
  }

  boolean isDeleting() {
    return deleting;
  }

  void removeFinalizer() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }

  void hook(WriteHook asked) {
    hook = asked;
  }

  int writes() {
    return writes;
  }

  /** One process's way to write, which is refused once another process has written. */
  StatusJournal.Store store() {
    return new StatusJournal.Store() {
      private int known = writes;

      @Override
      public void write(AppEnvironmentStatus newer) {
        hook.beforeWrite();
        if (known != writes) throw new OtherWriterException(OWNER.path());
        known = ++writes;
        status = newer;
      }
    };
  }

  @Nullable AppEnvironmentStatus status() {
    return status;
  }

  /** A release was noted in status, as if it had been made. */
  void noted(String release) {
    var tree = Serialization.jsonMapper().<ObjectNode>valueToTree(status);
    tree.set("release", Serialization.unmarshal(release, ObjectNode.class));
    status = Serialization.jsonMapper().convertValue(tree, AppEnvironmentStatus.class);
  }

  /** As another process reads it. */
  @Nullable AppEnvironmentStatus stored() {
    return status == null
        ? null
        : Serialization.unmarshal(Serialization.asJson(status), AppEnvironmentStatus.class);
  }

  AppEnvironment read() {
    environment.getMetadata().setGeneration(generation);
    environment.setSpec(spec);
    return environment;
  }

  /** All environments of the cluster, as a cache shows them. */
  Stream<AppEnvironment> all() {
    if (gone) return others.stream();
    var mine = new AppEnvironment();
    mine.setMetadata(environment.getMetadata());
    mine.setSpec(spec);
    mine.setStatus(stored());
    return Stream.concat(Stream.of(mine), others.stream());
  }

  Accounts accounts() {
    return new Accounts(name -> name.equals(accountName) ? account() : null);
  }

  private AwsAccount account() {
    account.setSpec(
        new AwsAccountSpec(
            role, allowedRegions, allowedNamespaces, accountTags, boundary, hostedZone));
    return account;
  }

  void tombstone(ConfigMap map) {
    tombstones.add(map);
  }

  /** Each time one was stored. */
  List<ConfigMap> tombstones() {
    return tombstones;
  }

  /** Another environment is raised from a snapshot. */
  void restoring(String snapshot) {
    restored.add(snapshot);
  }

  Set<String> restored() {
    return Set.copyOf(restored);
  }

  MemorySecrets secrets() {
    return secrets;
  }
}
