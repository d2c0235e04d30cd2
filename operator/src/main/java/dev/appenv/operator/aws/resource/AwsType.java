package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldKind;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.ResourceType;
import dev.appenv.operator.plan.Slot;
import java.util.List;
import java.util.Optional;

/**
 * A type of AWS resource: its field table, and how it is listed, found, created, changed and
 * deleted. AWS's errors are thrown as the SDK throws them; the caller gives them their meaning.
 */
public sealed interface AwsType<D extends AwsDesired, L extends AwsLive> extends ResourceType<D, L>
    permits ListedType, NamedType {

  /**
   * The one with this id, or nothing when AWS itself says that it is gone: a not-found error, or a
   * final state.
   *
   * @throws EmptyAnswer when AWS gives neither it nor an error, which says nothing
   */
  Optional<L> find(Calls aws, String id);

  /** The limit that changes and deletes count against. */
  Budget changeBudget();

  /** The limit that the create counts against. */
  default Budget createBudget() {
    return changeBudget();
  }

  /** Makes it by exactly one changing call. */
  String create(Calls aws, D desired, Creation creation);

  /**
   * Puts the given differences right, as far as the live state allows now. Each call may be
   * repeated.
   */
  void change(Calls aws, D desired, L live, List<Difference> differences, Ids ids);

  /** Deletes it, with the data in it, if it has any. */
  void delete(Calls aws, L live);

  /** The ids of all that a former environment of this owner's name gave up as this resource. */
  List<String> retained(Calls aws, Owner owner, LogicalName name);

  /** Puts our marks on what a former environment of this owner's name gave up. */
  void adopt(Calls aws, Owner owner, LogicalName name, L live);

  /** Takes our marks off what stays, and leaves one by which it can be found again. */
  void disown(Calls aws, Owner owner, LogicalName name, L live);

  /** That of a slot: those that an environment consists of are all of AWS. */
  static AwsType<?, ?> of(Slot<?, ?> slot) {
    return (AwsType<?, ?>) slot.type();
  }

  /** Whether one of the differences is in this field. */
  static boolean touches(List<Difference> differences, String field) {
    return differences.stream().anyMatch(d -> d.field().equals(field));
  }

  /** The table every type begins with: the tags that users see. */
  static <D extends AwsDesired, L extends AwsLive> FieldTable<D, L> tagged() {
    return FieldTable.<D, L>empty()
        .entries(
            "tags",
            FieldKind.RECONCILED,
            DriftClass.COSMETIC,
            (desired, ids) -> desired.tags(),
            AwsLive::tags);
  }

  /** What is wished for cannot be made as things are; the message says why and what to do. */
  final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Impossible(String message) {
      super(message);
    }
  }

  /** What is to be deleted is in use by what is not ours; the message names it. */
  final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InUse(String message) {
      super(message);
    }
  }

  final class EmptyAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EmptyAnswer(String id) {
      super("AWS lists nothing for " + id + " and does not say either that it is gone");
    }
  }
}
