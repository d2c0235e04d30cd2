package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which services of the compose file answer from outside. The machine's edge, a proxy, leads to
 * them.
 */
public record IngressSpec(
    @JsonPropertyDescription(
            "Service of the compose file that gets the requests which no route takes.")
        @Size(max = 63)
        @ValidationRule(value = Rules.COMPOSE_SERVICE, message = Rules.COMPOSE_SERVICE_MESSAGE)
        String service,
    @JsonPropertyDescription("Port that the service listens on inside its container, 1 to 65535.")
        @Min(1)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription(
            "DNS name of the application, in lower case, such as shop.example.com, at most 245"
                + " characters. Where the AwsAccount's hostedZone holds it, an A record that leads"
                + " to the machine is made there; else status.recordsToSet says what to set."
                + " Left out: the application is reached by the machine's address.")
        @Size(max = 245)
        @ValidationRule(value = Rules.DNS_NAME, message = Rules.DNS_NAME_MESSAGE)
        @Nullable String domain,
    @JsonPropertyDescription(
            "Paths that lead to other services, at most 20; of several that fit the longest counts."
                + " Default: none.")
        @Size(max = 20)
        @ValidationRule(
            value = "self.all(r, self.exists_one(o, o.path == r.path))",
            message = "must not name a path twice")
        @Nullable List<RouteSpec> routes) {

  /** A path, and all below it, of one service. */
  public record RouteSpec(
      @JsonPropertyDescription(
              "Path such as /api, which takes /api and /api/orders but not /apis: segments of"
                  + " letters, digits, '.', '_', '~' and '-', without a slash at the end. The"
                  + " service gets the whole path.")
          @Size(max = 200)
          @ValidationRule(
              value = "self.matches(r'^(/[A-Za-z0-9._~-]+)+$')",
              message =
                  "must be a path such as /api: segments of letters, digits, '.', '_', '~' and '-',"
                      + " without a slash at the end")
          String path,
      @JsonPropertyDescription("Service of the compose file that gets its requests.")
          @Size(max = 63)
          @ValidationRule(value = Rules.COMPOSE_SERVICE, message = Rules.COMPOSE_SERVICE_MESSAGE)
          String service,
      @JsonPropertyDescription("Port that the service listens on inside its container, 1 to 65535.")
          @Min(1)
          @Max(65535)
          Integer port) {}
}
