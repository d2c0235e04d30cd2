package dev.appenv.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appenv.e2e.project.Repository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chart has cluster-wide names, so that it is installed once for all tests here. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(ApiServerExtension.class)
class ChartTest {
  private static final String CHART = Repository.file("helm/appenv").toString();
  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

  private final ApiServer api;
  private final String namespace;
  private final String operator;

  ChartTest(ApiServer api) {
    this.api = api;
    this.namespace = api.newNamespace();
    this.operator = "system:serviceaccount:" + namespace + ":appenv";
    api.helm("install", "appenv", CHART, "-n", namespace).succeeds();
  }

  @Test
  void lint_finds_nothing() {
    assertThat(api.helm("lint", "--strict", CHART).succeeds()).contains("0 chart(s) failed");
  }

  @Test
  void the_operator_may_do_what_it_must_and_nothing_else() {
    var allowed = new TreeMap<String, List<String>>();
    for (var resource : RESOURCES) {
      var verbs = VERBS.stream().filter(verb -> may(verb, resource, null)).toList();
      if (!verbs.isEmpty()) allowed.put(resource, verbs);
    }

    var objects = List.of("get", "list", "watch", "update", "patch");
    var status = List.of("get", "update", "patch");
    assertThat(allowed)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "appenv.dev/appenvironments", objects,
                    "appenv.dev/appenvironments/status", status,
                    "appenv.dev/appenvironments/finalizers", List.of("update"),
                    "appenv.dev/awsaccounts", objects,
                    "appenv.dev/awsaccounts/status", status,
                    "appenv.dev/awsaccounts/finalizers", List.of("update"),
                    "/secrets", List.of("get", "create", "update", "patch"),
                    "/configmaps", List.of("create", "patch"),
                    "/events", List.of("create", "patch"),
                    "events.k8s.io/events", List.of("create", "patch"))));
  }

  @Test
  void the_operator_may_read_the_id_of_the_cluster_and_of_no_other_namespace() {
    assertThat(may("get", "/namespaces", "kube-system")).isTrue();
    assertThat(may("get", "/namespaces", "default")).isFalse();
  }

  @Test
  void the_operator_reads_a_secret_that_is_named_and_cannot_list_secrets() {
    try (KubernetesClient client =
        api.client(
            user -> user.withOauthToken(tokenOfTheOperator()).withRequestRetryBackoffLimit(0))) {
      var secrets = client.secrets().inNamespace(namespace);

      assertThat(secrets.withName("absent").get()).isNull();
      assertThatThrownBy(secrets::list)
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("cannot list resource \"secrets\"");
    }
  }

  @Test
  void one_pod_that_ends_before_the_next_begins_and_can_write_nothing_but_its_folders() {
    var deployment =
        api.client().apps().deployments().inNamespace(namespace).withName("appenv").get();
    var pod = deployment.getSpec().getTemplate().getSpec();
    var container = pod.getContainers().getFirst();

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .containsExactly("/tmp", "/var/cache/appenv");
  }

  @Test
  void the_pod_keeps_the_restricted_standard() {
    var restricted = api.newNamespace();
    api.kubectl("label", "namespace", restricted, "pod-security.kubernetes.io/enforce=restricted")
        .succeeds();
    var template =
        api.client()
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName("appenv")
            .get()
            .getSpec()
            .getTemplate();
    var pod = new GenericKubernetesResource();
    pod.setApiVersion("v1");
    pod.setKind("Pod");
    pod.setMetadata(template.getMetadata());
    pod.getMetadata().setName("appenv");
    pod.setAdditionalProperty("spec", template.getSpec());

    var path = "/api/v1/namespaces/" + restricted + "/pods";
    assertThat(Inputs.dryRun(api.client(), "POST", path, Inputs.YAML.valueToTree(pod)))
        .isEqualTo(Inputs.ACCEPTED);
  }

  @Test
  void every_value_that_can_be_set_is_used() {
    var rendered =
        api.helm(
                template(
                    "image.repository=example/operator",
                    "image.digest=sha256:" + "a".repeat(64),
                    "imagePullSecrets[0].name=registry",
                    "serviceAccount.annotations.role=some-role",
                    "aws.credentialsSecretName=aws-keys",
                    "extraEnv[0].name=AWS_REGION",
                    "extraEnv[0].value=eu-west-1",
                    "gitCache.sizeLimit=7Gi",
                    "podAnnotations.note=some-note",
                    "podLabels.team=some-team",
                    "nodeSelector.disk=some-disk",
                    "tolerations[0].key=some-taint",
                    "priorityClassName=some-priority"))
            .succeeds();

    assertThat(rendered)
        .contains("image: example/operator@sha256:aaa")
        .contains("- name: registry")
        .contains("role: some-role")
        .contains("name: aws-keys")
        .contains("value: eu-west-1")
        .contains("sizeLimit: 7Gi")
        .contains("note: some-note")
        .contains("team: some-team")
        .contains("disk: some-disk")
        .contains("key: some-taint")
        .contains("priorityClassName: some-priority");
  }

  @Test
  void a_value_that_does_not_exist_is_refused() {
    var result = api.helm(template("replicas=2")).result();

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("additional properties 'replicas' not allowed");
  }

  private static final List<String> RESOURCES =
      List.of(
          "appenv.dev/appenvironments",
          "appenv.dev/appenvironments/status",
          "appenv.dev/appenvironments/finalizers",
          "appenv.dev/awsaccounts",
          "appenv.dev/awsaccounts/status",
          "appenv.dev/awsaccounts/finalizers",
          "/secrets",
          "/events",
          "events.k8s.io/events",
          "/namespaces",
          "/configmaps",
          "/pods",
          "/pods/exec",
          "/services",
          "/serviceaccounts",
          "/serviceaccounts/token",
          "apps/deployments",
          "coordination.k8s.io/leases",
          "apiextensions.k8s.io/customresourcedefinitions",
          "rbac.authorization.k8s.io/clusterroles",
          "rbac.authorization.k8s.io/clusterrolebindings");

  /** {@code resource} is group/resource or group/resource/subresource; the core group is empty. */
  private boolean may(String verb, String resource, @Nullable String name) {
    var parts = resource.split("/", -1);
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(operator)
            .withGroups(
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                "system:authenticated")
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(parts[0])
            .withResource(parts[1])
            .withSubresource(parts.length > 2 ? parts[2] : null)
            .withNamespace("any")
            .withName(name)
            .endResourceAttributes()
            .endSpec()
            .build();
    return api.client().resource(review).create().getStatus().getAllowed();
  }

  private String tokenOfTheOperator() {
    return api.kubectl("create", "token", "appenv", "-n", namespace).succeeds().strip();
  }

  private String[] template(String... values) {
    var arguments = new ArrayList<>(List.of("template", "appenv", CHART, "-n", namespace));
    for (var value : values) arguments.addAll(List.of("--set", value));
    return arguments.toArray(String[]::new);
  }
}
