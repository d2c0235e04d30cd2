package dev.appenv.operator.aws;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.account.Quotas;
import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Usage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;

/** Quotas by Service Quotas, and what is used of them by one list of each kind. */
public final class AwsQuotas implements Quotas {
  private final List<Noun> nouns;
  private final AwsClients clients;
  private final SideBySide sideBySide;
  private final AwsInstanceSizes sizes;

  /**
   * @param nouns that need something
   * @param sideBySide for reads that do not depend on each other
   */
  AwsQuotas(List<Noun> nouns, AwsClients clients, SideBySide sideBySide, InstantSource clock) {
    this.nouns = nouns;
    this.clients = clients;
    this.sideBySide = sideBySide;
    this.sizes = new AwsInstanceSizes(clients, clock);
  }

  @Override
  public List<Need> needs(Place place, AppEnvironmentSpec spec) {
    var sizes = sizes(place);
    return nouns.stream().flatMap(noun -> noun.needs(spec, sizes).stream()).toList();
  }

  private InstanceSizes sizes(Place place) {
    return sizes.in(place.account(), place.region());
  }

  @Override
  public Map<Quota, Usage> usage(Place place, Set<Quota> quotas) {
    var censuses =
        nouns.stream()
            .flatMap(noun -> noun.censuses().stream())
            .filter(census -> census.quotas().stream().anyMatch(quotas::contains))
            .toList();
    var usage = new TreeMap<Quota, Usage>();
    sideBySide.map(censuses, census -> taken(census, place)).forEach(usage::putAll);
    return usage;
  }

  private Map<Quota, Usage> taken(Census census, Place place) {
    try {
      return census.take(calls(place), sizes(place));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      var unread = new Usage(failed(e), Optional.empty());
      return census.quotas().stream().collect(Collectors.toMap(Function.identity(), _ -> unread));
    }
  }

  @Override
  public Map<Quota, Resolution<Long>> limits(Place place, Set<Quota> quotas) {
    var wanted = quotas.stream().sorted().toList();
    var read = sideBySide.map(wanted, quota -> limit(quota, place));
    var limits = new TreeMap<Quota, Resolution<Long>>();
    for (var i = 0; i < read.size(); i++) limits.put(wanted.get(i), read.get(i));
    return limits;
  }

  private Resolution<Long> limit(Quota quota, Place place) {
    try {
      var quotas = calls(place).client(ServiceQuotasClient.class, Permit.READ);
      var found =
          quotas
              .getServiceQuota(r -> r.serviceCode(quota.service()).quotaCode(quota.code()))
              .quota();
      return found == null || found.value() == null
          ? new Resolution.Failed<>(
              Outcome.Cause.UNCERTAIN,
              "Service Quotas says nothing of %s; trying again".formatted(quota.code()))
          : new Resolution.Found<>(found.value().longValue());
    } catch (NoSuchResourceException e) {
      return new Resolution.Failed<>(
          Outcome.Cause.REFUSED, "Service Quotas has no value of %s".formatted(quota.code()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return failed(e);
    }
  }

  private static Resolution<Long> failed(RuntimeException e) {
    var failure = Failures.of(e);
    return new Resolution.Failed<>(failure.cause(), failure.message());
  }

  private Calls calls(Place place) {
    return clients.in(place.account(), place.region());
  }
}
