package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.ApprovalPolicy;
import dev.appenv.api.LocationStatus;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.plan.Adopted;
import dev.appenv.operator.plan.Approval;
import dev.appenv.operator.plan.Convergence;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.Gate;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Plan;
import dev.appenv.operator.plan.PublicAddress;
import dev.appenv.operator.plan.RecordToSet;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Step;
import dev.appenv.operator.plan.Wish;
import dev.appenv.operator.release.MachineKeys;
import dev.appenv.operator.release.UserData;
import dev.appenv.operator.release.transport.SshTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an environment: resolve, observe, plan, gate, execute, report. Nothing in it waits
 * for AWS to finish something.
 */
final class Pipeline {
  private static final LogicalName INSTANCE = LogicalName.of("compute.instance");

  private final Engine engine;
  private final Accounts accounts;
  private final Secrets secrets;
  private final Releases releases;
  private final Departures departures;
  private final Admissions admissions;
  private final Intervals intervals;

  Pipeline(
      Engine engine,
      Accounts accounts,
      Secrets secrets,
      Releases releases,
      Departures departures,
      Admissions admissions,
      Intervals intervals) {
    this.engine = engine;
    this.accounts = accounts;
    this.secrets = secrets;
    this.releases = releases;
    this.departures = departures;
    this.admissions = admissions;
    this.intervals = intervals;
  }

  /** What a pass is about. */
  private record Context(
      AppEnvironment environment, Known known, Scope scope, MachineKeys keys, Instant now) {}

  /**
   * Looks at the environment and does what can be done now.
   *
   * @return until the next pass, if nothing wakes the environment before
   */
  Duration pass(AppEnvironment environment, Known known) {
    var now = engine.now();
    var aws = environment.getSpec().aws();
    var scope = new Scope(known.owner(), aws.accountRef().name(), aws.region());
    return switch (accounts.permission(
        scope.account(), known.owner().namespace(), scope.region())) {
      case Accounts.Permission.Refused(var reason, var message) ->
          stop(environment, known, Problem.person(reason, message), now);
      case Accounts.Permission.Granted granted ->
          switch (secrets.machineKeys(
              environment,
              () -> hasMachine(scope, known, environment.getSpec()),
              Lifecycles.adopting(environment).isPresent())) {
            case Secrets.Answer.Missing<MachineKeys>(var problem) ->
                stop(environment, known, problem, now);
            case Secrets.Answer.Here<MachineKeys>(var keys) -> {
              var context = new Context(environment, known, scope, keys, now);
              yield switch (resolve(context)) {
                case Resolution.Failed<Wish.Resolved>(_, var message) ->
                    stop(environment, known, Problem.person("LookupFailed", message), now);
                case Resolution.Found<Wish.Resolved>(var resolved) ->
                    run(context, resolved, granted);
              };
            }
          };
    };
  }

  private Duration run(
      Context context, Wish.Resolved resolved, Accounts.Permission.Granted granted) {
    var known = context.known();
    var wish = wish(context, resolved, granted);
    var desired = engine.infrastructure().desired(wish);
    var anew = Annotations.isRefreshDue(context.environment(), known.journal().report());
    var observation = observe(context, desired, anew);
    var mail = engine.mail(context.scope(), wish, observation, anew);
    var plan = engine.plan(desired, observation, known);
    var gated = gate(context, plan);
    var loops = engine.loops(gated.allowed(), known, context.now());
    var variables =
        known
            .variables()
            .now(
                engine
                    .infrastructure()
                    .outputs(wish, observation)
                    .with(AppNames.templates(wish.spec())),
                observation,
                plan,
                context.environment(),
                secrets);
    var release = releases.advance(request(context, observation, variables));
    var records = engine.infrastructure().recordsToSet(wish, observation);

    var justDone = engine.justDone(gated.allowed(), known);
    var steps =
        gated.allowed().stream().filter(s -> !loops.contains(s) && !justDone.contains(s)).toList();
    var wait =
        admissions.ask(context.environment(), context.scope(), known.journal().history(), steps);
    var planned = new InfrastructureView(gated, observation, List.of(), loops, wait);
    var report = report(context, planned, release, records, mail);
    // What is about to be made is stored together with it; all else is said before it is done.
    if (wait.isEmpty()
        && !steps.isEmpty()
        && steps.stream().allMatch(Step.Create.class::isInstance))
      known.journal().note(report, planned.phases());
    else known.journal().publish(report, planned.phases());
    if (!Boolean.TRUE.equals(context.environment().getSpec().suspend()))
      departures.prune(context.scope(), context.environment().getSpec());
    if (wait.isPresent()) return intervals.blocked();
    if (steps.isEmpty()) return next(gated, release, justDone);

    var job =
        new Executor.Job(
            context.scope(),
            desired,
            observation,
            Lifecycles.removalOfOne(context.environment().getSpec()),
            (name, credential) -> secrets.keep(context.environment(), name, credential));
    var obstructed = departures.obstructed(job, steps);
    var clear =
        steps.stream()
            .filter(step -> obstructed.stream().noneMatch(o -> o.step().equals(step)))
            .toList();
    var result = engine.execute(job, clear, known, context.now());
    var view =
        new InfrastructureView(
            gated,
            observation,
            Stream.concat(obstructed.stream(), result.attempts().stream()).toList(),
            loops,
            wait);
    known.journal().publish(report(context, view, release, records, mail), view.phases());
    if (view.problem().isPresent()) return intervals.blocked();
    if (result.crowded()) return intervals.crowded();
    return result.allDone() ? intervals.made() : intervals.moving();
  }

