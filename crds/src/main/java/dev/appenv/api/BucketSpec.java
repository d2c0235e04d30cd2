package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record BucketSpec(
    @JsonPropertyDescription(
            "true: what is overwritten or deleted stays for a while as an older version. false: no"
                + " older versions are made. Default: true.")
        @Nullable Boolean versioning,
    @JsonPropertyDescription(
            "For how many days older versions stay, 1 to 3650. Uploads that were never completed go"
                + " after 7 days. Default: "
                + Defaults.NONCURRENT_VERSION_DAYS
                + ".")
        @Min(1)
        @Max(3650)
        @Nullable Integer noncurrentVersionDays,
    @JsonPropertyDescription(
            "Which web pages of other origins may use the bucket (CORS), at most 10 rules; the first"
                + " that fits counts. Default: none.")
        @Size(max = 10)
        @Nullable List<CorsRule> cors) {

  public record CorsRule(
      @JsonPropertyDescription(
              "Origins of the pages, 1 to 20, such as https://www.example.com; \"*\" stands for"
                  + " anything and may be in each once.")
          @Size(min = 1, max = 20)
          @EachItem(
              @ValidationRule(
                  value =
                      "self == '*' || self.matches(r'^https?://[A-Za-z0-9.-]*\\*?[A-Za-z0-9.-]*(:[0-9]{1,5})?$')",
                  message =
                      "must be an origin without a path, such as https://www.example.com or"
                          + " https://*.example.com, or \"*\" for all"))
          List<@Size(max = 255) String> allowedOrigins,
      @JsonPropertyDescription("HTTP methods that the pages may use, 1 to 5.")
          @Size(min = 1, max = 5)
          List<Method> allowedMethods,
      @JsonPropertyDescription(
              "Request headers that the pages may send, at most 20; \"*\" stands for anything."
                  + " Default: none.")
          @Size(max = 20)
          @EachItem(
              @ValidationRule(
                  value = "self.matches(r'^[A-Za-z0-9-]*\\*?[A-Za-z0-9-]*$') && self != ''",
                  message = "must be the name of a header, such as Content-Type, or \"*\" for all"))
          @Nullable List<@Size(max = 128) String> allowedHeaders,
      @JsonPropertyDescription(
              "For how many seconds a browser may remember the answer, 0 to 86400. Default: left to"
                  + " the browser.")
          @Min(0)
          @Max(86400)
          @Nullable Integer maxAgeSeconds) {}

  public enum Method {
    GET,
    PUT,
    POST,
    DELETE,
    HEAD
  }
}
