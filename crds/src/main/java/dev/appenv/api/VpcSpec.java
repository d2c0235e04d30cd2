package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The VPC. Where a field is optional, its rules are here: a field's own see no field come or go.
 */
@ValidationRule(
    value =
        "(has(self.mode) ? self.mode : 'Dedicated') == (has(oldSelf.mode) ? oldSelf.mode : 'Dedicated')",
    fieldPath = ".mode",
    message = Rules.FIXED)
@ValidationRule(
    value = "has(self.id) == has(oldSelf.id) && (!has(self.id) || self.id == oldSelf.id)",
    fieldPath = ".id",
    message = Rules.FIXED)
@ValidationRule(
    value = "(has(self.mode) ? self.mode : 'Dedicated') != 'Shared' || has(self.id)",
    fieldPath = ".id",
    message =
        "is required with mode Shared: the id of the VPC to live in, such as vpc-0a1b2c3d4e5f60718")
@ValidationRule(
    value = "(has(self.mode) ? self.mode : 'Dedicated') != 'Dedicated' || !has(self.id)",
    fieldPath = ".id",
    message =
        "must be left out with mode Dedicated, where the environment makes a VPC of its own; set"
            + " mode: Shared to live in an existing one")
public record VpcSpec(
    @JsonPropertyDescription(
            "Dedicated: the environment makes a VPC of its own. Shared: it lives in the VPC named by"
                + " id and makes only its subnets there. Fixed at creation. Default: Dedicated.")
        @Nullable Mode mode,
    @JsonPropertyDescription(
            "Private IPv4 block, /16 to /24, that is cut into four subnets, such as 10.20.0.0/16."
                + " Dedicated: the VPC's whole block. Shared: a free part of that VPC's block. Fixed"
                + " at creation.")
        @Size(max = 18)
        @ValidationRule(
            value = Rules.IS_IPV4_BLOCK,
            message = "must be an IPv4 block in CIDR notation, such as 10.20.0.0/16")
        @ValidationRule(
            value =
                Rules.NOT_AN_IPV4_BLOCK
                    + "(cidr(self).prefixLength() >= 16 && cidr(self).prefixLength() <= 24)",
            message = "must have a prefix from /16 to /24: it is cut into four subnets")
        @ValidationRule(
            value = Rules.NOT_AN_IPV4_BLOCK + Rules.NOTHING_BEYOND_PREFIX,
            message = Rules.BEYOND_PREFIX)
        @ValidationRule(
            value =
                Rules.NOT_AN_IPV4_BLOCK
                    + "['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']"
                    + ".exists(p, cidr(p).containsCIDR(cidr(self)))",
            message =
                "must be private: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or"
                    + " 100.64.0.0/10")
        @ValidationRule(value = Rules.IMMUTABLE, message = Rules.FIXED)
        String cidr,
    @JsonPropertyDescription(
            "Shared only: the id of the existing VPC, such as vpc-0a1b2c3d4e5f60718. Fixed at"
                + " creation.")
        @Size(max = 21)
        @ValidationRule(
            value = "self.matches(r'^vpc-[0-9a-f]{8,17}$')",
            message = "must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718")
        @Nullable String id) {
  public enum Mode {
    Dedicated,
    Shared
  }
}
