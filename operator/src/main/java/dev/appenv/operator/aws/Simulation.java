package dev.appenv.operator.aws;

import dev.appenv.operator.account.Preflight.Identity;
import dev.appenv.operator.account.Preflight.Permissions;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Asks IAM's simulator whether an identity may do what the published policy allows: each statement
 * with a resource and a context that fulfil it. Without these the simulator would deny all that has
 * a condition.
 */
final class Simulation {
  private static final Pattern ASSUMED =
      Pattern.compile("arn:([^:]+):sts::(\\d+):assumed-role/([^/]+)/.*");
  private static final Pattern USER_OR_ROLE = Pattern.compile("arn:[^:]+:iam::\\d+:(user|role)/.*");

  private final List<PolicyStatement> statements;

  Simulation(List<PolicyStatement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * Whose policies are to be simulated: a session has those of its role. Nothing for the root user
   * and for federated ones.
   *
   * @param assumed the role that we assumed; null when it is not known. An ARN of a session lacks
   *     the role's path.
   */
  static Optional<String> source(Identity identity, @Nullable String assumed) {
    var session = ASSUMED.matcher(identity.arn());
    if (session.matches())
      return Optional.of(
          assumed != null && assumed.endsWith("/" + session.group(3))
              ? assumed
              : "arn:%s:iam::%s:role/%s"
                  .formatted(session.group(1), session.group(2), session.group(3)));
    return USER_OR_ROLE.matcher(identity.arn()).matches()
        ? Optional.of(identity.arn())
        : Optional.empty();
  }

  /** Simulates all statements for this user or role. */
  Permissions of(Calls aws, String source, String region) {
    var asked = new TreeSet<String>();
    var denied = new TreeSet<String>();
    var arn = source.split(":", -1);
    for (var statement : statements) {
      var answered = new TreeSet<String>();
      for (var result :
          aws.client(IamClient.class, Permit.READ)
              .simulatePrincipalPolicyPaginator(r ->
                  r.policySourceArn(source)
                      .actionNames(statement.actions())
                      .resourceArns(statement.examples(arn[1], arn[4], region))
                      .contextEntries(context(statement)))
              .evaluationResults()) {
        answered.add(result.evalActionName());
        if (!isAllowed(result)) denied.add(result.evalActionName());
      }
      for (var action : statement.actions())
        if (!answered.contains(action))
          throw AwsPreflight.nothing("whether %s is allowed".formatted(action));
      asked.addAll(statement.actions());
    }
    return new Permissions(asked.size(), denied);
  }

  private static List<ContextEntry> context(PolicyStatement statement) {
    return statement.conditions().entrySet().stream()
        .map(condition ->
            ContextEntry.builder()
                .contextKeyName(condition.getKey())
                .contextKeyType(ContextKeyTypeEnum.STRING)
                .contextKeyValues(PolicyStatement.filled(condition.getValue().getFirst()))
                .build())
        .collect(Collectors.toUnmodifiableList());
  }

  private static boolean isAllowed(EvaluationResult result) {
    return result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED
        && result.resourceSpecificResults().stream()
            .allMatch(r -> r.evalResourceDecision() == PolicyEvaluationDecisionType.ALLOWED);
  }
}
