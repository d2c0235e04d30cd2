package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Scope;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.s3.S3Client;

/** Over every method that EC2 has, so that one which a later SDK brings is covered as well. */
class PermitTest {
  private static final Pattern DELETES =
      Pattern.compile("(delete|terminate|release|deregister|purge|cancel|revoke|disable).*");
  private static final Pattern READS = Pattern.compile("(describe|get|list|search).*");

  /** A Route 53 that any batch would reach. */
  private static final Route53Client ROUTE_53 =
      (Route53Client)
          Proxy.newProxyInstance(
              PermitTest.class.getClassLoader(),
              new Class<?>[] {Route53Client.class},
              (self, method, arguments) -> ChangeResourceRecordSetsResponse.builder().build());

  /** An EC2 that any call would reach. */
  private static final Ec2Client REACHED =
      (Ec2Client)
          Proxy.newProxyInstance(
              PermitTest.class.getClassLoader(),
              new Class<?>[] {Ec2Client.class},
              (self, method, arguments) -> {
                throw new AssertionError(method.getName() + " reached AWS");
              });

  private static final List<Method> METHODS =
      Stream.of(Ec2Client.class.getMethods())
          .filter(m -> !Modifier.isStatic(m.getModifiers()))
          .filter(m -> m.getParameterCount() == 1)
          .toList();

  private static List<Method> named(Pattern names) {
    return METHODS.stream().filter(m -> names.matcher(m.getName()).matches()).toList();
  }

  private static void assertRefused(Permit permit, Method method) {
    var client = permit.of(Ec2Client.class, REACHED);
    assertThatThrownBy(() -> method.invoke(client, new Object[] {null}))
        .as("%s under %s", method.getName(), permit)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(method.getName() + " called by code that may only " + permit);
  }

  @Test
  void what_creates_and_what_reads_cannot_reach_a_delete() {
    var deletes = named(DELETES);
    assertThat(deletes).hasSizeGreaterThan(200);
    for (var method : deletes)
      for (var permit : List.of(Permit.CREATE, Permit.READ)) assertRefused(permit, method);
  }

  @Test
  void what_changes_cannot_delete_a_resource() {
    var parts = Set.of("deleteRoute");
    for (var method : named(Pattern.compile("(delete|terminate|release|deregister).*")))
      if (!parts.contains(method.getName())) assertRefused(Permit.CHANGE, method);
  }

  @Test
  void what_changes_cannot_create_a_resource() {
    var parts = Set.of("createRoute", "createTags");
    for (var method : named(Pattern.compile("(create|run|allocate|import).*")))
      if (!parts.contains(method.getName())) assertRefused(Permit.CHANGE, method);
  }

  @Test
  void what_deletes_cannot_create() {
    for (var method : named(Pattern.compile("(create|run|allocate|import|start|modify|attach).*")))
      assertRefused(Permit.DELETE, method);
  }

  @Test
  void what_marks_can_change_tags_and_nothing_else() {
    assertThat(METHODS.stream().map(Method::getName).distinct())
        .filteredOn(name -> !READS.matcher(name).matches())
        .filteredOn(Permit.MARK::allows)
        .containsExactlyInAnyOrder("createTags", "deleteTags");
  }

  @Test
  void what_reads_can_do_nothing_that_is_not_a_read() {
    assertThat(METHODS.stream().map(Method::getName).distinct())
        .filteredOn(Permit.READ::allows)
        .allMatch(name -> READS.matcher(name).matches());
  }

  @Test
  void what_changes_mail_or_its_user_cannot_make_or_delete_them_or_their_keys() {
    assertThat(
            List.of(
                "createAccessKey",
                "createEmailIdentity",
                "createLoginProfile",
                "createUser",
                "deleteAccessKey",
                "deleteEmailIdentity",
                "deleteUser"))
        .noneMatch(Permit.CHANGE::allows)
        .noneMatch(Permit.MARK::allows);
  }

