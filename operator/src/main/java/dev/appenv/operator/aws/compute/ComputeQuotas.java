package dev.appenv.operator.aws.compute;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/** What AWS limits of machines. */
final class ComputeQuotas {
  static final Quota ADDRESSES = new Quota("ec2", "L-0263D0A3", "elastic IPs", 5);

  /** Of the families A, C, D, H, I, M, R, T and Z, which AWS counts together. */
  static final Quota STANDARD_VCPUS =
      new Quota("ec2", "L-1216C47A", "vCPUs of running standard instances", 5);

  private static final Pattern STANDARD = Pattern.compile("(a|c|d|h|i|im|is|m|r|t|z)\\d.*");

  static final List<Census> CENSUSES =
      List.of(
          Census.of(ADDRESSES, aws -> aws.ec2(Permit.READ).describeAddresses().addresses().size()),
          new RunningVcpus());

  private ComputeQuotas() {}

  /** The other families have quotas of their own, which are not looked at. */
  static boolean isStandard(String instanceType) {
    return STANDARD.matcher(instanceType).matches();
  }

  private static final class RunningVcpus implements Census {
    @Override
    public Set<Quota> quotas() {
      return Set.of(STANDARD_VCPUS);
    }

    @Override
    public Map<Quota, Usage> take(Calls aws, InstanceSizes sizes) {
      var running =
          aws
              .ec2(Permit.READ)
              .describeInstancesPaginator(r ->
                  r.filters(f -> f.name("instance-state-name").values("pending", "running"))
                      .maxResults(1000))
              .reservations()
              .stream()
              .flatMap(reservation -> reservation.instances().stream())
              .filter(instance -> instance.instanceLifecycle() != InstanceLifecycleType.SPOT)
              .map(Instance::instanceTypeAsString)
              .filter(ComputeQuotas::isStandard)
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      var vcpus = sizes.vcpus(running.keySet());
      // One whose size is not known counts for nothing: what is not known takes no room.
      return Map.of(
          STANDARD_VCPUS,
          Census.used(
              running.entrySet().stream()
                  .mapToLong(e -> e.getValue() * vcpus.getOrDefault(e.getKey(), 0))
                  .sum()));
    }
  }
}
