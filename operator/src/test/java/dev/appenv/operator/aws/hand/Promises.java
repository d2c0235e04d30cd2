package dev.appenv.operator.aws.hand;

import static java.util.stream.Collectors.toMap;

import dev.appenv.operator.aws.AwsInfrastructure;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldKind;
import dev.appenv.operator.plan.ResourceType.Facts;
import dev.appenv.operator.plan.ResourceType.Loss;
import dev.appenv.operator.plan.Slot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the field tables promise, of each field of each resource and of each resource as a whole.
 */
public final class Promises {
  public static final List<Slot<?, ?>> SLOTS =
      List.copyOf(
          new AwsInfrastructure(
                  new World(),
                  "cluster",
                  Duration.ZERO,
                  Duration.ZERO,
                  "smtp.example",
                  new SideBySide(Runnable::run),
                  InstantSource.system())
              .slots());

  /** By logical name and field, in the order of the slots and their tables. */
  public static final Map<String, Promise> ALL = all();

  /**
   * One row of a field table.
   *
   * @param field null for the resource as a whole
   * @param kind null for the resource as a whole
   */
  public record Promise(
      String resource,
      String title,
      @Nullable String field,
      @Nullable FieldKind kind,
      DriftClass driftClass,
      Loss loss) {
    public String name() {
      return resource + " " + (field == null ? title : field);
    }

    public String kindName() {
      return kind == null ? "whole" : kind.name();
    }

    /** Whether the operator does it by itself; else a person has to say so, or do it. */
    public boolean isPutRight() {
      if (kind == null) return loss != Loss.DATA;
      return switch (kind) {
        case REPORTED -> false;
        case IMMUTABLE -> loss == Loss.NOTHING;
        default -> true;
      };
    }
  }

  private Promises() {}

  public static Promise of(Hand hand) {
    return Objects.requireNonNull(ALL.get(hand.name()), hand.name());
  }

  private static Map<String, Promise> all() {
    var all = new ArrayList<Promise>();
    for (var slot : SLOTS) of(slot.name().value(), slot.type().facts(), all);
    return all.stream().collect(toMap(Promise::name, p -> p, (a, b) -> a, LinkedHashMap::new));
  }

  private static void of(String resource, Facts<?, ?> facts, List<Promise> all) {
    for (var p : facts.fields().promises())
      all.add(
          new Promise(resource, facts.title(), p.field(), p.kind(), p.driftClass(), facts.loss()));
    all.add(new Promise(resource, facts.title(), null, null, facts.whenMissing(), facts.loss()));
  }
}
