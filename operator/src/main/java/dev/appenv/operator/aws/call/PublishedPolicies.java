package dev.appenv.operator.aws.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the operator must be allowed in AWS, as the chart publishes it: IAM policies, one for each
 * concern, packed into the program from {@code helm/appenv/iam}. A test holds them against the
 * calls that the code can make, so that neither lacks anything of the other.
 *
 * <p>To find out what is missing, simulate each statement of {@link #of}: its actions on its
 * resources, in a context that fulfils its conditions. {@link #actions} is the list without these.
 */
public final class PublishedPolicies {
  /** What tells more beforehand, and without which all works. */
  public static final String PREFLIGHT = "preflight";

  /** The files, in the order in which they are attached. */
  public static final List<String> CONCERNS =
      List.of("base", "database", "cache", "bucket", "email", "dns", PREFLIGHT);

  /** The one that is for a zone. */
  private static final String OF_ZONE = "dns";

  private static final String CLUSTER = "CLUSTER";
  private static final String ZONE = "ZONE";
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedPolicies() {}

  /**
   * The policies for a cluster, in the order of {@link #CONCERNS}.
   *
   * @param zone the id of the zone in which records are made; null for none, and no policy for it
   */
  public static List<JsonNode> of(String clusterId, @Nullable String zone) {
    return CONCERNS.stream()
        .filter(concern -> zone != null || !concern.equals(OF_ZONE))
        .map(concern ->
            parsed(
                text(concern)
                    .replace(CLUSTER, clusterId)
                    .replace(ZONE, Objects.requireNonNullElse(zone, ZONE))))
        .toList();
  }

  /** All actions, such as {@code ec2:RunInstances}. */
  public static NavigableSet<String> actions() {
    var actions = new TreeSet<String>();
    CONCERNS.forEach(concern -> actions.addAll(actions(concern)));
    return actions;
  }

  /** The actions of one concern. */
  public static NavigableSet<String> actions(String concern) {
    var actions = new TreeSet<String>();
    for (var statement : parsed(text(concern)).path("Statement")) {
      var action = statement.path("Action");
      if (action.isTextual()) actions.add(action.asText());
      else action.forEach(each -> actions.add(each.asText()));
    }
    return actions;
  }

  private static String text(String concern) {
    try (var file = PublishedPolicies.class.getResourceAsStream("iam/%s.json".formatted(concern))) {
      if (file == null)
        throw new IllegalStateException("helm/appenv/iam/%s.json is missing".formatted(concern));
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parsed(String policy) {
    try {
      return JSON.readTree(policy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