  private Resolution<Wish.Resolved> resolve(Context context) {
    var journal = context.known().journal();
    var scope = context.scope();
    var resolution =
        engine
            .infrastructure()
            .resolve(scope, context.environment().getSpec(), Noted.resolved(journal.resolved()));
    if (resolution instanceof Resolution.Found<Wish.Resolved>(var resolved))
      journal.note(
          new LocationStatus(scope.account(), scope.region(), scope.owner().clusterId()),
          Noted.status(resolved));
    return resolution;
  }

  private Wish wish(Context context, Wish.Resolved resolved, Accounts.Permission.Granted granted) {
    var machine =
        new Wish.Machine(
            context.keys().client().publicKey(), UserData.render(context.keys(), new TreeMap<>()));
    var environment = context.environment();
    var infrastructure = engine.infrastructure();
    var spec = environment.getSpec();
    var adopting = Lifecycles.adopting(environment).isPresent();
    return new Wish(
        context.known().owner(),
        spec,
        resolved,
        machine,
        secrets.passwords(environment, infrastructure.passwords(spec), adopting),
        secrets.credentials(environment, infrastructure.credentials(spec), adopting),
        granted.tags(),
        granted.permissionsBoundary(),
        granted.hostedZone());
  }

  private Observation observe(Context context, DesiredEnvironment desired, boolean anew) {
    var journal = context.known().journal();
    var history = journal.history();
    var environment = context.environment();
    if (anew) releases.refresh(context.known().owner().uid());
    var observation =
        engine.observe(
            context.scope(),
            context.known(),
            environment.getSpec(),
            anew,
            Lifecycles.adopting(environment));
    var ids = new TreeMap<LogicalName, String>();
    observation
        .facets()
        .forEach((name, facet) -> {
          if (facet instanceof Facet.Observed(var live)) ids.put(name, live.id());
        });
    journal.seen(
        StatusJournal.unknownTo(history, ids), Convergence.of(desired, observation, history));
    // What keeps one that is gone from being forgotten is asked again with the next pass.
    var _ =
        departures.settle(
            new Departures.Leaving(
                environment, context.scope(), Lifecycles.removalOfOne(environment.getSpec())),
            journal,
            desired,
            observation,
            context.now());
    return observation;
  }

  private static Gate.Gated gate(Context context, Plan plan) {
    var spec = context.environment().getSpec();
    var approval =
        new Approval(
            spec.approval() == ApprovalPolicy.Manual, Annotations.approved(context.environment()));
    return Gate.apply(
        plan, Policies.of(spec.drift()), Boolean.TRUE.equals(spec.suspend()), approval);
  }

  private Releases.Request request(Context context, Observation observation, Outputs variables) {
    var spec = context.environment().getSpec();
    return new Releases.Request(
        context.environment(),
        context.scope().owner().clusterId(),
        Policies.of(spec.drift()),
        Boolean.TRUE.equals(spec.suspend()),
        target(context, observation),
        formerUid(observation),
        variables,
        context.known().journal().report(),
        context.now());
  }

  private static Optional<SshTarget> target(Context context, Observation observation) {
    if (!(observation.of(INSTANCE) instanceof Facet.Observed)) return Optional.empty();
    return address(observation)
        .map(ip ->
            SshTarget.ubuntu(
                context.known().owner().uid(),
                ip,
                context.keys().host().publicKey(),
                context.keys().client().privateKey()));
  }

  private static Optional<String> formerUid(Observation observation) {
    return observation.of(INSTANCE) instanceof Facet.Observed(Adopted machine)
        ? machine.formerUid()
        : Optional.empty();
  }

  private static Optional<String> address(Observation observation) {
    return observation.facets().values().stream()
        .flatMap(facet ->
            facet instanceof Facet.Observed(PublicAddress address)
                ? Stream.of(address.publicIp())
                : Stream.empty())
        .findFirst();
  }

  private static @Nullable String url(
      @Nullable String domain, Observation observation, @Nullable String before) {
    var seen = address(observation);
    if (seen.isPresent()) return "http://%s/".formatted(domain == null ? seen.get() : domain);
    // What could not be read this time has not gone.
    return observation.facets().values().stream().anyMatch(Facet.Unknown.class::isInstance)
        ? before
        : null;
  }

  private static Report report(
      Context context,
      InfrastructureView infrastructure,
      ReleaseView release,
      List<RecordToSet> records,
      Optional<Mail> mail) {
    var before = context.known().journal().report();
    return ReportComposer.compose(
        context.environment(),
        before,
        infrastructure,
        release,
        mail,
        url(
            context.environment().getSpec().ingress().domain(),
            infrastructure.observation(),
            before.url()),
        records,
        context.now());
  }

  private Duration next(Gate.Gated gated, ReleaseView release, List<Step> justDone) {
    var waits = new ArrayList<Duration>();
    waits.add(intervals.still());
    if (release.moving() || !gated.plan().pending().isEmpty() || !justDone.isEmpty())
      waits.add(intervals.moving());
    if (!gated.plan().blocked().isEmpty()) waits.add(intervals.blocked());
    return waits.stream().min(Duration::compareTo).orElseThrow();
  }

  /** A machine that was made and is not known to be gone. */
  private boolean hasMachine(Scope scope, Known known, AppEnvironmentSpec spec) {
    return known.journal().history().of(INSTANCE).isPresent()
        && !(engine.observe(scope, known, spec).of(INSTANCE) instanceof Facet.Absent);
  }

  /** Nothing can be done, and nothing is known but why. */
  private Duration stop(AppEnvironment environment, Known known, Problem problem, Instant now) {
    known.journal().publish(Stops.report(environment, known.journal().report(), problem, now));
    return intervals.blocked();
  }
}
