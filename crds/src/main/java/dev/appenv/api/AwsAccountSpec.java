package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record AwsAccountSpec(
    @JsonPropertyDescription(
            "The IAM role to act as. Left out: the operator's own credentials are used.")
        @Nullable AssumeRole assumeRole,
    @JsonPropertyDescription(
            "Regions where environments may be, such as eu-central-1, at most 50. Default: all.")
        @Size(min = 1, max = 50)
        @EachItem(
            @ValidationRule(
                value = "self.matches(r'" + Rules.REGION + "')",
                message = Rules.REGION_MESSAGE))
        @Nullable List<@Size(max = 32) String> allowedRegions,
    @JsonPropertyDescription(
            "Namespaces whose environments may use the account, 1 to 200; \"*\" means all.")
        @Size(min = 1, max = 200)
        @EachItem(
            @ValidationRule(
                value = "self == '*' || self.matches(r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                message = "must be the name of a namespace, or \"*\" for all"))
        List<@Size(max = 63) String> allowedNamespaces,
    @JsonPropertyDescription(
            "AWS tags that are put on everything that is created, at most 20. Keys have at most 128"
                + " characters, values at most 256.")
        @Size(max = 20)
        @ValidationRule(
            value =
                "!self.exists(k, k.lowerAscii().startsWith('aws:') ||"
                    + " k.lowerAscii().startsWith('appenv.dev/'))",
            message = "must not have keys that begin with aws: or appenv.dev/, which are reserved")
        @ValidationRule(
            value =
                "self.all(k, size(k) >= 1 && size(k) <= 128 && k.matches(r'"
                    + AwsAccountSpec.TAG
                    + "') && self[k].matches(r'"
                    + AwsAccountSpec.TAG
                    + "'))",
            message =
                "must be AWS tags: keys of 1 to 128 characters; letters, digits, spaces and any of"
                    + " _.:/=+-@ in keys and values")
        @Nullable Map<String, @Size(max = 256) String> defaultTags,
    @JsonPropertyDescription(
            "ARN of the IAM policy that bounds what the roles of machines may do, such as"
                + " arn:aws:iam::123456789012:policy/appenv-machines. Roles keep theirs when it is"
                + " left out later. Default: none.")
        @Size(max = 640)
        @ValidationRule(
            value =
                "self.matches(r'^arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy/[A-Za-z0-9_+=,.@/-]+$')",
            message =
                "must be the ARN of an IAM policy, such as"
                    + " arn:aws:iam::123456789012:policy/appenv-machines")
        @Nullable String permissionsBoundaryArn,
    @JsonPropertyDescription(
            "The public zone of Route 53 in which environments get the records of their"
                + " ingress.domain. Taken away, these records are deleted. Default: none.")
        @Nullable HostedZone hostedZone) {
  static final String TAG = "^[\\pL\\pZ\\pN_.:/=+@-]*$";

  public record AssumeRole(
      @JsonPropertyDescription("ARN of the role, such as arn:aws:iam::123456789012:role/appenv.")
          @Size(max = 640)
          @ValidationRule(
              value = "self.matches(r'^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$')",
              message =
                  "must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/appenv")
          String arn,
      @JsonPropertyDescription(
              "External id that the role's trust policy asks for, 2 to 1224 characters. Left out:"
                  + " none is sent.")
          @Size(min = 2, max = 1224)
          @ValidationRule(
              value = "self.matches(r'^[A-Za-z0-9_+=,.@:/-]*$')",
              message = "must consist of letters, digits and any of _+=,.@:/-")
          @Nullable String externalId) {}

  public record HostedZone(
      @JsonPropertyDescription("Id of the zone, such as Z0123456789ABCDEFGHIJ. Fixed once set.")
          @Size(max = 32)
          @ValidationRule(
              value = "self.matches(r'^Z[A-Z0-9]+$')",
              message = "must be the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ")
          @ValidationRule(
              value = Rules.IMMUTABLE,
              message =
                  "is fixed; take hostedZone out, so that the records in the zone go, and then name"
                      + " the other zone, or set it back")
          String id,
      @JsonPropertyDescription(
              "Name of the zone, in lower case, such as example.com. Domains that end in it lie in"
                  + " the zone.")
          @Size(max = 253)
          @ValidationRule(value = Rules.DNS_NAME, message = Rules.DNS_NAME_MESSAGE)
          String name) {}
}
