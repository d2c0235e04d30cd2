package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS, as far as it says which account this is. */
public final class MemorySts implements StsClient {
  private final Wire wire;

  public MemorySts(Wire wire) {
    this.wire = wire;
  }

  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    return wire.read(
        "GetCallerIdentity",
        GetCallerIdentityResponse.builder().build(),
        () -> GetCallerIdentityResponse.builder().account("123456789012").build());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
