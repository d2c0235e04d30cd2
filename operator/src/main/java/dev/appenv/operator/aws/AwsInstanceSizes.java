package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.InstanceSizes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** The sizes of instance types, which are the same everywhere and never change: asked for once. */
final class AwsInstanceSizes {
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final int AT_ONCE = 100;

  private final AwsClients clients;
  private final InstantSource clock;
  private final Map<String, Integer> vcpus = new ConcurrentHashMap<>();
  private final Map<String, Instant> askedInVain = new ConcurrentHashMap<>();

  AwsInstanceSizes(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /** As they can be asked for in this account and region. */
  InstanceSizes in(String account, String region) {
    return types -> {
      var now = clock.instant();
      var unknown = new TreeSet<String>();
      for (var type : types)
        if (!vcpus.containsKey(type)
            && !askedInVain.getOrDefault(type, Instant.MIN).isAfter(now.minus(AGAIN)))
          unknown.add(type);
      if (!unknown.isEmpty()) ask(account, region, unknown, now);
      var known = new HashMap<String, Integer>();
      for (var type : types) {
        var size = vcpus.get(type);
        if (size != null) known.put(type, size);
      }
      return known;
    };
  }

  private void ask(String account, String region, Set<String> types, Instant now) {
    try {
      var aws = clients.in(account, region);
      var all = types.stream().toList();
      for (var from = 0; from < all.size(); from += AT_ONCE)
        vcpus.putAll(read(aws, all.subList(from, Math.min(all.size(), from + AT_ONCE))));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      // Not known for now; the type may also not exist in this region.
    }
    for (var type : types) if (!vcpus.containsKey(type)) askedInVain.put(type, now);
  }

  private static Map<String, Integer> read(Calls aws, List<String> types) {
    var sizes = new HashMap<String, Integer>();
    for (InstanceTypeInfo info :
        aws.ec2(Permit.READ)
            .describeInstanceTypesPaginator(r -> r.instanceTypesWithStrings(types))
            .instanceTypes())
      if (info.vCpuInfo() != null && info.vCpuInfo().defaultVCpus() != null)
        sizes.put(info.instanceTypeAsString(), info.vCpuInfo().defaultVCpus());
    return sizes;
  }
}
