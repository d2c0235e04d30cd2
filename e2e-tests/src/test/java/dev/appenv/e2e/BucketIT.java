package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a bucket over the wire, and of the role by which the application uses it. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class BucketIT {
  private static final String BUCKET = "storage.bucket";
  private static final String ROLE = "identity.role";

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;

  BucketIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    shop = bed.environment("bucket").spec("{bucket: {}}").create();
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    shop.untilInfrastructureReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
  }

  @Test
  void the_application_is_told_of_it_and_the_machine_has_the_role() {
    assertThat(shop.secret("-outputs"))
        .isEqualTo(Map.of("S3_BUCKET", shop.id(BUCKET), "S3_REGION", TestBed.REGION));
    var machine = shop.id("compute.instance");
    var profile =
        aws.ec2()
            .describeInstances(r -> r.instanceIds(machine))
            .reservations()
            .getFirst()
            .instances()
            .getFirst()
            .iamInstanceProfile();
    assertThat(profile.arn()).endsWith("/" + shop.id("identity.instanceProfile"));
    assertThat(aws.inventory().of(shop).ids()).contains(shop.id(BUCKET), shop.id(ROLE));
  }
}
