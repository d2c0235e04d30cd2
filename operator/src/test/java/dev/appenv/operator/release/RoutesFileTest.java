package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesFileTest {
  @Test
  void leads_each_path_to_the_containers_of_one_release_and_the_longest_counts() {
    var ingress =
        new Ingress(
            List.of(
                new Ingress.Route("/api/v2", "next", 9000),
                new Ingress.Route("/api", "backend", 8000),
                new Ingress.Route("/", "frontend", 80)));

    assertThat(RoutesFile.render(ingress, "3f9c2d1ab012-5e8a1b2c"))
        .isEqualTo(
            """
            # Written by AppEnv at each release; changes here are undone.
            # release: 3f9c2d1ab012-5e8a1b2c
            http:
              routers:
                release: {entryPoints: [inside], rule: "Path(`/release/3f9c2d1ab012-5e8a1b2c`)", service: ping@internal}
                route-1:
                  entryPoints: [web]
                  rule: "Path(`/api/v2`) || PathPrefix(`/api/v2/`)"
                  priority: 7
                  middlewares: [retry]
                  service: route-1
                route-2:
                  entryPoints: [web]
                  rule: "Path(`/api`) || PathPrefix(`/api/`)"
                  priority: 4
                  middlewares: [retry]
                  service: route-2
                route-3:
                  entryPoints: [web]
                  rule: "PathPrefix(`/`)"
                  priority: 1
                  middlewares: [retry]
                  service: route-3
              middlewares:
                retry: {retry: {attempts: 3, initialInterval: 50ms}}
              services:
                route-1: {loadBalancer: {servers: [{url: "http://next-3f9c2d1ab012-5e8a1b2c:9000"}]}}
                route-2: {loadBalancer: {servers: [{url: "http://backend-3f9c2d1ab012-5e8a1b2c:8000"}]}}
                route-3: {loadBalancer: {servers: [{url: "http://frontend-3f9c2d1ab012-5e8a1b2c:80"}]}}
            """);
  }
}
