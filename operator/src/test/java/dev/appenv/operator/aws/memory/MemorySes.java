package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ServiceClientConfiguration;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityPolicyRequest;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityPolicyResponse;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailIdentityPolicyRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailIdentityPolicyResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityInfo;
import software.amazon.awssdk.services.sesv2.model.ListEmailIdentitiesRequest;
import software.amazon.awssdk.services.sesv2.model.ListEmailIdentitiesResponse;
import software.amazon.awssdk.services.sesv2.model.PutEmailIdentityDkimAttributesRequest;
import software.amazon.awssdk.services.sesv2.model.PutEmailIdentityDkimAttributesResponse;
import software.amazon.awssdk.services.sesv2.model.TagResourceRequest;
import software.amazon.awssdk.services.sesv2.model.TagResourceResponse;
import software.amazon.awssdk.services.sesv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.sesv2.model.UntagResourceResponse;

/** SES, as far as identities go. */
public final class MemorySes implements SesV2Client {
  private final MemoryRegion region;
  private final String regionName;
  private final Mail mail;
  private final Wire wire;

  public MemorySes(MemoryRegion region, String regionName, Wire wire) {
    this.region = region;
    this.regionName = regionName;
    this.mail = region.mail;
    this.wire = wire;
  }

  @Override
  public GetEmailIdentityResponse getEmailIdentity(GetEmailIdentityRequest request) {
    return read(
        "GetEmailIdentity",
        GetEmailIdentityResponse.builder().build(),
        () -> mail.shown(mail.shelf.byIds(List.of(request.emailIdentity())).getFirst()));
  }

  @Override
  public ListEmailIdentitiesResponse listEmailIdentities(ListEmailIdentitiesRequest request) {
    return read(
        "ListEmailIdentities",
        ListEmailIdentitiesResponse.builder().build(),
        () ->
            ListEmailIdentitiesResponse.builder()
                .emailIdentities(
                    mail.shelf.page(List.of(), null, null).things().stream()
                        .map(i -> IdentityInfo.builder().identityName(i.name).build())
                        .toList())
                .build());
  }

  @Override
  public GetAccountResponse getAccount(GetAccountRequest request) {
    return read(
        "GetAccount",
        GetAccountResponse.builder().build(),
        () ->
            GetAccountResponse.builder()
                .productionAccessEnabled(!mail.sandboxed)
                .sendingEnabled(mail.sending)
                .build());
  }

  @Override
  public CreateEmailIdentityResponse createEmailIdentity(CreateEmailIdentityRequest request) {
    change("CreateEmailIdentity", () -> mail.create(request.emailIdentity(), request.tags()));
    return CreateEmailIdentityResponse.builder().build();
  }

  @Override
  public DeleteEmailIdentityResponse deleteEmailIdentity(DeleteEmailIdentityRequest request) {
    change("DeleteEmailIdentity", () -> mail.shelf.remove(request.emailIdentity()));
    return DeleteEmailIdentityResponse.builder().build();
  }

  @Override
  public PutEmailIdentityDkimAttributesResponse putEmailIdentityDkimAttributes(
      PutEmailIdentityDkimAttributesRequest request) {
    change(
        "PutEmailIdentityDkimAttributes",
        () -> mail.shelf.get(request.emailIdentity()).dkimSigning = request.signingEnabled());
    return PutEmailIdentityDkimAttributesResponse.builder().build();
  }

  @Override
  public CreateEmailIdentityPolicyResponse createEmailIdentityPolicy(
      CreateEmailIdentityPolicyRequest request) {
    change(
        "CreateEmailIdentityPolicy",
        () ->
            mail.shelf
                .get(request.emailIdentity())
                .policies
                .put(request.policyName(), request.policy()));
    return CreateEmailIdentityPolicyResponse.builder().build();
  }

  @Override
  public DeleteEmailIdentityPolicyResponse deleteEmailIdentityPolicy(
      DeleteEmailIdentityPolicyRequest request) {
    change(
        "DeleteEmailIdentityPolicy",
        () -> mail.shelf.get(request.emailIdentity()).policies.remove(request.policyName()));
    return DeleteEmailIdentityPolicyResponse.builder().build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    change("TagResource", () -> mail.tag(name(request.resourceArn()), request.tags()));
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    change("UntagResource", () -> mail.untag(name(request.resourceArn()), request.tagKeys()));
    return UntagResourceResponse.builder().build();
  }

  /** Only ARNs of this account and region are known here. */
  private String name(String arn) {
    var own = "arn:aws:ses:%s:123456789012:identity/".formatted(regionName);
    if (!arn.startsWith(own)) throw AwsErrors.notFound("NotFoundException", arn);
    return arn.substring(own.length());
  }

  private <T> T read(String operation, T empty, Supplier<T> call) {
    return wire.read(
        operation,
        empty,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  private void change(String operation, Runnable call) {
    wire.change(
        operation,
        () -> {
          synchronized (region) {
            call.run();
            return operation;
          }
        });
  }

  @Override
  public SesV2ServiceClientConfiguration serviceClientConfiguration() {
    return SesV2ServiceClientConfiguration.builder().region(Region.of(regionName)).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
