package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Scope;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private @Nullable String boundary;
  private final MemorySecrets secrets = new MemorySecrets();
  private @Nullable AppEnvironmentStatus status;
  private boolean deleting;
  private boolean gone;
  private int writes;
  private WriteHook hook = () -> {};

  Cluster() {
    this(OWNER, ACCOUNT);
  }

  /** One of several in the same cluster. */
  Cluster(Owner owner, String accountName) {
    this.owner = owner;
    this.accountName = accountName;
    this.spec = Specs.inAccount(Specs.DEDICATED, accountName);
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

  void permissionsBoundary(String arn) {
    boundary = arn;
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

  Accounts accounts() {
    return new Accounts(name -> name.equals(accountName) ? account() : null);
  }

  private AwsAccount account() {
    account.setSpec(new AwsAccountSpec(null, null, List.of("*"), accountTags, boundary));
    return account;
  }

  void tombstone(ConfigMap map) {
    tombstones.add(map);
  }

  /** Each time one was stored. */
  List<ConfigMap> tombstones() {
    return tombstones;
  }

  MemorySecrets secrets() {
    return secrets;
  }
}
