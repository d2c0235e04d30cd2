package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Never;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.StatusType;

/** Somebody works on mail: what it is sent from, and who sends it. */
public final class EmailHands {
  private static final String IDENTITY = "email.identity";
  private static final String USER = "email.user";
  private static final String KEY = "email.accessKey";
  private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

  static final List<Hand> ALL = Stream.of(identity(), user(), key()).flatMap(List::stream).toList();

  private EmailHands() {}

  private static List<Hand> identity() {
    return List.of(
        new Change(
            IDENTITY,
            "tags",
            "Name",
            c ->
                c.sesV2()
                    .tagResource(r ->
                        r.resourceArn(
                                "arn:aws:ses:eu-central-1:123456789012:identity/" + c.id(IDENTITY))
                            .tags(t -> t.key("Name").value("mine now")))),
        new Change(
            IDENTITY,
            "dkimSigning",
            c ->
                c.sesV2()
                    .putEmailIdentityDkimAttributes(
                        r -> r.emailIdentity(c.id(IDENTITY)).signingEnabled(false))),
        new Change(
            IDENTITY,
            "policies",
            "theirs",
            c ->
                c.sesV2()
                    .createEmailIdentityPolicy(r ->
                        r.emailIdentity(c.id(IDENTITY))
                            .policyName("theirs")
                            .policy(
                                "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\"}}"))),
        new Never(IDENTITY, "identity", "an identity is its name; another name is another one"),
        new Change(IDENTITY, "email identity", EmailHands::deleteIdentity));
  }

  private static List<Hand> user() {
    return List.of(
        new Change(
            USER,
            "tags",
            "Name",
            c ->
                c.iam()
                    .tagUser(
                        r -> r.userName(c.id(USER)).tags(t -> t.key("Name").value("mine now")))),
        new Change(USER, "permissions", c -> allow(c, "appenv")),
        new Change(USER, "otherPolicies", "more", c -> allow(c, "more")),
        new Change(USER, "otherPolicies", ADMINISTRATOR, EmailHands::makeAdministrator),
        new Change(USER, "groups", "admins", EmailHands::joinAdministrators),
        new Change(USER, "loginProfile", EmailHands::givePassword),
        new Change(
            USER,
            "permissionsBoundary",
            c -> c.iam().deleteUserPermissionsBoundary(r -> r.userName(c.id(USER)))),
        new Change(USER, "IAM user", EmailHands::deleteUser));
  }

  private static List<Hand> key() {
    return List.of(
        new Never(KEY, "accessKeyId", "AWS gives a key its id, and never another"),
        new Change(
            KEY,
            "status",
            c ->
                c.iam()
                    .updateAccessKey(r ->
                        r.userName(c.id(USER)).accessKeyId(keyId(c)).status(StatusType.INACTIVE))),
        new Change(KEY, "otherKeys", Change.ANY, EmailHands::makeAnotherKey),
        new Change(KEY, "access key", EmailHands::deleteKey));
  }

  public static void deleteIdentity(Console c) {
    c.sesV2().deleteEmailIdentity(r -> r.emailIdentity(c.id(IDENTITY)));
  }

  public static void makeAdministrator(Console c) {
    c.iam().attachUserPolicy(r -> r.userName(c.id(USER)).policyArn(ADMINISTRATOR));
  }

  public static void joinAdministrators(Console c) {
    c.iam().addUserToGroup(r -> r.userName(c.id(USER)).groupName("admins"));
  }

  public static void givePassword(Console c) {
    c.iam().createLoginProfile(r -> r.userName(c.id(USER)).password("anything"));
  }

  public static void makeAnotherKey(Console c) {
    c.iam().createAccessKey(r -> r.userName(c.id(USER)));
  }

  public static void deleteUser(Console c) {
    deleteKey(c);
    c.iam().deleteUserPolicy(r -> r.userName(c.id(USER)).policyName("appenv"));
    c.iam().deleteUser(r -> r.userName(c.id(USER)));
  }

  private static void deleteKey(Console c) {
    c.iam().deleteAccessKey(r -> r.userName(c.id(USER)).accessKeyId(keyId(c)));
  }

  private static String keyId(Console c) {
    return c.id(KEY).replaceAll(".*/", "");
  }

  private static void allow(Console c, String policy) {
    c.iam()
        .putUserPolicy(r ->
            r.userName(c.id(USER))
                .policyName(policy)
                .policyDocument(
                    "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"));
  }
}
