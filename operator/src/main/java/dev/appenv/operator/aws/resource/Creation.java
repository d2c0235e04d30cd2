package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.Owner;
import java.util.Map;

/**
 * What a create call needs beside the desired form.
 *
 * @param tags ownership and visible tags together, for the create call itself
 */
public record Creation(Owner owner, Intent intent, Map<String, String> tags, Ids ids) {
  public String token() {
    return intent.token();
  }
}
