package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record DriftSpec(
    @JsonPropertyDescription(
            "What is done about a difference, by its class. Repair: reported and put back. Report:"
                + " reported and left. Ignore: neither.")
        @Nullable DriftPolicySpec policy,
    @JsonPropertyDescription("Differences that are neither reported nor repaired, at most 50.")
        @Size(max = 50)
        @Nullable List<IgnoreRule> ignore) {

  /** Differences that are neither reported nor repaired. */
  public record IgnoreRule(
      @JsonPropertyDescription(
              "The resource as status.drift names it, such as network.machineSecurityGroup or"
                  + " release.backend.")
          @Size(max = 128)
          @ValidationRule(
              value = "self.matches(r'^[a-z][a-zA-Z0-9]*\\.[a-zA-Z0-9][a-zA-Z0-9._-]*$')",
              message =
                  "must be the name of a resource as status.drift has it, such as"
                      + " network.machineSecurityGroup")
          String resource,
      @JsonPropertyDescription(
              "The field as status.drift names it, such as type. Left out: all of the resource.")
          @Size(min = 1, max = 253)
          @Nullable String field) {}
}
