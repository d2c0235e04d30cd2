package dev.appenv.e2e.bed;

import dev.appenv.api.AwsAccountSpec;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Describes an environment: the example shop, from a repository of its own. */
public final class EnvironmentBuilder {
  static final String GIT_SECRET = "git";
  static final String REGISTRY_SECRET = "registry";

  private final TestBed bed;
  private final String name;
  private final List<String> patches = new ArrayList<>();
  private String composeFile = GitRepository.COMPOSE_FILE;
  private String version = "v1";
  private String account = TestBed.ACCOUNT;

  EnvironmentBuilder(TestBed bed, String name) {
    this.bed = bed;
    this.name = name;
  }

  /** The version of the shop that is first on its branch. */
  public EnvironmentBuilder version(String version) {
    this.version = version;
    return this;
  }

  /** An AwsAccount that is there. */
  public EnvironmentBuilder account(String account) {
    this.account = account;
    return this;
  }

  /** Which of the shop's compose files is on its branch. */
  public EnvironmentBuilder composeFile(String name) {
    composeFile = name;
    return this;
  }

  /** An AwsAccount of its own. */
  public EnvironmentBuilder ownAccount(String account) {
    bed.addAccount(account);
    this.account = account;
    return this;
  }

  public EnvironmentBuilder ownAccount(String account, AwsAccountSpec spec) {
    bed.addAccount(account, spec);
    this.account = account;
    return this;
  }

  /**
   * A specification that differs from the usual one.
   *
   * @param patch a JSON merge patch of the specification, in YAML or JSON
   */
  public EnvironmentBuilder spec(String patch) {
    patches.add(patch);
    return this;
  }

  public Environment create() {
    return prepare().get();
  }

  /** Makes all that it needs; what is returned creates the environment itself. */
  public Supplier<Environment> prepare() {
    var kubernetes = bed.kubernetes();
    var namespace =
        kubernetes
            .namespaces()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(name + "-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    var git = bed.newRepository(namespace);
    git.push(GitRepository.shop(bed, composeFile, version));
    secret(
        namespace,
        GIT_SECRET,
        "kubernetes.io/basic-auth",
        Map.of(
            "username", bed.settings().get("BED_GIT_USER"),
            "password", bed.settings().get("BED_GIT_PASSWORD")));
    registrySecret(bed, namespace, bed.settings().get("BED_REGISTRY_PULL_PASSWORD"));
    var manifest = Patches.merge(manifest(namespace, git.url()), patches);
    var environment = new Environment(bed, namespace, name, git);
    return () -> {
      kubernetes.resource(manifest).create();
      return environment.met();
    };
  }

  static void registrySecret(TestBed bed, String namespace, String password) {
    var user = bed.settings().get("BED_REGISTRY_PULL_USER");
    var auth =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    var json =
        "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
            .formatted(bed.settings().get("BED_REGISTRY"), auth);
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(REGISTRY_SECRET)
            .withNamespace(namespace)
            .endMetadata()
            .withType("kubernetes.io/dockerconfigjson")
            .addToStringData(".dockerconfigjson", json)
            .build();
    bed.kubernetes()
        .resource(secret)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("test")
                .withForce(true)
                .build());
  }

  private void secret(String namespace, String name, String type, Map<String, String> data) {
    bed.kubernetes()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withType(type)
                .withStringData(data)
                .build())
        .create();
  }

  private String manifest(String namespace, String url) {
    return """
    apiVersion: appenv.dev/v1alpha1
    kind: AppEnvironment
    metadata: {name: %s, namespace: %s}
    spec:
      source:
        repository: %s
        branch: %s
        pollInterval: 5s
        credentialsSecretRef: {name: %s}
      aws: {accountRef: {name: %s}, region: %s}
      network: {vpc: {cidr: 10.20.0.0/16}}
      instance: {type: t3.small}
      release:
        registryCredentialsSecretRef: {name: %s}
        timeout: 60s
      ingress: {service: frontend, port: 80}
    """
        .formatted(
            name,
            namespace,
            url,
            GitRepository.BRANCH,
            GIT_SECRET,
            account,
            TestBed.REGION,
            REGISTRY_SECRET);
  }
}
