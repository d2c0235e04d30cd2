package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.appenv.operator.plan.Outcome;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** A real client of the SDK against a server on the loopback interface. */
class CallGateTest {
  private static final String REGION = "eu-central-1";

  /** One call at once and one more a second, of each kind. */
  private static final double LITTLE = 0.001;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private volatile @Nullable Long stoppedAt;
  private final CallGate gate = new CallGate(LITTLE, registry, time());
  private final AtomicInteger received = new AtomicInteger();
  private volatile int status = 200;
  private volatile String answer = "<Response/>";
  private HttpServer server;
  private Ec2Client ec2;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          var body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    ec2 =
        Ec2Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(r -> r.maxAttempts(1))
                    .addExecutionInterceptor(gate)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    ec2.close();
    server.stop(0);
  }

  private void refuse(int with, String code, String message) {
    status = with;
    answer =
        "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>"
            .formatted(code, message);
  }

  private void deleteVpc() {
    ec2.deleteVpc(r -> r.vpcId("vpc-1"));
  }

  private double counted(String outcome) {
    return registry.get("appenv.aws.calls").tag("outcome", outcome).counter().count();
  }

  @Test
  void a_step_is_admitted_while_there_is_room_and_never_waits() {
    assertThat(gate.admit(REGION, Budget.EC2_CHANGE, 1)).isTrue();
    assertThat(gate.admit(REGION, Budget.EC2_CHANGE, 1)).isFalse();
    assertThat(gate.admit(REGION, Budget.RUN_INSTANCES, 1)).isTrue();
    assertThat(gate.admit("eu-west-1", Budget.EC2_CHANGE, 1)).isTrue();
  }

  @Test
  void what_is_of_no_region_has_one_limit_for_all() {
    assertThat(gate.admit(REGION, Budget.ROUTE_53, 1)).isTrue();
    assertThat(gate.admit("aws-global", Budget.ROUTE_53, 1)).isFalse();
    assertThat(gate.admit("eu-west-1", Budget.IAM, 1)).isTrue();
  }

  @Test
  void what_was_admitted_is_called_without_paying_twice() {
    assertThat(gate.admit(REGION, Budget.EC2_CHANGE, 1)).isTrue();
    CallGate.<Void>paid(() -> {
      deleteVpc();
      return null;
    });
    assertThat(received).hasValue(1);
    assertThat(counted("success")).isEqualTo(1);
  }

  @Test
  void what_can_wait_leaves_half_of_the_room_to_what_cannot() {
    var gate = new CallGate(1, registry);
    var half = (int) Budget.S3.size(1) / 2;
    assertThat(gate.spare(REGION, Budget.S3, half)).isTrue();
    assertThat(gate.spare(REGION, Budget.S3, half / 2)).isFalse();
    assertThat(gate.admit(REGION, Budget.S3, half / 2)).isTrue();
  }

  @Test
  void what_takes_more_calls_than_there_is_ever_room_for_takes_all_there_is() {
    var gate = new CallGate(1, registry);
    assertThat(gate.spare(REGION, Budget.SES, 1000)).isTrue();
    assertThat(gate.admit(REGION, Budget.SES, 1)).isFalse();
  }

  @Test
  void a_service_that_is_one_for_all_regions_has_one_limit() {
    var gate = new CallGate(1, registry);
    assertThat(gate.admit(REGION, Budget.IAM, (int) Budget.IAM.size(1))).isTrue();
    assertThat(gate.admit("aws-global", Budget.IAM, (int) Budget.IAM.size(1) / 2)).isFalse();
  }

  @Test
  void a_call_for_which_there_is_no_room_for_long_is_not_sent_and_that_is_certain() {
    // As many as would have to wait for longer than anybody waits.
    var callers = new Thread[20];
    var refused = new AtomicInteger();
    for (var i = 0; i < callers.length; i++)
      callers[i] =
          Thread.ofVirtual()
              .start(() -> {
                var thrown = catchThrowable(this::deleteVpc);
                if (thrown instanceof RuntimeException e
                    && Failures.of(e).cause() == Outcome.Cause.THROTTLED) refused.incrementAndGet();
              });
    for (var caller : callers) join(caller);
    assertThat(refused.get()).isPositive();
    assertThat(refused.get() + received.get()).isEqualTo(callers.length);
    assertThat(counted("not_sent")).isEqualTo(refused.get());
  }

  @Test
  void a_throttle_by_aws_empties_the_bucket() {
    stoppedAt = System.nanoTime();
    refuse(503, "RequestLimitExceeded", "slow down");
    assertThat(gate.admit(REGION, Budget.EC2_READ, 1)).isTrue();
    assertThat(gate.admit(REGION, Budget.EC2_CHANGE, 1)).isTrue();
    var thrown =
        catchThrowable(() ->
            CallGate.<Void>paid(() -> {
              deleteVpc();
              return null;
            }));
    assertThat(thrown).isInstanceOf(Ec2Exception.class);
    assertThat(counted("throttled")).isEqualTo(1);
    assertThat(gate.admit(REGION, Budget.EC2_CHANGE, 1)).isFalse();
  }

  @Test
  void a_denial_in_which_aws_encodes_what_is_missing_names_it() {
    refuse(
        403,
        "UnauthorizedOperation",
        "You are not authorized to perform this operation. Encoded authorization failure message: Zm9v");
    var thrown = catchThrowable(this::deleteVpc);
    assertThat(thrown).isInstanceOf(Ec2Exception.class);
    assertThat(Failures.of((Ec2Exception) thrown))
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Cause.DENIED,
                "Ec2 denied the call (UnauthorizedOperation: You are not authorized to perform this operation. Not allowed to perform: ec2:DeleteVpc); give the operator's role the permission"));
    assertThat(counted("UnauthorizedOperation")).isEqualTo(1);
  }

  /** The system's time, until it is stopped. */
  private TimeMeter time() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return Objects.requireNonNullElseGet(stoppedAt, System::nanoTime);
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
