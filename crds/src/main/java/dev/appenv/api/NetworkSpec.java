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
        @ValidationRule(
            value = "self.all(b, isCIDR(b) && cidr(b).ip().family() == 4)",
            message = "must be IPv4 blocks in CIDR notation, such as 203.0.113.0/24",
            messageExpression =
                "'must be IPv4 blocks in CIDR notation, such as 203.0.113.0/24 or 203.0.113.7/32 for"
                    + " one address; not so: '"
                    + " + self.filter(b, !isCIDR(b) || cidr(b).ip().family() != 4).join(', ')")
        @ValidationRule(
            value =
                "!self.all(b, isCIDR(b) && cidr(b).ip().family() == 4)"
                    + " || self.all(b, cidr(b) == cidr(b).masked())",
            message = "must be blocks without bits beyond their prefix",
            messageExpression =
                "'must be blocks without bits beyond their prefix: write '"
                    + " + self.filter(b, cidr(b) != cidr(b).masked())"
                    + ".map(b, string(cidr(b).masked()) + ' instead of ' + b).join(', ')")
        @Nullable List<@Size(max = 18) String> sshFrom) {}
