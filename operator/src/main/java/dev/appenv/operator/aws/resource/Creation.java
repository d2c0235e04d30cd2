package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.Owner;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * What a create call needs beside the desired form.
 *
 * @param tags ownership and visible tags together, for the create call itself
 * @param secrets takes what the answer tells and AWS never tells again, by the names of its parts
 */
public record Creation(
    Owner owner,
    Intent intent,
    Map<String, String> tags,
    Ids ids,
    BiConsumer<String, String> secrets) {
  public String token() {
    return intent.token();
  }

  /** The id that we chose, noted with the intent. */
  public String id() {
    return Objects.requireNonNull(intent.id(), intent.name() + " was to be made without a name");
  }
}
