package dev.appenv.operator.aws.call;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a piece of code may do in AWS. Clients are handed out under a permit and refuse everything
 * else before it leaves the process, so that, for one, code that creates cannot reach a delete.
 */
public enum Permit {
  READ(List.of()),
  CREATE(List.of("create.*", "run.*", "allocate.*", "import.*", "restore.*")),
  /**
   * Changes of a resource that stays; takes away parts of it, such as a rule or a route, and never
   * the resource.
   */
  CHANGE(
      List.of(
          "modify.*",
          "authorize.*",
          "revoke.*",
          "associate.*",
          "disassociate.*",
          "replace.*",
          "attach.*",
          "detach.*",
          "createRoute",
          "deleteRoute",
          "createTags",
          "startInstances",
          "stopInstances",
          "startDBInstance",
          "rebootDBInstance",
          "resetDBParameterGroup",
          "addTagsToResource",
          "putBucket.*",
          "putPublicAccessBlock",
          "deleteBucket(Policy|Cors|Lifecycle)",
          "updateAssumeRolePolicy",
          "(put|delete)RolePolicy",
          "putRolePermissionsBoundary",
          "(put|delete)UserPolicy",
          "putUserPermissionsBoundary",
          "removeUserFromGroup",
          "deleteLoginProfile",
          "updateAccessKey",
          "putEmailIdentityDkimAttributes",
          "deleteEmailIdentityPolicy",
          "(add|remove)Role(To|From)InstanceProfile",
          "tag(Role|InstanceProfile|User|Resource)")),
  DELETE(
      List.of(
          "delete.*",
          "terminate.*",
          "release.*",
          "detach.*",
          "disassociate.*",
          "abort.*",
          "removeRoleFromInstanceProfile",
          "removeUserFromGroup")),
  /** Puts marks of ownership on and takes them off, and nothing else. */
  MARK(
      List.of(
          "createTags",
          "deleteTags",
          "addTagsToResource",
          "removeTagsFromResource",
          "putBucketTagging",
          RecordBatch.REPLACE,
          "(un)?tag(Role|InstanceProfile|User|Resource)"));

  private static final Pattern READS =
      Pattern.compile(
          "(describe|get|list|head|simulate).*|serviceName|serviceClientConfiguration|close");
  private static final Set<String> OBJECT_METHODS = Set.of("toString", "hashCode", "equals");

  @SuppressWarnings("ImmutableEnumChecker") // the list is one, and patterns do not change
  private final List<Pattern> allowed;

  Permit(List<String> allowed) {
    this.allowed = allowed.stream().map(Pattern::compile).toList();
  }

  public boolean allows(String method) {
    return READS.matcher(method).matches()
        || allowed.stream().anyMatch(p -> p.matcher(method).matches());
  }

  /** The same client, for calls under this permit only. */
  public <C> C of(Class<C> type, C client) {
    var proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              var operation = RecordBatch.operation(method.getName(), arguments);
              if (!OBJECT_METHODS.contains(operation) && !allows(operation))
                throw new IllegalStateException(
                    operation + " called by code that may only " + this);
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
