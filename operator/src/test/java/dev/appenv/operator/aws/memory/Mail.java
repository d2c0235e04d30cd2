package dev.appenv.operator.aws.memory;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sesv2.model.DkimStatus;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityType;
import software.amazon.awssdk.services.sesv2.model.Tag;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/** The identities of SES, and what an account may do with it. */
final class Mail {
  static final class Identity {
    final String name;
    VerificationStatus verification = VerificationStatus.PENDING;
    boolean dkimSigning;
    final Map<String, String> policies = new TreeMap<>();

    Identity(String name) {
      this.name = name;
      this.dkimSigning = isDomain();
    }

    boolean isDomain() {
      return name.indexOf('@') < 0;
    }

    @Override
    public String toString() {
      return List.of(name, verification, dkimSigning, policies).toString();
    }
  }

  private final MemoryRegion region;
  final Shelf<Identity> shelf;
  boolean sandboxed = true;
  boolean sending = true;

  Mail(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "NotFoundException", Map.of());
  }

  void create(String name, List<Tag> tags) {
    if (shelf.find(name).isPresent())
      throw AwsErrors.refused(
          "AlreadyExistsException", "Email identity %s already exist.".formatted(name));
    shelf.add(name, new Identity(name));
    tag(name, tags);
  }

  void tag(String name, List<Tag> tags) {
    shelf.get(name);
    tags.forEach(tag -> region.tags.put(name, Map.of(tag.key(), tag.value())));
  }

  void untag(String name, List<String> keys) {
    shelf.get(name);
    region.tags.of(name).keySet().removeAll(keys);
  }

  GetEmailIdentityResponse shown(Identity identity) {
    return GetEmailIdentityResponse.builder()
        .identityType(identity.isDomain() ? IdentityType.DOMAIN : IdentityType.EMAIL_ADDRESS)
        .verifiedForSendingStatus(identity.verification == VerificationStatus.SUCCESS)
        .verificationStatus(identity.verification)
        .dkimAttributes(d ->
            d.signingEnabled(identity.dkimSigning)
                .status(DkimStatus.fromValue(identity.verification.toString()))
                .tokens(identity.isDomain() ? tokens(identity.name) : List.of()))
        .policies(identity.policies)
        .tags(
            region.tags.of(identity.name).entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList())
        .build();
  }

  private static List<String> tokens(String domain) {
    return IntStream.range(0, 3)
        .mapToObj(i -> HexFormat.of().toHexDigits((domain + i).hashCode()))
        .toList();
  }
}
