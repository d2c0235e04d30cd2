package dev.appenv.operator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets through what may be done: what the user asked for always, what repairs drift only as far as
 * the policy says.
 */
public final class Gate {
  private Gate() {}

  /**
   * A plan, divided into what is done and what waits for the user.
   *
   * @param held steps that policy or suspension keeps from being done
   * @param unapproved steps that wait for a person's approval
   * @param toApprove the hashes of all that needs approval, when some of it waits: what was
   *     approved before and is not done yet stays approved
   * @param drift what is told to the user, with what is done about it
   */
  public record Gated(
      Plan plan,
      List<Step> allowed,
      List<Step> held,
      List<Step> unapproved,
      List<String> toApprove,
      List<Judged> drift) {
    public Gated {
      allowed = List.copyOf(allowed);
      held = List.copyOf(held);
      unapproved = List.copyOf(unapproved);
      toApprove = List.copyOf(toApprove);
      drift = List.copyOf(drift);
    }
  }

  public record Judged(Drift drift, Policy.Action action) {}

  public static Gated apply(Plan plan, Policy policy, boolean suspended) {
    return apply(plan, policy, suspended, Approval.AUTOMATIC);
  }

  public static Gated apply(Plan plan, Policy policy, boolean suspended, Approval approval) {
    var judged =
        plan.drift().stream()
            .map(d ->
                new Judged(
                    d, suspended || !d.repairable() ? atMostReport(policy.on(d)) : policy.on(d)))
            .toList();
    var allowed = new ArrayList<Step>();
    var held = new ArrayList<Step>();
    for (var step : plan.steps()) {
      var rest = suspended ? Stream.<Step>empty() : without(step, judged, policy);
      var let = rest.findFirst();
      let.ifPresent(allowed::add);
      if (let.isEmpty()) held.add(step);
    }
    var unapproved = allowed.stream().filter(step -> !approval.admits(step)).toList();
    var toApprove =
        unapproved.isEmpty()
            ? List.<String>of()
            : allowed.stream().filter(approval::isNeededFor).map(Approval::hash).sorted().toList();
    allowed.removeAll(unapproved);
    return new Gated(
        plan,
        allowed,
        held,
        unapproved,
        toApprove,
        judged.stream()
            .filter(j -> j.action() != Policy.Action.IGNORE)
            .map(j -> isPutRight(j, allowed) ? j : reported(j))
            .toList());
  }

  /** Else AWS cannot do it, or a person has to say so first. */
  private static boolean isPutRight(Judged judged, List<Step> allowed) {
    return allowed.stream()
        .anyMatch(step ->
            concerns(judged, step)
                && (!(step instanceof Step.Update update)
                    || update.differences().stream()
                        .anyMatch(d -> judged.drift().field().equals(d.path()))));
  }

  private static Judged reported(Judged judged) {
    return new Judged(judged.drift(), atMostReport(judged.action()));
  }

  private static Policy.Action atMostReport(Policy.Action action) {
    return action == Policy.Action.REPAIR ? Policy.Action.REPORT : action;
  }

  /**
   * The step less what repairs drift that must not be repaired; nothing when nothing is left of it.
   */
  private static Stream<Step> without(Step step, List<Judged> judged, Policy policy) {
    return switch (step) {
      case Step.Create create ->
          create.again() && judged.stream().anyMatch(j -> concerns(j, create) && holds(j))
              ? Stream.empty()
              : Stream.of(create);
      case Step.Adopt adopt -> Stream.of(adopt);
      case Step.Update update -> {
        var left =
            update.differences().stream()
                .filter(d ->
                    judged.stream()
                        .noneMatch(j ->
                            concerns(j, update) && j.drift().field().equals(d.path()) && holds(j)))
                .filter(d -> d.kind() != FieldKind.FOLLOW_UP || isLet(update, d, policy))
                .toList();
        yield left.isEmpty()
            ? Stream.empty()
            : Stream.of(new Step.Update(update.name(), update.id(), left));
      }
      case Step.Delete delete ->
          judged.stream().anyMatch(j -> concerns(j, delete) && holds(j))
              ? Stream.empty()
              : Stream.of(delete);
    };
  }

  private static boolean concerns(Judged judged, Step step) {
    return judged.drift().resource().equals(step.name().value());
  }

  /** What cannot be repaired at all keeps nothing else from being done. */
  private static boolean holds(Judged judged) {
    return judged.drift().repairable() && judged.action() != Policy.Action.REPAIR;
  }

  private static boolean isLet(Step step, Difference difference, Policy policy) {
    return policy.on(Drift.of(step.name(), difference, true)) == Policy.Action.REPAIR;
  }
}
