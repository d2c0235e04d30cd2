package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/** Route 53 as the SDK offers it, over a {@link MemoryRegion}. It shows each change at once. */
public final class MemoryRoute53 implements Route53Client {
  private static final int LARGEST_PAGE = 300;

  private final MemoryRegion region;
  private final Wire wire;

  public MemoryRoute53(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
  }

  @Override
  public ListResourceRecordSetsResponse listResourceRecordSets(
      ListResourceRecordSetsRequest request) {
    return wire.read(
        "ListResourceRecordSets",
        ListResourceRecordSetsResponse.builder().build(),
        () -> {
          synchronized (region) {
            return page(request);
          }
        });
  }

  private ListResourceRecordSetsResponse page(ListResourceRecordSetsRequest request) {
    var name = request.startRecordName();
    var first =
        name == null
            ? null
            : Zones.Place.of(
                name, request.startRecordTypeAsString(), request.startRecordIdentifier());
    var all = region.zones.from(request.hostedZoneId(), first);
    var asked = request.maxItems() == null ? LARGEST_PAGE : Integer.parseInt(request.maxItems());
    var size = Math.min(asked, Math.min(LARGEST_PAGE, region.pageSize()));
    var answer =
        ListResourceRecordSetsResponse.builder()
            .maxItems(String.valueOf(size))
            .isTruncated(all.size() > size)
            .resourceRecordSets(all.subList(0, Math.min(size, all.size())));
    if (all.size() > size)
      answer
          .nextRecordName(all.get(size).name())
          .nextRecordType(all.get(size).type())
          .nextRecordIdentifier(all.get(size).setIdentifier());
    return answer.build();
  }

  @Override
  public ChangeResourceRecordSetsResponse changeResourceRecordSets(
      ChangeResourceRecordSetsRequest request) {
    return wire.change(
        "ChangeResourceRecordSets",
        () -> {
          synchronized (region) {
            region.zones.change(request.hostedZoneId(), request.changeBatch().changes());
          }
          return ChangeResourceRecordSetsResponse.builder().build();
        });
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
