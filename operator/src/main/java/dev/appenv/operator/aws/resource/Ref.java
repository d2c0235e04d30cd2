package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import org.jspecify.annotations.Nullable;

/** A reference to another resource: one of the environment's own, or an existing one by its id. */
public sealed interface Ref {
  record Own(LogicalName name) implements Ref {}

  record Existing(String id) implements Ref {}

  static Ref to(LogicalName name) {
    return new Own(name);
  }

  /** The id, or null as long as the resource is not there. */
  default @Nullable String in(Ids ids) {
    return switch (this) {
      case Own(var name) -> ids.idOf(name);
      case Existing(var id) -> id;
    };
  }

  default String require(Ids ids) {
    return switch (this) {
      case Own(var name) -> ids.require(name);
      case Existing(var id) -> id;
    };
  }
}