  private static Stream<String> ofS3(Permit permit) {
    return Stream.of(S3Client.class.getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()))
        .map(Method::getName)
        .distinct()
        .filter(name -> !READS.matcher(name).matches())
        .filter(permit::allows);
  }

  @Test
  void what_creates_reads_or_marks_cannot_reach_a_bucket_that_is_there_or_what_is_in_it() {
    assertThat(ofS3(Permit.READ)).allMatch(name -> name.matches("head.*|service.*|close"));
    assertThat(ofS3(Permit.CREATE)).noneMatch(name -> name.matches("(delete|put|abort).*"));
    assertThat(ofS3(Permit.MARK).filter(name -> !Permit.READ.allows(name)))
        .containsExactly("putBucketTagging");
  }

  @Test
  void what_changes_a_bucket_can_delete_neither_it_nor_what_is_in_it() {
    assertThat(ofS3(Permit.CHANGE).filter(name -> name.matches("(delete|abort|create).*")))
        .containsExactlyInAnyOrder(
            "deleteBucketPolicy", "deleteBucketCors", "deleteBucketLifecycle");
  }

  @Test
  void in_elasticache_what_creates_changes_or_marks_cannot_delete_either() {
    var names = Stream.of(ElastiCacheClient.class.getMethods()).map(Method::getName).distinct();
    assertThat(names)
        .filteredOn(name -> DELETES.matcher(name).matches() || name.startsWith("remove"))
        .filteredOn(name ->
            Permit.CREATE.allows(name) || Permit.CHANGE.allows(name) || Permit.MARK.allows(name))
        .containsOnly("removeTagsFromResource", "revokeCacheSecurityGroupIngress");
  }

  private static ChangeResourceRecordSetsRequest batch(Change... changes) {
    return ChangeResourceRecordSetsRequest.builder()
        .hostedZoneId("Z1")
        .changeBatch(b -> b.changes(changes))
        .build();
  }

  private static Change change(ChangeAction action, String name) {
    return Change.builder()
        .action(action)
        .resourceRecordSet(s -> s.name(name).type(RRType.A))
        .build();
  }

  /** The permits under which a batch reaches Route 53. */
  private static List<Permit> under(ChangeResourceRecordSetsRequest batch) {
    return Stream.of(Permit.values())
        .filter(permit -> {
          try {
            permit.of(Route53Client.class, ROUTE_53).changeResourceRecordSets(batch);
            return true;
          } catch (IllegalStateException e) {
            return false;
          }
        })
        .toList();
  }

  @Test
  void a_batch_of_dns_records_goes_by_what_is_in_it() {
    var made = change(ChangeAction.CREATE, "a.example");
    var gone = change(ChangeAction.DELETE, "a.example.");
    assertThat(under(batch(made))).containsExactly(Permit.CREATE);
    assertThat(under(batch(gone))).containsExactly(Permit.DELETE);
    assertThat(under(batch(gone, made))).containsExactly(Permit.CHANGE, Permit.MARK);
  }

  @Test
  void no_batch_deletes_beside_what_it_makes_or_overwrites_what_may_be_of_others() {
    var made = change(ChangeAction.CREATE, "a.example");
    assertThat(under(batch(change(ChangeAction.DELETE, "b.example"), made))).isEmpty();
    assertThat(under(batch(change(ChangeAction.UPSERT, "a.example")))).isEmpty();
    assertThat(under(batch(made, change(ChangeAction.UPSERT, "a.example")))).isEmpty();
    for (var permit : Permit.values())
      assertThat(permit.allows("changeResourceRecordSets")).isFalse();
  }

  @Test
  void everyone_may_read() {
    for (var permit : Permit.values()) {
      assertThat(permit.allows("describeVpcs")).isTrue();
      assertThat(permit.allows("describeInstancesPaginator")).isTrue();
    }
  }

  @Test
  void an_error_of_aws_arrives_as_it_is() {
    var world = new World();
    var client =
        Permit.DELETE.of(
            Ec2Client.class,
            world.hand(new Scope(new Owner("c", "u", "n", "e"), "dev", "eu-central-1")));
    assertThatThrownBy(() -> client.deleteVpc(r -> r.vpcId("vpc-none")))
        .isInstanceOf(Ec2Exception.class);
  }
}
