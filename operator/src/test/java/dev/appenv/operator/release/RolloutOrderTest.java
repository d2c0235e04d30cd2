package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RolloutOrderTest {
  private static RolloutOrder of(String yaml, Ingress ingress) {
    return switch (ComposeFile.parse(yaml, ingress)) {
      case ComposeFile.Valid valid ->
          RolloutOrder.of(
              DesiredRelease.of(
                  valid,
                  new ReleaseIdentity("c1", "u1", "commit"),
                  ingress,
                  new TreeMap<>(),
                  RunningState.EMPTY,
                  Map.of(),
                  Map.of()));
      case ComposeFile.Invalid(String message) -> throw new AssertionError(message);
    };
  }

  private static List<String> beside(RolloutOrder order) {
    return order.beside().stream().map(ComposeService::name).toList();
  }

  @Test
  void what_the_services_beside_need_comes_before_them_and_the_others_after() {
    var order =
        of(
            """
            services:
              frontend: {image: a, depends_on: [backend]}
              backend: {image: a, depends_on: {db: {condition: service_healthy}}}
              db: {image: a, depends_on: [disk]}
              disk: {image: a}
              worker: {image: a, depends_on: [backend]}
              debug: {image: a, profiles: [debug]}
            """,
            new Ingress(
                List.of(
                    new Ingress.Route("/api", "backend", 8000),
                    new Ingress.Route("/", "frontend", 80))));

    assertThat(order.before()).containsExactly("db", "disk");
    assertThat(beside(order)).containsExactly("backend", "frontend");
    assertThat(order.after()).containsExactly("worker");
  }

  @Test
  void one_that_writes_to_a_volume_is_not_run_twice() {
    var yaml =
        """
        services:
          web:
            image: a
            volumes: [%s]
        volumes: {data: {}}
        """;

    for (var writes : List.of("data:/data", "{type: volume, source: data, target: /data}"))
      assertThat(of(yaml.formatted(writes), Ingress.to("web", 80)).after()).containsExactly("web");
    for (var reads :
        List.of("data:/data:ro", "{type: volume, source: data, target: /data, read_only: true}"))
      assertThat(beside(of(yaml.formatted(reads), Ingress.to("web", 80)))).containsExactly("web");
  }
}
