package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Wish;
import java.util.Map;
import java.util.TreeMap;

/** The tags that people read: a name that says whose and what, and the account's own. */
public record VisibleTags(Wish wish) {
  public Map<String, String> of(LogicalName name) {
    var tags = new TreeMap<>(wish.tags());
    tags.put("Name", wish.owner().path() + "/" + name);
    return Map.copyOf(tags);
  }
}
