package dev.appenv.operator.environment;

import dev.appenv.api.ResolvedStatus;
import dev.appenv.operator.plan.Wish;
import org.jspecify.annotations.Nullable;

/** What was looked up once, between its form in status and its form in the plan. */
final class Noted {
  private Noted() {}

  static Wish.@Nullable Resolved resolved(@Nullable ResolvedStatus status) {
    if (status == null) return null;
    var image = status.imageId();
    var zones = status.availabilityZones();
    return image == null || zones == null
        ? null
        : new Wish.Resolved(image, zones, status.internetGatewayId());
  }

  static ResolvedStatus status(Wish.Resolved resolved) {
    return new ResolvedStatus(resolved.imageId(), resolved.zones(), resolved.internetGatewayId());
  }
}
