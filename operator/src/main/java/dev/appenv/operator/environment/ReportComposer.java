package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.EmailStatus;
import dev.appenv.api.PlanStatus;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Gate.Judged;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.RecordToSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of all that a pass found what users read. Pure. */
final class ReportComposer {
  private static final int MAX_CHANGES = 30;
  private static final int MAX_TEXT = 256;

  private ReportComposer() {}

  static Report compose(
      AppEnvironment environment,
      Report before,
      InfrastructureView infrastructure,
      ReleaseView release,
      Optional<Mail> mail,
      @Nullable String url,
      List<RecordToSet> recordsToSet,
      Instant now) {
    var judged = new ArrayList<>(infrastructure.gated().drift());
    judged.addAll(release.drift());
    var drift = DriftStatuses.of(judged, before.drift(), now);
    var suspended = Boolean.TRUE.equals(environment.getSpec().suspend());
    var problem = infrastructure.problem().or(release::problem);
    var verdicts = verdicts(infrastructure, release, problem, suspended);
    var steps = infrastructure.gated().plan().steps();
    return new Report(
        environment.getMetadata().getGeneration(),
        Annotations.get(environment, Annotations.REFRESH).orElse(null),
        Conditions.merge(
            before.conditions(), verdicts, now, environment.getMetadata().getGeneration()),
        url,
        release.status(),
        release.awaited().orElse(before.awaitedImages()),
        mail.map(ReportComposer::email).orElse(null),
        drift,
        summary(judged),
        steps.isEmpty()
            ? null
            : new PlanStatus(
                infrastructure.gated().plan().hash(),
                steps.stream().map(step -> shortened(step.toString())).limit(MAX_CHANGES).toList(),
                infrastructure.gated().unapproved().isEmpty()
                    ? null
                    : Annotations.approving(infrastructure.gated().toApprove())),
        infrastructure.operations(before.operations(), now),
        RecordsToSet.reported(
            recordsToSet,
            infrastructure.observation(),
            before,
            environment.getMetadata().getGeneration()));
  }

  private static EmailStatus email(Mail mail) {
    return new EmailStatus(
        mail.identity(),
        mail.verified(),
        mail.sandboxed(),
        mail.hints().isEmpty() ? null : String.join("; ", mail.hints()));
  }

  private static Map<String, Verdict> verdicts(
      InfrastructureView infrastructure,
      ReleaseView release,
      Optional<Problem> problem,
      boolean suspended) {
    var ready = infrastructure.ready();
    var moving =
        !suspended
            && infrastructure.waiting().isEmpty()
            && (infrastructure.moving() || release.moving());
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(Conditions.READY, ready(ready, release));
    verdicts.put(
        Conditions.RECONCILING,
        moving
            ? Verdict.yes("Progressing", progress(ready, release))
            : Verdict.no(
                suspended ? "Suspended" : "Still",
                suspended ? "spec.suspend is true: nothing is changed" : "Nothing is under way"));
    verdicts.put(
        Conditions.STALLED,
        problem
            .filter(Problem::needsPerson)
            .map(p -> Verdict.yes(p.reason(), p.message()))
            .orElseGet(() -> Verdict.no("NotStalled", "Nothing waits for a person")));
    verdicts.put(Conditions.INFRASTRUCTURE_READY, ready);
    verdicts.put(Conditions.RELEASED, release.released());
    verdicts.put(Conditions.HEALTHY, release.healthy());
    verdicts.put(Conditions.DRIFTED, infrastructure.drifted(release.drift()));
    verdicts.put(Conditions.APPROVED, infrastructure.approved());
    return verdicts;
  }

  private static String progress(Verdict infrastructure, ReleaseView release) {
    return infrastructure.isTrue() ? release.released().message() : infrastructure.message();
  }

  private static Verdict ready(Verdict infrastructure, ReleaseView release) {
    for (var part : List.of(infrastructure, release.released(), release.healthy()))
      if (!part.isTrue()) return part;
    return Verdict.yes("Live", "The application is live");
  }

  static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }

  /** For the printer column: {@code security 1, release 2}. */
  private static @Nullable String summary(List<Judged> judged) {
    if (judged.isEmpty()) return null;
    return judged.stream()
        .map(Judged::drift)
        .collect(
            Collectors.groupingBy(
                Drift::driftClass, () -> new EnumMap<>(DriftClass.class), Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> e.getKey().label() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
