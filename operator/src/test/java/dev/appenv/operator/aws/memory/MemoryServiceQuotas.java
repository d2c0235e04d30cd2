package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaRequest;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaResponse;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** Service Quotas as the SDK offers it. */
public final class MemoryServiceQuotas implements ServiceQuotasClient {
  private final MemoryRegion region;
  private final Wire wire;

  public MemoryServiceQuotas(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
  }

  @Override
  public GetServiceQuotaResponse getServiceQuota(GetServiceQuotaRequest request) {
    return wire.read(
        "GetServiceQuota",
        GetServiceQuotaResponse.builder().quota(ServiceQuota.builder().build()).build(),
        () -> {
          synchronized (region) {
            var value =
                region
                    .allowances
                    .of(request.quotaCode())
                    .orElseThrow(
                        () -> NoSuchResourceException.builder().message("no such quota").build());
            return GetServiceQuotaResponse.builder()
                .quota(q ->
                    q.serviceCode(request.serviceCode())
                        .quotaCode(request.quotaCode())
                        .value((double) value))
                .build();
          }
        });
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
