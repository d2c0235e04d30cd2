package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record NetworkSpec(
    @JsonPropertyDescription("The VPC (private network) that the machine is in.") VpcSpec vpc,
    @JsonPropertyDescription(
            "IPv4 blocks in CIDR notation, at most 20, from which port 22 (SSH) of the machine can"
                + " be reached, such as 203.0.113.0/24 or 203.0.113.7/32. The operator comes by SSH,"
                + " so the address it comes from must be among them. Default: everywhere"
                + " (0.0.0.0/0).")
        @Size(max = 20)
        @EachItem({
          @ValidationRule(
              value = Rules.IS_IPV4_BLOCK,
              message =
                  "must be an IPv4 block in CIDR notation, such as 203.0.113.0/24, or"
                      + " 203.0.113.7/32 for one address"),
          @ValidationRule(
              value = Rules.NOT_AN_IPV4_BLOCK + Rules.NOTHING_BEYOND_PREFIX,
              message = Rules.BEYOND_PREFIX)
        })
        @Nullable List<@Size(max = 18) String> sshFrom) {}
