package dev.appenv.operator.environment;

import dev.appenv.api.OperationStatus;
import dev.appenv.operator.environment.Executor.Attempt;
import dev.appenv.operator.plan.Blocked;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.Gate;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Scheduled;
import dev.appenv.operator.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the infrastructure stands after a pass. Pure.
 *
 * @param attempts what was tried in this pass
 * @param loops updates that are held because they do not stick
 * @param waiting why nothing is begun yet
 */
record InfrastructureView(
    Gate.Gated gated,
    Observation observation,
    List<Attempt> attempts,
    List<Step> loops,
    Optional<Problem> waiting) {

  private static final String APPROVAL_REQUIRED = "ApprovalRequired";

  Verdict ready() {
    if (waiting.isPresent()) return Verdict.no(waiting.get());
    var unknown = blocked(Blocked.Reason.UNKNOWN);
    if (!unknown.isEmpty())
      return Verdict.unknown(Blocked.Reason.UNKNOWN.condition(), texts(unknown));
    var failure = failures().stream().findFirst();
    if (failure.isPresent()) return Verdict.no(problem(failure.get()));
    var stuck = gated.plan().blocked();
    if (!stuck.isEmpty()) return Verdict.no(stuck.getFirst().reason().condition(), texts(stuck));
    if (!gated.unapproved().isEmpty()) return approved();
    if (gated.held().stream().anyMatch(s -> s instanceof Step.Create))
      return Verdict.no(
          "Held",
          "Not done because of spec.suspend or spec.drift.policy: "
              + gated.held().stream().map(Step::toString).collect(Collectors.joining(", ")));
    var open = gated.allowed().stream().filter(s -> !repairsOnly(s)).toList();
    if (!open.isEmpty())
      return Verdict.no(
          doing(open), open.stream().map(Step::toString).collect(Collectors.joining(", ")));
    if (!gated.plan().pending().isEmpty())
      return Verdict.no(
          "Waiting",
          "Waiting for "
              + gated.plan().pending().stream()
                  .map(LogicalName::value)
                  .collect(Collectors.joining(", ")));
    return Verdict.yes(
        "AllReady",
        Stream.concat(Stream.of("All AWS resources are as desired"), scheduled())
            .collect(Collectors.joining("; ")));
  }

  private Stream<String> scheduled() {
    return new TreeMap<>(observation.facets())
        .entrySet().stream()
            .flatMap(facet ->
                facet.getValue() instanceof Facet.Observed(Scheduled live)
                    ? live.scheduled().stream().map(what -> facet.getKey() + ": " + what)
                    : Stream.empty());
  }

  Verdict approved() {
    if (gated.unapproved().isEmpty())
      return Verdict.yes("NothingWaits", "Nothing waits for approval");
    return Verdict.no(
        APPROVAL_REQUIRED,
        "Annotate this object with %s=%s to have exactly this done: %s"
            .formatted(
                Annotations.APPROVE,
                Annotations.approving(gated.toApprove()),
                gated.unapproved().stream().map(Step::toString).collect(Collectors.joining(", "))
                    + otherwise()));
  }

  /** What may be done instead of giving lost data up. */
  private String otherwise() {
    return gated.unapproved().stream()
            .anyMatch(step -> step instanceof Step.Create create && create.losesData())
        ? "; or bring it back, a database by spec.database.restoreFrom"
        : "";
  }

  private static String doing(List<Step> steps) {
    if (steps.stream().anyMatch(Step.Adopt.class::isInstance)) return "Adopting";
    return steps.stream().anyMatch(Step.Create.class::isInstance) ? "Creating" : "Updating";
  }

  Verdict drifted(List<Gate.Judged> ofRelease) {
    if (!loops.isEmpty())
      return Verdict.unknown(
          "UpdateLoop",
          "The same change was made again and again and does not stick, so something else undoes it: "
              + loops.stream().map(Step::toString).collect(Collectors.joining(", ")));
    var all = new ArrayList<>(gated.drift());
    all.addAll(ofRelease);
    if (!all.isEmpty())
      return Verdict.yes(
          "DriftDetected",
          all.stream()
              .map(Gate.Judged::drift)
              .map(InfrastructureView::text)
              .limit(10)
              .collect(Collectors.joining("; ")));
    var unknown = blocked(Blocked.Reason.UNKNOWN);
    return unknown.isEmpty()
        ? Verdict.no("InSync", "Live state is as desired")
        : Verdict.unknown(Blocked.Reason.UNKNOWN.condition(), texts(unknown));
  }

  static String text(Drift drift) {
    return "%s %s: wanted %s, is %s (%s%s)"
        .formatted(
            drift.resource(),
            drift.field(),
            drift.desired(),
            drift.live(),
            drift.driftClass().label(),
            drift.repairable() ? "" : "; left to you");
  }

  /** Whether something is under way that ends by itself, or should be tried again soon. */
  boolean moving() {
    return !gated.allowed().isEmpty()
        || !gated.plan().pending().isEmpty()
        || gated.plan().blocked().stream().anyMatch(b -> b.reason() == Blocked.Reason.DELETING);
  }

  /** What stays wrong until a person does something. */
  Optional<Problem> problem() {
    if (waiting.isPresent()) return waiting;
    var failure = failures().stream().map(this::problem).filter(Problem::needsPerson).findFirst();
    if (failure.isPresent()) return failure;
    if (!gated.unapproved().isEmpty())
      return Optional.of(Problem.person(APPROVAL_REQUIRED, approved().message()));
    return gated.plan().blocked().stream()
        .filter(b -> b.reason() != Blocked.Reason.DELETING && b.reason() != Blocked.Reason.UNKNOWN)
        .map(b -> Problem.person(b.reason().condition(), b.name() + ": " + b.message()))
        .findFirst();
  }

  /** What keeps resources from going: a failure, or what could not be decided. */
  Optional<Problem> blocking() {
    var failure = failures().stream().map(this::problem).findFirst();
    if (failure.isPresent()) return failure;
    return gated.plan().blocked().stream()
        .findFirst()
        .map(b -> Problem.person(b.reason().condition(), b.name() + ": " + b.message()));
  }

  private List<Attempt> failures() {
    return attempts.stream().filter(a -> a.outcome() instanceof Outcome.Failed).toList();
  }

  private Problem problem(Attempt attempt) {
    if (!(attempt.outcome() instanceof Outcome.Failed(var cause, var message)))
      throw new IllegalStateException(attempt + " did not fail");
    var text = attempt.step().name() + ": " + message;
    return switch (cause) {
      case DENIED -> Problem.person("AccessDenied", text);
      case QUOTA -> Problem.person("QuotaExceeded", text);
      case REFUSED -> Problem.person("RequestRefused", text);
      case IN_USE -> Problem.person("InUse", text);
      case THROTTLED -> Problem.passing("Throttled", text);
      case DEPENDENCY -> Problem.passing("DependencyViolation", text);
      case UNCERTAIN -> Problem.passing("AWSUnavailable", text);
    };
  }

  /** What blocks, by resource; each since when it was first so. */
  List<OperationStatus> operations(List<OperationStatus> before, Instant now) {
    var operations = new ArrayList<OperationStatus>();
    for (var blocked : gated.plan().blocked())
      operations.add(operation(blocked.name(), "Observe", blocked.message(), before, now));
    for (var attempt : failures())
      operations.add(
          operation(
              attempt.step().name(),
              attempt.step().getClass().getSimpleName(),
              problem(attempt).message(),
              before,
              now));
    return operations;
  }

  private static OperationStatus operation(
      LogicalName name, String action, String cause, List<OperationStatus> before, Instant now) {
    var why = ReportComposer.shortened(cause);
    var since =
        before.stream()
            .filter(o -> o.resource().equals(name.value()) && why.equals(o.blocked()))
            .map(OperationStatus::since)
            .findFirst()
            .orElse(now);
    return new OperationStatus(name.value(), action, null, null, since, why);
  }

  Map<LogicalName, String> phases() {
    var phases = new TreeMap<LogicalName, String>();
    observation
        .facets()
        .forEach((name, facet) ->
            phases.put(
                name,
                switch (facet) {
                  case Facet.Observed(var live) ->
                      switch (live.phase()) {
                        case PENDING -> StatusJournal.PENDING;
                        case READY -> "Ready";
                        case DELETING -> StatusJournal.DELETING;
                        case FAILED -> "Failed";
                      };
                  case Facet.Absent _ -> "Absent";
                  case Facet.Foreign _ -> "Foreign";
                  case Facet.Retained _ -> "Retained";
                  case Facet.Unknown _ -> "Unknown";
                  case Facet.Duplicates _ -> "Duplicate";
                }));
    for (var attempt : attempts)
      if (attempt.step() instanceof Step.Create && attempt.outcome() instanceof Outcome.Done)
        phases.put(attempt.step().name(), StatusJournal.PENDING);
    return phases;
  }

  private List<Blocked> blocked(Blocked.Reason reason) {
    return gated.plan().blocked().stream().filter(b -> b.reason() == reason).toList();
  }

  private static String texts(List<Blocked> blocked) {
    return blocked.stream()
        .collect(
            Collectors.groupingBy(
                Blocked::message,
                TreeMap::new,
                Collectors.mapping(b -> b.name().value(), Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(e -> e.getValue() + ": " + e.getKey())
        .limit(5)
        .collect(Collectors.joining("; "));
  }

  /** A repair in place leaves the application running. */
  private boolean repairsOnly(Step step) {
    return step instanceof Step.Update update
        && update.differences().stream()
            .allMatch(d ->
                gated.drift().stream()
                    .map(Gate.Judged::drift)
                    .anyMatch(drift ->
                        drift.resource().equals(update.name().value())
                            && Objects.equals(drift.field(), d.path())));
  }
}
