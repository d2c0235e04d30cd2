package dev.appenv.e2e.bed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The emulated AWS: as a person with all rights sees it, and as only a test can. */
public final class Aws implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String endpoint;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Ec2Client ec2;
  private final RdsClient rds;
  private final ElastiCacheClient elastiCache;
  private final S3Client s3;
  private final IamClient iam;
  private final Route53Client route53;
  private final SesV2Client ses;
  private final List<Call> calls = new ArrayList<>();

  Aws(Settings settings) {
    this.endpoint = settings.get("BED_AWS_ENDPOINT");
    this.ec2 = person(Ec2Client.builder());
    this.rds = person(RdsClient.builder());
    this.elastiCache = person(ElastiCacheClient.builder());
    this.s3 = person(S3Client.builder().forcePathStyle(true));
    this.iam = person(IamClient.builder());
    this.route53 = person(Route53Client.builder());
    this.ses = person(SesV2Client.builder());
  }

  private <B extends AwsClientBuilder<B, C>, C> C person(B builder) {
    return builder
        .endpointOverride(URI.create(endpoint))
        .region(Region.of(TestBed.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIAAPPENVPERSON0000", "secret")))
        .build();
  }

  public S3Client s3() {
    return s3;
  }

  public IamClient iam() {
    return iam;
  }

  public Route53Client route53() {
    return route53;
  }

  public SesV2Client ses() {
    return ses;
  }

  /** AWS has seen the DNS records of a domain. */
  public void verified(String identity) {
    post("/plus/ses", Map.of("verify", identity));
  }

  /** All that was sent by SMTP, the oldest first. */
  public List<Mail> mails() {
    var mails = new ArrayList<Mail>();
    for (var mail : json(get("/plus/mail")))
      mails.add(
          new Mail(
              mail.get("from").asText(),
              mail.get("to").valueStream().map(JsonNode::asText).toList(),
              mail.get("message").asText()));
    return mails;
  }

  /**
   * What was sent.
   *
   * @param message with its headers
   */
  public record Mail(String from, List<String> to, String message) {}

  public RdsClient rds() {
    return rds;
  }

  public ElastiCacheClient elastiCache() {
    return elastiCache;
  }

  public DBInstance database(String id) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(id)).dbInstances().getFirst();
  }

  public Ec2Client ec2() {
    return ec2;
  }

  // ---- the log of calls

  /** A moment in the log. */
  public final class Mark {
    private final int begin = read().size();

    /** The operator's calls since. */
    public List<Call> calls() {
      return read().stream().skip(begin).filter(Call::isOfOperator).toList();
    }

    /** Those that change something. */
    public List<Call> changes() {
      return calls().stream().filter(Call::mutating).toList();
    }

    /** How often the operator called each operation of EC2. */
    public Map<String, Long> counts() {
      return calls().stream()
          .filter(call -> call.service().equals("ec2"))
          .collect(Collectors.groupingBy(Call::action, TreeMap::new, Collectors.counting()));
    }
  }

  public Mark mark() {
    return new Mark();
  }

  private synchronized List<Call> read() {
    get("/plus/calls.jsonl?since=" + calls.size()).lines().map(Aws::call).forEach(calls::add);
    return List.copyOf(calls);
  }

  private static Call call(String line) {
    var json = json(line);
    return new Call(
        Instant.parse(json.get("time").asText()),
        json.get("service").asText(),
        json.get("action").asText(),
        json.get("mutating").asBoolean(),
        json.get("status").asInt(),
        json.get("caller").asText(),
        json.get("region").asText());
  }

  // ---- faults

  /** They replace those there were, and end when what is returned is closed. */
  public Faulty with(Fault... faults) {
    post("/plus/faults", Arrays.stream(faults).map(Fault::properties).toList());
    return this::endFaults;
  }

  public interface Faulty extends AutoCloseable {
    @Override
    void close();
  }

  public void endFaults() {
    post("/plus/faults", List.of());
  }

  /**
   * What the operator may do from now on: what these policies allow, as far as the bed's {@code
   * iam.py} looks at them. All of it again once what is returned is closed.
   */
  public Faulty onlyAllowing(List<JsonNode> policies) {
    post("/plus/iam", Map.of("key", Operator.ACCESS_KEY, "policies", policies));
    return () -> post("/plus/iam", Map.of("key", Operator.ACCESS_KEY));
  }

  /** From now on nothing is started: what is created is there at once, or after its duration. */
  public void onlyPictures() {
    post("/plus/lab", Map.of("do", "pictures"));
  }

  /**
   * How long what is new takes from now on.
   *
   * @param seconds by service: ec2, rds, elasticache
   */
  public void durations(Map<String, Integer> seconds) {
    post("/plus/durations", seconds);
  }

  /** The calls in whose request this text was, such as {@code rds CreateDBInstance}. */
  public List<String> callsThatSent(String text) {
    var calls = new ArrayList<String>();
    json(post("/plus/sent", Map.of("text", text))).forEach(call -> calls.add(call.asText()));
    return calls;
  }

  void machineFault(String what, String instanceId) {
    post("/plus/lab", Map.of("do", what, "target", instanceId));
  }

  /** Whether the machine has finished booting. */
  public boolean booted(String instanceId) {
    for (var machine : json(get("/plus/lab")))
      if (machine.get("key").asText().equals(instanceId)) return machine.get("ready").asBoolean();
    return false;
  }

  // ---- what people do by hand

  public void openPort(String groupId, int port) {
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(groupId).ipPermissions(fromAnywhere(port)));
  }

  public void closePort(String groupId, int port) {
    ec2.revokeSecurityGroupIngress(r -> r.groupId(groupId).ipPermissions(fromAnywhere(port)));
  }

  public boolean isOpen(String groupId, int port) {
    return ec2
        .describeSecurityGroups(r -> r.groupIds(groupId))
        .securityGroups()
        .getFirst()
        .ipPermissions()
        .stream()
        .anyMatch(rule -> rule.fromPort() != null && rule.fromPort() == port);
  }

  private static IpPermission fromAnywhere(int port) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(r -> r.cidrIp("0.0.0.0/0"))
        .build();
  }

  /** A VPC that the operator did not make. */
  public String foreignVpc(Map<String, String> tags) {
    var id = ec2.createVpc(r -> r.cidrBlock("10.99.0.0/16")).vpc().vpcId();
    if (!tags.isEmpty())
      ec2.createTags(r ->
          r.resources(id)
              .tags(
                  tags.entrySet().stream()
                      .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                      .toList()));
    return id;
  }

  /** Gives it the tag that people read. */
  public void name(String id, String name) {
    ec2.createTags(r -> r.resources(id).tags(Tag.builder().key("Name").value(name).build()));
  }

  // ---- what is there

  /** Without what a VPC brings along: its main route table and its default group. */
  public Inventory inventory() {
    var things = new TreeMap<String, Map<String, String>>();
    ec2.describeVpcs().vpcs().forEach(it -> things.put(it.vpcId(), map(it.tags())));
    ec2.describeSubnets().subnets().forEach(it -> things.put(it.subnetId(), map(it.tags())));
    ec2.describeInternetGateways()
        .internetGateways()
        .forEach(it -> things.put(it.internetGatewayId(), map(it.tags())));
    ec2.describeRouteTables().routeTables().stream()
        .filter(it -> it.associations().stream().noneMatch(a -> Boolean.TRUE.equals(a.main())))
        .forEach(it -> things.put(it.routeTableId(), map(it.tags())));
    ec2.describeSecurityGroups().securityGroups().stream()
        .filter(it -> !it.groupName().equals("default"))
        .forEach(it -> things.put(it.groupId(), map(it.tags())));
    ec2.describeAddresses()
        .addresses()
        .forEach(it -> things.put(it.allocationId(), map(it.tags())));
    ec2.describeKeyPairs().keyPairs().forEach(it -> things.put(it.keyPairId(), map(it.tags())));
    ec2.describeVolumes().volumes().forEach(it -> things.put(it.volumeId(), map(it.tags())));
    ec2.describeInstances().reservations().stream()
        .flatMap(it -> it.instances().stream())
        .filter(it -> it.state().name() != InstanceStateName.TERMINATED)
        .forEach(it -> things.put(it.instanceId(), map(it.tags())));
    rds.describeDBInstances()
        .dbInstances()
        .forEach(it -> things.put(it.dbInstanceIdentifier(), tags(it.tagList())));
    rds.describeDBSubnetGroups()
        .dbSubnetGroups()
        .forEach(it -> {
          var arn = it.dbSubnetGroupArn();
          var tags = rds.listTagsForResource(r -> r.resourceName(arn)).tagList();
          things.put(it.dbSubnetGroupName(), tags(tags));
        });
    rds.describeDBParameterGroups().dbParameterGroups().stream()
        .filter(it -> !it.dbParameterGroupName().startsWith("default."))
        .forEach(it -> {
          var arn = it.dbParameterGroupArn();
          var tags = rds.listTagsForResource(r -> r.resourceName(arn)).tagList();
          things.put(it.dbParameterGroupName(), tags(tags));
        });
    elastiCache
        .describeCacheSubnetGroups()
        .cacheSubnetGroups()
        .forEach(it -> things.put(it.cacheSubnetGroupName(), tagsOfCache(it.arn())));
    elastiCache
        .describeReplicationGroups()
        .replicationGroups()
        .forEach(it -> things.put(it.replicationGroupId(), tagsOfCache(it.arn())));
    s3.listBuckets().buckets().forEach(it -> things.put(it.name(), tagsOfBucket(it.name())));
    iam.listRoles(r -> r.pathPrefix("/appenv/"))
        .roles()
        .forEach(it -> {
          var tags = iam.listRoleTags(r -> r.roleName(it.roleName())).tags();
          things.put(
              it.roleName(), tags.stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())));
        });
    iam.listUsers(r -> r.pathPrefix("/appenv/"))
        .users()
        .forEach(it -> {
          var name = it.userName();
          var tags = iam.listUserTags(r -> r.userName(name)).tags();
          things.put(name, tags.stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())));
        });
    ses.listEmailIdentities(r -> {})
        .emailIdentities()
        .forEach(it -> {
          var name = it.identityName();
          var tags = ses.getEmailIdentity(r -> r.emailIdentity(name)).tags();
          things.put(name, tags.stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())));
        });
    return new Inventory(things);
  }

  private Map<String, String> tagsOfCache(String arn) {
    return elastiCache.listTagsForResource(r -> r.resourceName(arn)).tagList().stream()
        .collect(Collectors.toMap(t -> t.key(), t -> t.value()));
  }

  private Map<String, String> tagsOfBucket(String name) {
    try {
      return s3.getBucketTagging(r -> r.bucket(name)).tagSet().stream()
          .collect(Collectors.toMap(t -> t.key(), t -> t.value()));
    } catch (S3Exception e) {
      if (e.awsErrorDetails().errorCode().equals("NoSuchTagSet")) return Map.of();
      throw e;
    }
  }

  private static Map<String, String> tags(
      List<software.amazon.awssdk.services.rds.model.Tag> tags) {
    return tags.stream().collect(Collectors.toMap(t -> t.key(), t -> t.value()));
  }

  private static Map<String, String> map(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Override
  public void close() {
    ec2.close();
    rds.close();
    elastiCache.close();
    s3.close();
    iam.close();
    route53.close();
    ses.close();
    http.close();
  }

  // ---- the emulator's own pages

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String get(String path) {
    return send(HttpRequest.newBuilder(URI.create(endpoint + path)).build());
  }

  private String post(String path, Object body) {
    try {
      return send(
          HttpRequest.newBuilder(URI.create(endpoint + path))
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String send(HttpRequest request) {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200)
        throw new IllegalStateException(request.uri() + ": " + answer.body());
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
