package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.memory.TestClock;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.registry.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many environments, one question. */
class ImagesTest {
  private static final String IMAGE = "registry.test/shop/web:v1";
  private static final int MANY = 50;

  private final TestClock clock = new TestClock();
  private final MemoryRegistry registry = new MemoryRegistry();
  private final MemorySecrets secrets = new MemorySecrets();
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final Set<String> woken = java.util.concurrent.ConcurrentHashMap.newKeySet();
  private final Images images =
      new Images(registry, new Secrets(secrets), threads, clock, woken::add);
  private final List<Cluster> environments = new ArrayList<>();

  @AfterEach
  void stop() {
    images.close();
    threads.shutdownNow();
  }

  private void environments(int count) {
    for (var i = 0; i < count; i++)
      environments.add(new Cluster(new Owner(Cluster.CLUSTER_ID, "uid-" + i, "shop", "shop-" + i)));
  }

  private Images.Reading of(int index) {
    return images.of(environments.get(index).read(), Set.of(IMAGE));
  }

  /** All have a pass, and what they begin is done. */
  private void pass() throws Exception {
    for (var i = 0; i < environments.size(); i++) of(i);
    threads.submit(() -> {}).get(10, TimeUnit.SECONDS);
  }

  @Test
  void one_question_a_poll_serves_all_that_have_the_image() throws Exception {
    environments(MANY);
    var digest = registry.push(IMAGE, "1");
    pass();
    pass();
    assertThat(registry.asked(IMAGE)).isOne();
    for (var i = 0; i < MANY; i++)
      assertThat(of(i).answers()).isEqualTo(Map.of(IMAGE, new Lookup.Found(digest)));
    clock.advance(Duration.ofSeconds(53));
    pass();
    assertThat(registry.asked(IMAGE)).as("not before it is due").isOne();
    clock.advance(Duration.ofSeconds(7));
    pass();
    assertThat(registry.asked(IMAGE)).isEqualTo(2);
  }

  @Test
  void all_are_woken_by_another_answer() throws Exception {
    environments(MANY);
    pass();
    pass();
    woken.clear();
    registry.push(IMAGE, "1");
    clock.advance(Duration.ofMinutes(1));
    pass();
    assertThat(woken).hasSize(MANY);
  }

  @Test
  void nobody_gets_the_answer_to_another_login() throws Exception {
    environments(2);
    registry.push(IMAGE, "1");
    registry.password("right");
    secrets.put(
        "shop",
        "registry",
        Map.of(
            ".dockerconfigjson",
            "{\"auths\": {\"registry.test\": {\"username\": \"puller\", \"password\": \"right\"}}}"));
    environments
        .getFirst()
        .apply(
            Specs.patched(
                Specs.DEDICATED, "{release: {registryCredentialsSecretRef: {name: registry}}}"));
    pass();
    pass();
    assertThat(of(0).answers().get(IMAGE)).isInstanceOf(Lookup.Found.class);
    assertThat(of(1).answers().get(IMAGE)).isInstanceOf(Lookup.Denied.class);
  }

  @Test
  void a_secret_that_is_missing_keeps_its_environment_alone_from_asking() throws Exception {
    environments(1);
    environments
        .getFirst()
        .apply(
            Specs.patched(
                Specs.DEDICATED, "{release: {registryCredentialsSecretRef: {name: registry}}}"));
    pass();
    assertThat(of(0).problem())
        .hasValueSatisfying(problem ->
            assertThat(problem.message())
                .contains("spec.release.registryCredentialsSecretRef", "no Secret registry"));
    assertThat(registry.asked(IMAGE)).isZero();
  }

  @Test
  void what_was_found_holds_while_the_registry_cannot_be_asked() throws Exception {
    environments(1);
    var digest = registry.push(IMAGE, "1");
    pass();
    pass();
    registry.answer(new Lookup.Unreachable("away"));
    clock.advance(Duration.ofMinutes(1));
    pass();
    assertThat(registry.asked(IMAGE)).isEqualTo(2);
    assertThat(of(0).answers()).isEqualTo(Map.of(IMAGE, new Lookup.Found(digest)));
  }

  @Test
  void what_is_to_be_read_anew_is_asked_at_once() throws Exception {
    environments(1);
    pass();
    pass();
    images.refresh("uid-0");
    pass();
    assertThat(registry.asked(IMAGE)).isEqualTo(2);
  }
}
