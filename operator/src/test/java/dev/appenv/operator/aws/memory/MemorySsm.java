package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;

/** Knows the public parameters that name Canonical's images. */
public final class MemorySsm implements SsmClient {
  private final Wire wire;

  public MemorySsm(Wire wire) {
    this.wire = wire;
  }

  @Override
  public GetParameterResponse getParameter(GetParameterRequest request) {
    return wire.read(
        "GetParameter",
        GetParameterResponse.builder().build(),
        () ->
            GetParameterResponse.builder()
                .parameter(p ->
                    p.name(request.name())
                        .value(request.name().contains("arm64") ? "ami-arm64" : "ami-amd64"))
                .build());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
