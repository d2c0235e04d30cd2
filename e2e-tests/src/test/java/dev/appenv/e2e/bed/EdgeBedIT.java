package dev.appenv.e2e.bed;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What the bed has for HTTPS: an edge's image, names and certificates, and who asks by them. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class EdgeBedIT {
  private final Settings settings;
  private final Ec2Client ec2;
  private final Acme.Mark mark;
  private final String group;
  private final String address;
  private final String instance;
  private final Application application;

  EdgeBedIT(TestBed bed) throws IOException {
    settings = bed.settings();
    ec2 = bed.aws().ec2();
    mark = bed.acme().mark();
    group = ec2.createSecurityGroup(r -> r.groupName("edge").description("edge")).groupId();
    bed.aws().openPort(group, 80);
    bed.aws().openPort(group, 443);
    var elastic = ec2.allocateAddress(r -> r.domain(DomainType.VPC));
    address = elastic.allocationId();
    var name = elastic.publicIp().replace('.', '-') + "." + settings.get("BED_ADDRESS_DOMAIN");
    instance = run(userData(name, bed.acme().directory()));
    application = bed.application("https://" + name);
  }

  private String run(String userData) {
    return ec2.runInstances(r ->
            r.imageId("ami-0ubuntu2404amd64x")
                .instanceType("t3.small")
                .minCount(1)
                .maxCount(1)
                .securityGroupIds(group)
                .userData(base64(userData.getBytes(StandardCharsets.UTF_8))))
        .instances()
        .getFirst()
        .instanceId();
  }

  /** Traefik, which answers by HTTPS that it is well. */
  private String userData(String name, String directory) throws IOException {
    return """
    #cloud-config
    write_files:
    - {path: /edge/ca.crt, encoding: b64, content: %s}
    - path: /edge/routes.yml
      content: |
        http:
          routers:
            ping:
              rule: Host(`%s`)
              entryPoints: [websecure]
              service: ping@internal
              tls: {certResolver: acme}
    runcmd:
    - >-
      docker run -d -p 80:80 -p 443:443 -v /edge:/edge %s
      --entryPoints.web.address=:80 --entryPoints.websecure.address=:443
      --ping.manualRouting=true --providers.file.filename=/edge/routes.yml
      --certificatesResolvers.acme.acme.caServer=%s
      --certificatesResolvers.acme.acme.caCertificates=/edge/ca.crt
      --certificatesResolvers.acme.acme.storage=/edge/acme.json
      --certificatesResolvers.acme.acme.httpChallenge.entryPoint=web
    """
        .formatted(
            base64(Files.readAllBytes(settings.path("BED_CA"))),
            name,
            settings.get("BED_EDGE_IMAGE"),
            directory);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private InstanceStateName state() {
    return ec2.describeInstances(r -> r.instanceIds(instance))
        .reservations()
        .getFirst()
        .instances()
        .getFirst()
        .state()
        .name();
  }

  private void until(InstanceStateName state) {
    await("the machine").atMost(SOON).untilAsserted(() -> assertThat(state()).isEqualTo(state));
  }

  @BeforeAll
  void there() {
    until(InstanceStateName.RUNNING);
    ec2.associateAddress(r -> r.allocationId(address).instanceId(instance));
  }

  @AfterAll
  void goes() {
    ec2.terminateInstances(r -> r.instanceIds(instance));
    until(InstanceStateName.TERMINATED);
    ec2.releaseAddress(r -> r.allocationId(address));
    ec2.deleteSecurityGroup(r -> r.groupId(group));
  }

  @Test
  void a_machine_gets_one_certificate_for_the_name_of_its_address() {
    await("the edge")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(application.get("")).isEqualTo("OK"));
    assertThat(application.httpVersion()).isEqualTo("2");
    assertThat(mark.orders()).isEqualTo(1);
    assertThat(mark.certificates()).isEqualTo(1);
  }
}
