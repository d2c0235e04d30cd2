package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import java.util.List;

/** Somebody works on the role of the machine. */
public final class IdentityHands {
  private static final String ROLE = "identity.role";
  private static final String PROFILE = "identity.instanceProfile";
  private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

  static final List<Hand> ALL =
      List.of(
          new Change(
              ROLE,
              "tags",
              "Name",
              c ->
                  c.iam()
                      .tagRole(
                          r -> r.roleName(c.id(ROLE)).tags(t -> t.key("Name").value("mine now")))),
          new Change(ROLE, "trustPolicy", IdentityHands::trustAnybody),
          new Change(ROLE, "permissions", c -> allow(c, "appenv")),
          new Change(ROLE, "otherPolicies", "more", c -> allow(c, "more")),
          new Change(
              ROLE,
              "otherPolicies",
              ADMINISTRATOR,
              c -> c.iam().attachRolePolicy(r -> r.roleName(c.id(ROLE)).policyArn(ADMINISTRATOR))),
          new Change(
              ROLE,
              "permissionsBoundary",
              c -> c.iam().deleteRolePermissionsBoundary(r -> r.roleName(c.id(ROLE)))),
          new Change(ROLE, "IAM role", IdentityHands::deleteRole),
          new Change(
              PROFILE,
              "tags",
              "Name",
              c ->
                  c.iam()
                      .tagInstanceProfile(r ->
                          r.instanceProfileName(c.id(PROFILE))
                              .tags(t -> t.key("Name").value("mine now")))),
          new Change(PROFILE, "role", IdentityHands::takeRoleOut),
          new Change(PROFILE, "instance profile", IdentityHands::deleteProfile));

  private IdentityHands() {}

  private static void trustAnybody(Console c) {
    c.iam()
        .updateAssumeRolePolicy(r ->
            r.roleName(c.id(ROLE))
                .policyDocument(
                    "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}}"));
  }

  private static void allow(Console c, String policy) {
    c.iam()
        .putRolePolicy(r ->
            r.roleName(c.id(ROLE))
                .policyName(policy)
                .policyDocument(
                    "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"));
  }

  private static void takeRoleOut(Console c) {
    c.iam()
        .removeRoleFromInstanceProfile(
            r -> r.instanceProfileName(c.id(PROFILE)).roleName(c.id(ROLE)));
  }

  private static void deleteRole(Console c) {
    takeRoleOut(c);
    c.iam().deleteRolePolicy(r -> r.roleName(c.id(ROLE)).policyName("appenv"));
    c.iam().deleteRole(r -> r.roleName(c.id(ROLE)));
  }

  private static void deleteProfile(Console c) {
    takeRoleOut(c);
    c.iam().deleteInstanceProfile(r -> r.instanceProfileName(c.id(PROFILE)));
  }
}
