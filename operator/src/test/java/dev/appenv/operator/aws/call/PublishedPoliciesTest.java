package dev.appenv.operator.aws.call;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The published policies allow what the code can call, and no more. What the code can call is read
 * from its bytecode.
 */
class PublishedPoliciesTest {
  private static final Path FOLDER = Path.of("..", "helm", "appenv", "iam");
  private static final String UID = "0c6f2f0e-6d3f-4f0e-9a55-2b0b7a3f4d11";

  /** AWS's limits: characters of a managed policy without white space, and policies of a role. */
  private static final int POLICY_SIZE = 6144;

  private static final int POLICIES = 10;

  private static final Pattern CLIENT =
      Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.\\w+Client");

  /** Of a client's methods those that call nothing. */
  private static final Set<String> CALLS_NOTHING =
      Set.of("builder", "close", "create", "serviceClientConfiguration", "serviceName");

  private static final String PAGES = "Paginator";

  /** For each action the places in the code that need it. */
  private static final Map<String, Set<String>> NEEDED = new TreeMap<>();

  /** The EC2 calls that put tags on what they make. */
  private static final Set<String> TAGGING = new TreeSet<>();

  @BeforeAll
  static void readTheCode() {
    calls()
        .forEach(call -> {
          var client = CLIENT.matcher(call.getTargetOwner().getFullName());
          if (!client.matches() || CALLS_NOTHING.contains(call.getTarget().getName())) return;
          var operation = operation(call.getTarget().getName());
          var place =
              call.getOriginOwner().getSimpleName() + " (line %d)".formatted(call.getLineNumber());
          var actions = IamActions.of(client.group(1), operation);
          if (actions.contains("ec2:CreateTags") && !operation.equals("CreateTags"))
            TAGGING.add(operation);
          for (var action : actions)
            NEEDED.computeIfAbsent(action, _ -> new TreeSet<>()).add(place + " calls " + operation);
        });
  }

  private static Stream<? extends JavaAccess<?>> calls() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.appenv.operator");
    return classes.stream()
        .flatMap(type ->
            Stream.concat(
                type.getMethodCallsFromSelf().stream(),
                type.getMethodReferencesFromSelf().stream()));
  }

  private static String operation(String method) {
    assertThat(method)
        .as("a waiter blocks, and does not say what it calls; look again in a later pass")
        .isNotEqualTo("waiter");
    var name =
        method.endsWith(PAGES) ? method.substring(0, method.length() - PAGES.length()) : method;
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  @Test
  void every_action_that_the_code_needs_is_allowed() {
    var missing = new TreeMap<>(NEEDED);
    missing.keySet().removeAll(PublishedPolicies.actions());
    assertThat(missing)
        .as(
            "Write each of these into the file of its concern in helm/appenv/iam (a new file also into PublishedPolicies.CONCERNS), bounded by our tags or names. Where AWS wants another permission for the call, say so in IamActions.")
        .isEmpty();
  }

  @Test
  void nothing_is_allowed_that_the_code_does_not_need() {
    var needless = PublishedPolicies.actions();
    needless.removeAll(NEEDED.keySet());
    assertThat(needless)
        .as(
            "Nothing calls these: take them out of helm/appenv/iam. Where AWS wants one of them besides the permission of a call, say so in IamActions.")
        .isEmpty();
  }

  @Test
  void tags_may_be_put_on_by_exactly_the_calls_that_make_something() {
    var allowed =
        statements().stream()
            .flatMap(s -> texts(s.at("/Condition/StringEquals/ec2:CreateAction")).stream())
            .collect(toCollection(TreeSet::new));
    assertThat(allowed).as("ec2:CreateAction in base.json").isEqualTo(TAGGING);
  }

  /** What AWS cannot bound by tags is bounded by the names or paths of what is ours. */
  @Test
  void whatever_changes_something_is_bounded_by_our_tags_or_names() {
    assertThat(statements())
        .filteredOn(s -> !texts(s.path("Action")).stream().allMatch(PublishedPoliciesTest::isRead))
        .allSatisfy(s ->
            assertThat(s.path("Condition").toString() + texts(s.path("Resource")))
                .as(s.path("Sid").asText())
                .matches(
                    text ->
                        text.contains("appenv.dev/") || !texts(s.path("Resource")).contains("*"),
                    "has a condition on our tags, or does not name all resources"));
  }

  private static boolean isRead(String action) {
    return Budget.isRead(action.substring(action.indexOf(':') + 1));
  }

  @Test
  void each_statement_has_a_name_of_its_own() {
    assertThat(statements())
        .extracting(s -> s.path("Sid").asText())
        .doesNotContain("")
        .doesNotHaveDuplicates();
  }

  @Test
  void the_policies_fit_into_a_role() throws IOException {
    assertThat(PublishedPolicies.CONCERNS).hasSizeLessThanOrEqualTo(POLICIES);
    for (var concern : PublishedPolicies.CONCERNS)
      assertThat(
              Files.readString(FOLDER.resolve(concern + ".json"))
                  .replace("CLUSTER", UID)
                  .replaceAll("\\s", ""))
          .as(concern + ".json: AWS takes no longer ones; make two of it")
          .hasSizeLessThanOrEqualTo(POLICY_SIZE);
  }

  @Test
  void every_file_of_the_chart_is_among_them() throws IOException {
    try (var files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("helm/appenv/iam holds what PublishedPolicies.CONCERNS lists")
          .containsExactlyInAnyOrderElementsOf(
              PublishedPolicies.CONCERNS.stream().map(concern -> concern + ".json").toList());
    }
  }

  @Test
  void they_are_for_one_cluster() {
    assertThat(PublishedPolicies.of(UID).toString()).contains(UID).doesNotContain("CLUSTER");
  }

  private static List<JsonNode> statements() {
    var statements = new ArrayList<JsonNode>();
    for (var policy : PublishedPolicies.of(UID)) policy.path("Statement").forEach(statements::add);
    return statements;
  }

  private static List<String> texts(JsonNode oneOrMany) {
    if (oneOrMany.isTextual()) return List.of(oneOrMany.asText());
    var texts = new ArrayList<String>();
    oneOrMany.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
