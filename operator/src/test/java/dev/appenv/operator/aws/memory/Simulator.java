package dev.appenv.operator.aws.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** IAM's simulator, over policies that allow and have conditions on strings. */
final class Simulator {
  private final List<JsonNode> statements;

  Simulator(List<JsonNode> policies) {
    this.statements = policies.stream().flatMap(p -> each(p.path("Statement"))).toList();
  }

  private static Stream<JsonNode> each(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false)
        : Stream.of(oneOrMany);
  }

  SimulatePrincipalPolicyResponse simulate(SimulatePrincipalPolicyRequest request) {
    if (!request.policySourceArn().endsWith("/appenv"))
      throw AwsErrors.noSuchRole(request.policySourceArn());
    Map<String, List<String>> context =
        request.contextEntries().stream()
            .collect(
                Collectors.toMap(ContextEntry::contextKeyName, ContextEntry::contextKeyValues));
    return SimulatePrincipalPolicyResponse.builder()
        .isTruncated(false)
        .evaluationResults(
            request.actionNames().stream()
                .map(action -> result(action, request.resourceArns(), context))
                .toList())
        .build();
  }

  private EvaluationResult result(
      String action, List<String> resources, Map<String, List<String>> context) {
    var results =
        resources.stream()
            .map(resource ->
                ResourceSpecificResult.builder()
                    .evalResourceName(resource)
                    .evalResourceDecision(decision(allows(action, resource, context)))
                    .build())
            .toList();
    return EvaluationResult.builder()
        .evalActionName(action)
        .evalDecision(
            decision(resources.stream().allMatch(resource -> allows(action, resource, context))))
        .resourceSpecificResults(results)
        .build();
  }

  private static PolicyEvaluationDecisionType decision(boolean allowed) {
    return allowed
        ? PolicyEvaluationDecisionType.ALLOWED
        : PolicyEvaluationDecisionType.IMPLICIT_DENY;
  }

  private boolean allows(String action, String resource, Map<String, List<String>> context) {
    return statements.stream()
        .anyMatch(statement ->
            each(statement.path("Action")).anyMatch(a -> a.asText().equals(action))
                && each(statement.path("Resource")).anyMatch(r -> like(r.asText(), resource))
                && fulfils(statement.path("Condition"), context));
  }

  private static boolean fulfils(JsonNode conditions, Map<String, List<String>> context) {
    return conditions.properties().stream()
        .flatMap(operator ->
            operator.getValue().properties().stream()
                .map(key ->
                    context.getOrDefault(key.getKey(), List.of()).stream()
                        .anyMatch(value ->
                            each(key.getValue())
                                .anyMatch(wanted ->
                                    operator.getKey().equals("StringLike")
                                        ? like(wanted.asText(), value)
                                        : wanted.asText().equals(value)))))
        .allMatch(fulfilled -> fulfilled);
  }

  private static boolean like(String pattern, String text) {
    var expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.matches(expression, text);
  }
}
