package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Says who calls. */
public final class MemorySts implements StsClient {
  public static final String ACCOUNT = "123456789012";

  private final MemoryRegion region;
  private final Wire wire;

  public MemorySts(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
  }

  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    return wire.read(
        "GetCallerIdentity",
        GetCallerIdentityResponse.builder().build(),
        () -> GetCallerIdentityResponse.builder().account(ACCOUNT).arn(region.caller()).build());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
