package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.GitRepository;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cache over the wire, from its creation until it is gone. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CacheIT {
  /** Sends commands in clear words, which the protocol allows, and tells the first answers. */
  private static final String CLIENT =
      """
      import os, socket, ssl, sys, urllib.parse
      url = urllib.parse.urlparse(os.environ["REDIS_URL"])
      cache = ssl._create_unverified_context().wrap_socket(socket.create_connection((url.hostname, url.port), 5))
      cache.sendall(sys.argv[1].replace("PASSWORD", url.password).encode() + b"\\nQUIT\\n")
      print(b"".join(iter(lambda: cache.recv(4096), b"")).decode())
      """;

  private final Environment shop;

  CacheIT(TestBed bed) {
    shop = bed.environment("cached").spec("{cache: {}}").create();
    shop.git()
        .push(
            GitRepository.shop(bed, "v1")
                .replace(
                    "POSTGRES_SERVER: db", "POSTGRES_SERVER: db\n      REDIS_URL: ${REDIS_URL}"));
  }

  @BeforeAll
  void there() {
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
    shop.untilGone();
  }

  private String ask(String commands) {
    var machine = shop.machine();
    return machine.run(
        "docker exec %s python3 -c '%s' '%s'"
            .formatted(machine.containers("backend"), CLIENT, commands));
  }

  @Test
  void a_service_on_the_machine_enters_the_cache_by_the_variable() {
    assertThat(ask("AUTH PASSWORD\nSET greeting hello\nGET greeting"))
        .containsSubsequence("+OK", "+OK", "hello");
  }

  @Test
  void who_does_not_know_the_password_reads_nothing() {
    assertThat(ask("GET greeting")).contains("NOAUTH");
    assertThat(ask("AUTH guessed\nGET greeting")).contains("WRONGPASS", "NOAUTH");
  }
}
