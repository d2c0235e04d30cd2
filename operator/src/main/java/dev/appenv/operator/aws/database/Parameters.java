package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;

/** The parameters in one group. */
final class Parameters {
  /** As many as RDS takes in one call. */
  private static final int AT_ONCE = 20;

  private static final String BY_DEFAULT = "engine-default";

  private final Calls aws;
  private final String group;
  private final String family;

  Parameters(Calls aws, String group, String family) {
    this.aws = aws;
    this.group = group;
    this.family = family;
  }

  /** Those that somebody has set, and to what. */
  static Map<String, String> setByHand(Calls aws, String group) {
    var set = new TreeMap<String, String>();
    aws
        .client(RdsClient.class, Permit.READ)
        .describeDBParametersPaginator(
            r -> r.dbParameterGroupName(group).source("user").maxRecords(100))
        .parameters()
        .stream()
        .filter(p -> p.parameterValue() != null)
        .forEach(p -> set.put(p.parameterName(), p.parameterValue()));
    return Map.copyOf(set);
  }

  /**
   * Sets these, or lets AWS's default hold again.
   *
   * @param wanted by name; what is not in it gets the default
   */
  void put(List<String> names, Map<String, String> wanted) {
    var known = known();
    // An emulator may know only of those that were set.
    var complete = known.values().stream().anyMatch(p -> BY_DEFAULT.equals(p.source()));
    var set = new ArrayList<Parameter>();
    var reset = new ArrayList<Parameter>();
    for (var name : names) {
      var parameter = known.get(name);
      var value = wanted.get(name);
      if (value != null && complete) mustBeSettable(name, parameter);
      // What is static refuses to be set at once.
      var method =
          parameter != null && "dynamic".equals(parameter.applyType())
              ? ApplyMethod.IMMEDIATE
              : ApplyMethod.PENDING_REBOOT;
      var change = Parameter.builder().parameterName(name).applyMethod(method);
      if (value == null) reset.add(change.build());
      else set.add(change.parameterValue(value).build());
    }
    var rds = aws.client(RdsClient.class, Permit.CHANGE);
    for (var some : parts(set))
      rds.modifyDBParameterGroup(r -> r.dbParameterGroupName(group).parameters(some));
    for (var some : parts(reset))
      rds.resetDBParameterGroup(
          r -> r.dbParameterGroupName(group).resetAllParameters(false).parameters(some));
  }

  private Map<String, Parameter> known() {
    var known = new TreeMap<String, Parameter>();
    aws.client(RdsClient.class, Permit.READ)
        .describeDBParametersPaginator(r -> r.dbParameterGroupName(group).maxRecords(100))
        .parameters()
        .forEach(p -> known.put(p.parameterName(), p));
    return known;
  }

  private void mustBeSettable(String name, @Nullable Parameter parameter) {
    if (parameter == null)
      throw new AwsType.Impossible(
          "spec.database.parameters: there is no parameter %s in %s; take it out or correct it"
              .formatted(name, family));
    if (Boolean.FALSE.equals(parameter.isModifiable()))
      throw new AwsType.Impossible(
          "spec.database.parameters: AWS lets nobody set %s; take it out".formatted(name));
  }

  private static <T> List<List<T>> parts(List<T> all) {
    var parts = new ArrayList<List<T>>();
    for (var from = 0; from < all.size(); from += AT_ONCE)
      parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
    return parts;
  }
}
