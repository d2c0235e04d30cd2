package dev.appenv.operator.aws.email;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.iam.IamType;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;

/**
 * The key by which the application signs in to SMTP. AWS tells its secret once, in the answer to
 * the create: a key whose secret nobody kept is of no use, and another comes in its place.
 *
 * <p>Its id is {@code USER/KEY}. It bears no tags; it is the environment's as its user is. Where no
 * id is noted, {@code USER/} asks for whichever key the user has.
 */
final class AccessKeyType implements NamedType<AccessKeyType.Desired, AccessKeyType.LiveKey> {
  /** The part of the credential that is told. */
  static final String SECRET = "secret";

  private static final String OF = "/";
  private static final String ANOTHER = "one whose secret is kept";

  /** It costs two calls. */
  private static final int SELDOM = 30;

  /**
   * @param kept the id of the one whose secret is kept; null when there is none
   */
  record Desired(LogicalName user, @Nullable String kept) implements AwsDesired {
    @Override
    public Map<String, String> tags() {
      return Map.of();
    }
  }

  /**
   * @param otherKeys of the same user
   * @param tags of its user
   */
  record LiveKey(String id, String status, Set<String> otherKeys, Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }

    String user() {
      return id.substring(0, id.indexOf(OF));
    }

    String key() {
      return keyIn(id);
    }
  }

  private static final FieldTable<Desired, LiveKey> FIELDS =
      FieldTable.<Desired, LiveKey>empty()
          .plain(
              "accessKeyId",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> d.kept() == null ? ANOTHER : keyIn(d.kept()),
              LiveKey::key)
          .plain(
              "status",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> StatusType.ACTIVE.toString(),
              LiveKey::status)
          .elements(
              "otherKeys",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Set.of(),
              LiveKey::otherKeys);

  private static final Facts<Desired, LiveKey> FACTS =
      new Facts<>(
          "access key", Desired.class, LiveKey.class, FIELDS, DriftClass.RELEASE, Loss.NOTHING);

  @Override
  public Facts<Desired, LiveKey> facts() {
    return FACTS;
  }

  /** As people know it. */
  static String keyIn(String id) {
    return id.substring(id.indexOf(OF) + 1);
  }

  @Override
  public String id(Owner owner, LogicalName name, @Nullable AppEnvironmentSpec spec) {
    return IamType.id(owner, UserType.NAME) + OF;
  }

  @Override
  public String idOfNew(Owner owner, LogicalName name, Desired desired, Ids ids) {
    return ids.require(desired.user()) + OF;
  }

  @Override
  public int readCalls() {
    return 2;
  }

  @Override
  public int intervals() {
    return SELDOM;
  }

  @Override
  public Budget changeBudget() {
    return Budget.IAM;
  }

  @Override
  public Optional<LiveKey> find(Calls aws, String id) {
    var iam = aws.iam(Permit.READ);
    var user = id.substring(0, id.indexOf(OF));
    return IamType.present(() -> {
      var keys = keys(iam, user);
      var wanted = keyIn(id);
      return keys.stream()
          .filter(key -> wanted.isEmpty() || key.accessKeyId().equals(wanted))
          .findFirst()
          .map(key -> live(user, key, keys, tags(iam, user)))
          .orElse(null);
    });
  }

  private static LiveKey live(
      String user, AccessKeyMetadata key, List<AccessKeyMetadata> all, Map<String, String> tags) {
    return new LiveKey(
        user + OF + key.accessKeyId(),
        key.statusAsString(),
        all.stream()
            .map(AccessKeyMetadata::accessKeyId)
            .filter(id -> !id.equals(key.accessKeyId()))
            .collect(Collectors.toUnmodifiableSet()),
        tags);
  }

  static List<AccessKeyMetadata> keys(IamClient iam, String user) {
    return iam.listAccessKeysPaginator(r -> r.userName(user)).accessKeyMetadata().stream().toList();
  }

  private static Map<String, String> tags(IamClient iam, String user) {
    var found = iam.getUser(r -> r.userName(user)).user();
    if (found == null) throw new EmptyAnswer(user);
    return IamType.map(found.tags());
  }

  /**
   * IAM has no other question that tells it for certain. Should both answers be old, one key more
   * is made, and the old one then goes as one of {@code otherKeys}.
   */
  @Override
  public boolean isListed(Calls aws, String id) {
    return find(aws, id).isPresent();
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var user = creation.ids().require(desired.user());
    var key = aws.iam(Permit.CREATE).createAccessKey(r -> r.userName(user)).accessKey();
    creation.secrets().accept(SECRET, key.secretAccessKey());
    return user + OF + key.accessKeyId();
  }

  /** Keys that others made for our user are deleted as keys are: under the permit for that. */
  @Override
  public void change(
      Calls aws, Desired desired, LiveKey live, List<Difference> differences, Ids ids) {
    differences.stream()
        .filter(difference -> difference.field().equals("otherKeys"))
        .forEach(other -> delete(aws.iam(Permit.DELETE), live.user(), other.element()));
    if (AwsType.touches(differences, "status"))
      aws.iam(Permit.CHANGE)
          .updateAccessKey(
              r -> r.userName(live.user()).accessKeyId(live.key()).status(StatusType.ACTIVE));
  }

  @Override
  public void delete(Calls aws, LiveKey live) {
    delete(aws.iam(Permit.DELETE), live.user(), live.key());
  }

  /** One that is gone already, as IAM's lists may not show yet, is as it should be. */
  static void delete(IamClient iam, String user, String key) {
    var _ = IamType.present(() -> iam.deleteAccessKey(r -> r.userName(user).accessKeyId(key)));
  }

  /** Those of the users that were given up. */
  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    return new UserType()
        .retained(aws, owner, UserType.NAME).stream().map(user -> user + OF).toList();
  }

  /** The marks are its user's. */
  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveKey live) {}

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveKey live) {}
}
