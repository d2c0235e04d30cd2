package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.SdkClients.Access;
import dev.appenv.operator.plan.Owner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** As whom AWS is called: the SDK's own clients, with nothing but the network replaced. */
class SdkClientsTest {
  private static final String REGION = "eu-central-1";
  private static final Owner SHOP = new Owner("c", "uid-1", "shop", "main");
  private static final Owner BLOG = new Owner("c", "uid-2", "blog", "main");

  /** AWS at the other end of the wire: gives each session its own key, and notes who calls. */
  private static final class Network implements SdkHttpClient {
    private static final Pattern KEY = Pattern.compile("Credential=([^/]+)/");

    final List<Map<String, String>> assumed = new ArrayList<>();
    final List<String> callers = new ArrayList<>();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      var form = form(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return answer(
              form.getOrDefault("Action", "").equals("AssumeRole")
                  ? assume(form)
                  : called(request));
        }

        @Override
        public void abort() {}
      };
    }

    private static Map<String, String> form(HttpExecuteRequest request) {
      var form = new ConcurrentHashMap<String, String>();
      request
          .contentStreamProvider()
          .ifPresent(body -> {
            try (var stream = body.newStream()) {
              for (var pair :
                  new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("&", -1)) {
                var parts = pair.split("=", 2);
                if (parts.length == 2)
                  form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      return form;
    }

    private String assume(Map<String, String> form) {
      assumed.add(form);
      return """
      <AssumeRoleResponse><AssumeRoleResult><Credentials>
      <AccessKeyId>KEY.%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
      <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
      </Credentials></AssumeRoleResult></AssumeRoleResponse>
      """
          .formatted(form.get("RoleSessionName"));
    }

    private String called(HttpExecuteRequest request) {
      var authorization = request.httpRequest().firstMatchingHeader("Authorization").orElse("");
      var key = KEY.matcher(authorization);
      callers.add(key.find() ? key.group(1) : "nobody");
      return "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";
    }

    private static HttpExecuteResponse answer(String body) {
      return HttpExecuteResponse.builder()
          .response(SdkHttpResponse.builder().statusCode(200).build())
          .responseBody(
              AbortableInputStream.create(
                  new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
          .build();
    }

    @Override
    public void close() {}
  }

  private final Network network = new Network();
  private final Map<String, Access> accounts = new ConcurrentHashMap<>();
  private final SdkClients clients =
      new SdkClients(
          name -> Optional.ofNullable(accounts.get(name)),
          _ -> new CallGate(1, new SimpleMeterRegistry()),
          Session.ofCluster("c"),
          network,
          StaticCredentialsProvider.create(AwsBasicCredentials.create("OWN", "secret")));

  private void call(Permit permit) {
    clients.in("dev", REGION).ec2(permit).describeVpcs(r -> {});
  }

  private boolean callFor(Owner owner) {
    return Session.of(owner)
        .run(() -> {
          call(Permit.CHANGE);
          return true;
        });
  }

  private List<String> sessions() {
    return network.assumed.stream()
        .map(form -> String.valueOf(form.get("RoleSessionName")))
        .toList();
  }

  @Test
  void without_a_role_the_operators_own_credentials_are_used() {
    accounts.put("dev", new Access(null, null, null));
    call(Permit.READ);
    assertThat(callFor(SHOP)).isTrue();
    assertThat(network.assumed).isEmpty();
    assertThat(network.callers).containsExactly("OWN", "OWN");
  }

  @Test
  void a_role_is_assumed_once_for_all_shared_calls_in_a_session_of_the_cluster() {
    accounts.put("dev", new Access("arn:aws:iam::123456789012:role/appenv", "secret-id", null));
    for (var i = 0; i < 5; i++) call(Permit.READ);
    assertThat(network.assumed).hasSize(1);
    assertThat(network.assumed.getFirst())
        .containsEntry("RoleArn", "arn:aws:iam::123456789012:role/appenv")
        .containsEntry("ExternalId", "secret-id")
        .containsEntry("RoleSessionName", "appenv-c");
    assertThat(network.callers).containsOnly("KEY.appenv-c");
  }

  @Test
  void what_is_done_for_an_environment_is_done_in_a_session_of_its_own_that_lasts() {
    accounts.put("dev", new Access("arn:aws:iam::123456789012:role/appenv", null, null));
    call(Permit.READ);
    for (var i = 0; i < 3; i++) {
      assertThat(callFor(SHOP)).isTrue();
      assertThat(callFor(BLOG)).isTrue();
    }
    assertThat(sessions()).containsExactly("appenv-c", "shop.main", "blog.main");
    assertThat(network.callers.subList(1, 3)).containsExactly("KEY.shop.main", "KEY.blog.main");
    assertThat(network.assumed.getFirst()).doesNotContainKey("ExternalId");
  }

  @Test
  void a_changed_role_or_external_id_takes_effect_with_the_next_call() {
    accounts.put("dev", new Access("arn:aws:iam::123456789012:role/old", null, null));
    call(Permit.READ);
    accounts.put("dev", new Access("arn:aws:iam::123456789012:role/new", null, null));
    call(Permit.READ);
    accounts.put("dev", new Access("arn:aws:iam::123456789012:role/new", "id-2", null));
    assertThat(callFor(SHOP)).isTrue();
    assertThat(network.assumed)
        .extracting(form -> form.get("RoleArn"))
        .containsExactly(
            "arn:aws:iam::123456789012:role/old",
            "arn:aws:iam::123456789012:role/new",
            "arn:aws:iam::123456789012:role/new");
    assertThat(network.assumed.getLast()).containsEntry("ExternalId", "id-2");
  }
}
