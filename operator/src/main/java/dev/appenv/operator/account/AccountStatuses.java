package dev.appenv.operator.account;

import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.api.CapacityStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.QuotaStatus;
import dev.appenv.operator.account.Capacity.Survey;
import dev.appenv.operator.account.Preflight.Identity;
import dev.appenv.operator.account.Preflight.Permissions;
import dev.appenv.operator.plan.Level;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What users read of an account. Pure. */
final class AccountStatuses {
  private static final int MOST_ACTIONS = 20;
  private static final int MOST_REGIONS_IN_COLUMN = 3;
  private static final int MAX_MESSAGE = 1024;

  private AccountStatuses() {}

  /**
   * What was found of an account that lets us in.
   *
   * @param surveys the room by region
   */
  record Findings(
      Resolution<Permissions> permissions,
      Resolution<Map<String, Boolean>> regions,
      Map<String, Survey> surveys) {}

  /** The state of one condition before it is merged with what was there. */
  private record Verdict(String type, String status, String reason, String message) {}

  static AwsAccountStatus usable(
      AwsAccount account, Identity identity, Findings findings, Instant now) {
    var verdicts =
        List.of(
            new Verdict("Ready", "True", "Usable", "AWS lets us in as " + identity.arn()),
            permissions(findings.permissions()),
            regions(account, findings));
    return new AwsAccountStatus(
        account.getMetadata().getGeneration(),
        merged(account, verdicts, now),
        identity.accountId(),
        identity.arn(),
        column(findings.surveys()),
        capacity(findings.surveys()));
  }

  /** What was known before stays. */
  static AwsAccountStatus unusable(
      AwsAccount account, String status, String reason, String message, Instant now) {
    var before = account.getStatus();
    var verdicts = new ArrayList<Verdict>();
    verdicts.add(new Verdict("Ready", status, reason, message));
    for (var type : List.of("PermissionsComplete", "RegionsEnabled"))
      verdicts.add(new Verdict(type, "Unknown", reason, message));
    return new AwsAccountStatus(
        account.getMetadata().getGeneration(),
        merged(account, verdicts, now),
        before == null ? null : before.accountId(),
        before == null ? null : before.identity(),
        before == null ? null : before.room(),
        before == null ? null : before.capacity());
  }

  private static Verdict permissions(Resolution<Permissions> permissions) {
    var type = "PermissionsComplete";
    return switch (permissions) {
      case Resolution.Failed<Permissions>(_, var message) ->
          new Verdict(
              type,
              "Unknown",
              "NotSimulated",
              "Permissions were not checked beforehand; a call that AWS denies is named where it is"
                  + " made. "
                  + message);
      case Resolution.Found<Permissions>(Permissions(var asked, var denied)) ->
          denied.isEmpty()
              ? new Verdict(
                  type,
                  "True",
                  "AllAllowed",
                  "IAM's simulator allows all %d actions that the operator may call"
                      .formatted(asked))
              : new Verdict(
                  type,
                  "False",
                  "ActionsDenied",
                  "IAM's simulator denies %s; compare the policies of the operator's role with those"
                          .formatted(limited(denied, MOST_ACTIONS))
                      + " in helm/appenv/iam. What no environment asks for is not needed");
    };
  }

