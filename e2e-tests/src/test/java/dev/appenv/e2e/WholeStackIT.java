package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two environments with everything that one can have, and the application that uses it: rows, a
 * counter, files and mail, with real servers behind each. What is of one is closed to the other.
 */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class WholeStackIT {
  private static final String IN = "in";

  private final Aws aws;
  private final Environment shop;
  private final Environment other;

  WholeStackIT(TestBed bed) {
    this.aws = bed.aws();
    bed.untilDeletionsEnd();
    shop = whole(bed, "whole");
    other = whole(bed, "other");
  }

  private static Environment whole(TestBed bed, String name) {
    return bed.environment(name)
        .composeFile("docker-compose.aws.yml")
        .spec(
            "{database: {}, cache: {}, bucket: {}, email: {from: noreply@%s.example.com}}"
                .formatted(name))
        .create();
  }

  @BeforeAll
  void live() {
    for (var it : List.of(shop, other)) {
      it.untilReady();
      aws.verified(domain(it));
    }
  }

  @AfterAll
  void go() {
    shop.delete();
    other.delete();
  }

  // ---- what the application does with it

  @Test
  void the_application_writes_rows() {
    var name = unique();
    addItem(shop, name);
    assertThat(shop.application().get("api/v1/items")).contains(name);
    assertThat(shop.page()).contains(name);
  }

  @Test
  void the_application_counts() {
    var before = visits();
    shop.application().post("api/v1/visits", "");
    assertThat(visits()).isEqualTo(before + 1);
  }

  @Test
  void the_application_stores_a_file() {
    var name = unique();
    shop.application().put("api/v1/files/" + name, "pears");
    assertThat(shop.application().get("api/v1/files/" + name)).isEqualTo("pears");
    assertThat(
            aws.s3()
                .getObjectAsBytes(r -> r.bucket(shop.id("storage.bucket")).key(name))
                .asUtf8String())
        .isEqualTo("pears");
  }

  @Test
  void the_application_sends_a_mail() {
    var subject = unique();
    shop.application()
        .post(
            "api/v1/mail",
            "{\"to\": \"ann@%s\", \"subject\": \"%s\", \"text\": \"Apples are here\"}"
                .formatted(domain(shop), subject));
    assertThat(aws.mails())
        .filteredOn(mail -> mail.message().contains("Subject: " + subject))
        .singleElement()
        .satisfies(mail -> {
          assertThat(mail.from()).isEqualTo("noreply@" + domain(shop));
          assertThat(mail.to()).containsExactly("ann@" + domain(shop));
          assertThat(mail.message()).contains("Apples are here");
        });
  }

  // ---- its rows outlive it

  @Test
  void what_was_deleted_is_raised_again_from_its_snapshot_with_its_rows() {
    var name = unique();
    addItem(other, name);
    var machine = other.id("compute.instance");
    var manifest = other.get();
    other.delete();
    other.untilGone();
    other.applyAgain(
        manifest, "{database: {restoreFrom: {environment: %s}}}".formatted(other.name()));
    other.untilReady();
    aws.verified(domain(other));
    assertThat(other.id("compute.instance")).isNotEqualTo(machine);
    assertThat(other.application().get("api/v1/items")).contains(name);
  }

  // ---- what is of one is closed to the other

  @Test
  void a_database_is_closed_to_the_machine_of_another_environment() {
    var url = output(other, "DATABASE_URL");
    assertThat(database(other, url)).isEqualTo(IN);
    assertThat(database(shop, url)).contains("timeout expired");
  }

  @Test
  void a_database_refuses_the_password_of_another_environment() {
    assertThat(database(other, theirs("DATABASE_URL", "PGPASSWORD")))
        .contains("password authentication failed");
  }

  @Test
  void a_cache_is_closed_to_the_machine_of_another_environment() {
    var url = output(other, "REDIS_URL");
    assertThat(cache(other, url)).isEqualTo(IN);
    assertThat(cache(shop, url)).contains("TimeoutError");
  }

  @Test
  void a_cache_refuses_the_password_of_another_environment() {
    assertThat(cache(other, theirs("REDIS_URL", "REDIS_PASSWORD"))).contains("WRONGPASS");
  }

  @Test
  void a_bucket_refuses_the_role_of_another_environment() {
    other.application().put("api/v1/files/secret", "pears");
    var bucket = output(other, "S3_BUCKET");
    assertThat(s3(other, bucket))
        .containsExactly(
            "list_objects_v2 in", "get_object in", "put_object in", "delete_object in");
    assertThat(s3(shop, bucket))
        .containsExactly(
            "list_objects_v2 AccessDenied",
            "get_object AccessDenied",
            "put_object AccessDenied",
            "delete_object AccessDenied");
  }

  @Test
  void nobody_sends_mail_in_the_name_of_another_environment() {
    var said =
        tries(
            shop,
            """
            os.environ['SMTP_FROM'] = 'noreply@%s'
            parts.send('ann@%s', 'In your name', 'Pears')\
            """
                .formatted(domain(other), domain(other)));
    assertThat(said).contains("554").contains("Access denied");
  }

  // ---- how

  private static String unique() {
    return UUID.randomUUID().toString();
  }

  private static String domain(Environment environment) {
    return environment.name() + ".example.com";
  }

  private static void addItem(Environment environment, String name) {
    environment.application().post("api/v1/items", "{\"name\": \"%s\"}".formatted(name));
  }

  private int visits() {
    return Integer.parseInt(
        shop.application().get("api/v1/visits").replaceAll("(?s).*\"visits\": (\\d+).*", "$1"));
  }

  private static String output(Environment environment, String variable) {
    return Objects.requireNonNull(environment.secret("-outputs").get(variable), variable);
  }

  /** The way to what is of the other, with the password of what is of the shop. */
  private String theirs(String url, String password) {
    return output(other, url).replace(output(other, password), output(shop, password));
  }

  private static String database(Environment from, String url) {
    return tries(from, "import psycopg2; psycopg2.connect('%s', connect_timeout=3)".formatted(url));
  }

  private static String cache(Environment from, String url) {
    return tries(
        from,
        "import redis; redis.Redis.from_url('%s', socket_connect_timeout=3, socket_timeout=3).ping()"
            .formatted(url));
  }

  /** By call to S3 whether it is let in to the bucket. */
  private static List<String> s3(Environment from, String bucket) {
    return python(
            from,
            """
            calls = {'list_objects_v2': {}, 'get_object': {'Key': 'secret'}, 'put_object': {'Key': 'secret'}, 'delete_object': {'Key': 'secret'}}
            for call, more in calls.items():
                try:
                    getattr(parts.s3('%s'), call)(Bucket='%s', **more)
                    print(call, 'in')
                except Exception as e:
                    print(call, e.response['Error']['Code'])\
            """
                .formatted(TestBed.REGION, bucket))
        .lines()
        .toList();
  }

  /** {@link #IN}, or what refused it. */
  private static String tries(Environment from, String script) {
    return python(
        from,
        """
        try:
        %s
            print('%s')
        except Exception as e:
            print(type(e).__name__, e)\
        """
            .formatted(script.indent(4).stripTrailing(), IN));
  }

  /** Runs it where the backend of an environment runs, with what the backend has. */
  private static String python(Environment from, String script) {
    return from.machine()
        .python(
            "backend", "import os, sys\nsys.path.append('/opt/backend')\nimport parts\n" + script);
  }
}
