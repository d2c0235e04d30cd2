package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

public record EmailSpec(
    @JsonPropertyDescription(
            "Address that the application sends from, such as noreply@shop.example.com, at most 254"
                + " characters; it may send from no other. When its domain changes, the domain's"
                + " identity in SES goes and another comes, which has to be verified anew.")
        @Size(min = 1, max = 254)
        @ValidationRule(
            value =
                "self.matches(r'^[A-Za-z0-9._%+-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$')",
            message =
                "must be an email address whose domain is in lower case, such as"
                    + " noreply@shop.example.com")
        String from,
    @JsonPropertyDescription(
            "What AWS has to verify. Domain: the domain of `from`, by the DNS records in"
                + " status.recordsToSet. Address: `from` alone, by a link that AWS mails to it."
                + " Existing: there is an identity of somebody else in the account and region that"
                + " covers `from`, and it is used as it is; so several environments can share a"
                + " domain. Default: Domain.")
        @Nullable Identity identity) {
  public enum Identity {
    /** All addresses of the domain. */
    Domain,
    /** One address. */
    Address,
    /** Not ours. */
    Existing
  }
}
