package dev.appenv.e2e.bed;

import static org.awaitility.Awaitility.await;

import dev.appenv.operator.aws.hand.Console;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Somebody at the console of the emulated AWS, at work on what one environment owns. */
public final class Person implements Console {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
  private static final Set<String> SETTLED = Set.of("running", "stopped", "terminated");

  private final Aws aws;
  private final Environment environment;

  public Person(Aws aws, Environment environment) {
    this.aws = aws;
    this.environment = environment;
  }

  @Override
  public Ec2Client ec2() {
    return aws.ec2();
  }

  @Override
  public RdsClient rds() {
    return aws.rds();
  }

  @Override
  public ElastiCacheClient elastiCache() {
    throw new UnsupportedOperationException("the emulator's caches have no nodes");
  }

  @Override
  public S3Client s3() {
    return aws.s3();
  }

  @Override
  public IamClient iam() {
    return aws.iam();
  }

  @Override
  public String id(String name) {
    return environment.id(name);
  }

  /** A machine takes a while to stop; a database is at once what it is to be. */
  @Override
  public void settle() {
    var machine = id("compute.instance");
    await("the machine to be where it was sent")
        .atMost(LONG_ENOUGH)
        .until(() ->
            SETTLED.contains(
                ec2()
                    .describeInstances(r -> r.instanceIds(machine))
                    .reservations()
                    .getFirst()
                    .instances()
                    .getFirst()
                    .state()
                    .nameAsString()));
  }
}