  private static Verdict regions(AwsAccount account, Findings findings) {
    var type = "RegionsEnabled";
    var allowed = account.getSpec().allowedRegions();
    Collection<String> wanted = allowed == null ? findings.surveys().keySet() : allowed;
    return switch (findings.regions()) {
      case Resolution.Failed<Map<String, Boolean>>(var cause, var message) ->
          new Verdict(
              type,
              "Unknown",
              cause == Outcome.Cause.DENIED ? "AccessDenied" : "AWSUnavailable",
              "Whether the regions are enabled could not be read: " + message);
      case Resolution.Found<Map<String, Boolean>>(var known) -> {
        var nowhere = wanted.stream().filter(r -> !known.containsKey(r)).sorted().toList();
        var disabled =
            wanted.stream().filter(r -> Boolean.FALSE.equals(known.get(r))).sorted().toList();
        if (nowhere.isEmpty() && disabled.isEmpty())
          yield new Verdict(type, "True", "AllEnabled", "The account may use its regions");
        var parts = new ArrayList<String>();
        if (!disabled.isEmpty())
          parts.add(
              "%s not enabled in the account: enable there, or take out of spec.allowedRegions"
                  .formatted(String.join(", ", disabled)));
        if (!nowhere.isEmpty())
          parts.add(
              "AWS has no region %s: correct spec.allowedRegions"
                  .formatted(String.join(", ", nowhere)));
        yield new Verdict(type, "False", "RegionNotEnabled", String.join("; ", parts));
      }
    };
  }

  private static String limited(Collection<String> all, int most) {
    var shown = all.stream().limit(most).collect(Collectors.joining(", "));
    return all.size() <= most ? shown : "%s and %d more".formatted(shown, all.size() - most);
  }

  /** Those with the least room first, as far as there is space. */
  private static @Nullable String column(Map<String, Survey> surveys) {
    SortedMap<Long, List<String>> byRoom = new TreeMap<>();
    surveys.forEach((region, survey) ->
        survey
            .room()
            .ifPresent(room ->
                byRoom.computeIfAbsent(room.environments(), _ -> new ArrayList<>()).add(region)));
    if (byRoom.isEmpty()) return null;
    var texts =
        byRoom.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(region -> region + " " + e.getKey()))
            .toList();
    var shown = texts.stream().limit(MOST_REGIONS_IN_COLUMN).collect(Collectors.joining(", "));
    return texts.size() <= MOST_REGIONS_IN_COLUMN ? shown : shown + ", …";
  }

  private static @Nullable List<CapacityStatus> capacity(Map<String, Survey> surveys) {
    if (surveys.isEmpty()) return null;
    return new TreeMap<>(surveys)
        .entrySet().stream().map(e -> capacity(e.getKey(), e.getValue())).toList();
  }

  private static CapacityStatus capacity(String region, Survey survey) {
    var quotas =
        new TreeMap<>(survey.levels())
            .entrySet().stream().map(e -> quota(e.getKey(), e.getValue())).toList();
    var unread =
        new TreeMap<>(survey.unread())
            .entrySet().stream()
                .map(
                    e -> "%s %s: %s".formatted(e.getKey().title(), e.getKey().code(), e.getValue()))
                .toList();
    return new CapacityStatus(
        region,
        survey.room().map(room -> room.environments()).orElse(null),
        survey
            .room()
            .map(room ->
                quota(
                    room.limitedBy(),
                    Objects.requireNonNull(survey.levels().get(room.limitedBy()))))
            .orElse(null),
        survey.waiting() == 0 ? null : survey.waiting(),
        quotas.isEmpty() ? null : quotas,
        unread.isEmpty() ? null : unread);
  }

  private static QuotaStatus quota(Quota quota, Level level) {
    return new QuotaStatus(
        quota.title(),
        quota.service(),
        quota.code(),
        level.used(),
        level.limit(),
        level.assumed() ? true : null);
  }

  private static List<ConditionStatus> merged(
      AwsAccount account, List<Verdict> verdicts, Instant now) {
    return verdicts.stream()
        .map(verdict -> {
          var before = before(account.getStatus(), verdict.type());
          var since =
              before != null && before.status().equals(verdict.status())
                  ? before.lastTransitionTime()
                  : now;
          return new ConditionStatus(
              verdict.type(),
              verdict.status(),
              verdict.reason(),
              shortened(verdict.message()),
              since,
              account.getMetadata().getGeneration());
        })
        .toList();
  }

  private static @Nullable ConditionStatus before(@Nullable AwsAccountStatus status, String type) {
    if (status == null || status.conditions() == null) return null;
    return status.conditions().stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
