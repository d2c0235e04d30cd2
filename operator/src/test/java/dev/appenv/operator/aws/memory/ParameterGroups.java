package dev.appenv.operator.aws.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.CreateDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersResponse;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Groups of parameters of databases, and the parameters that there are. */
final class ParameterGroups {
  private static final int AT_ONCE = 20;
  private static final String STATIC = "static";
  private static final String DYNAMIC = "dynamic";

  /** Some of PostgreSQL's, by how they take effect. */
  private static final SortedMap<String, String> CATALOGUE =
      new TreeMap<>(
          Map.of(
              "fsync",
              STATIC,
              "log_min_duration_statement",
              DYNAMIC,
              "max_connections",
              STATIC,
              "rds.force_ssl",
              DYNAMIC,
              "shared_buffers",
              STATIC,
              "work_mem",
              DYNAMIC));

  private static final String FIXED = "fsync";

  private final MemoryRegion region;
  final Shelf<DBParameterGroup> shelf;
  private final Map<String, SortedMap<String, String>> values = new HashMap<>();

  ParameterGroups(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "DBParameterGroupNotFound", Map.of());
  }

  void create(CreateDbParameterGroupRequest r) {
    var name = r.dbParameterGroupName();
    if (shelf.find(name).isPresent())
      throw AwsErrors.refused("DBParameterGroupAlreadyExists", name + " already exists");
    region.tags.put(name, Databases.map(r.tags()));
    values.put(name, new TreeMap<>());
    shelf.add(
        name,
        DBParameterGroup.builder()
            .dbParameterGroupName(name)
            .dbParameterGroupArn(Databases.ARN + "pg:" + name)
            .dbParameterGroupFamily(r.dbParameterGroupFamily())
            .build());
  }

  /** Those of AWS itself are always there. */
  void mustHave(String group) {
    if (!group.startsWith("default.")) shelf.get(group);
  }

  void modify(String group, List<Parameter> parameters) {
    check(group, parameters);
    for (var p : parameters) {
      set(group).put(p.parameterName(), p.parameterValue());
      if (STATIC.equals(CATALOGUE.get(p.parameterName()))) region.databases.mustRestart(group);
    }
  }

  void reset(String group, List<Parameter> parameters) {
    check(group, parameters);
    for (var p : parameters) {
      set(group).remove(p.parameterName());
      if (STATIC.equals(CATALOGUE.get(p.parameterName()))) region.databases.mustRestart(group);
    }
  }

  private void check(String group, List<Parameter> parameters) {
    shelf.get(group);
    if (parameters.size() > AT_ONCE)
      throw AwsErrors.refused("InvalidParameterValue", "too many parameters at once");
    for (var p : parameters) {
      var type = CATALOGUE.get(p.parameterName());
      if (type == null)
        throw AwsErrors.refused(
            "InvalidParameterValue", "Could not find parameter with name: " + p.parameterName());
      if (p.parameterName().equals(FIXED))
        throw AwsErrors.refused(
            "InvalidParameterValue", "The parameter " + FIXED + " cannot be modified.");
      if (type.equals(STATIC) && p.applyMethod() != ApplyMethod.PENDING_REBOOT)
        throw AwsErrors.refused(
            "InvalidParameterCombination",
            "cannot use immediate apply method for static parameter");
    }
  }

  DescribeDbParametersResponse describe(DescribeDbParametersRequest r) {
    var set = values(r.dbParameterGroupName());
    var all =
        CATALOGUE.entrySet().stream()
            .map(e -> parameter(e.getKey(), e.getValue(), set.get(e.getKey())))
            .filter(p -> r.source() == null || r.source().equals(p.source()))
            .toList();
    var page = Pages.of(all, r.marker(), Math.min(100, region.pageSize()));
    return DescribeDbParametersResponse.builder()
        .parameters(page.things())
        .marker(page.nextToken())
        .build();
  }

  private static Parameter parameter(String name, String type, @Nullable String value) {
    return Parameter.builder()
        .parameterName(name)
        .parameterValue(value)
        .applyType(type)
        .isModifiable(!name.equals(FIXED))
        .source(value == null ? "engine-default" : "user")
        .build();
  }

  void delete(String name) {
    shelf.get(name);
    if (region.databases.usesParameters(name))
      throw AwsErrors.refused("InvalidDBParameterGroupState", name + " is in use");
    values.remove(name);
    shelf.remove(name);
  }

  SortedMap<String, String> values(String group) {
    shelf.get(group);
    return set(group);
  }

  private SortedMap<String, String> set(String group) {
    return values.computeIfAbsent(group, _ -> new TreeMap<>());
  }

  /** With what is set in it. */
  String text(DBParameterGroup group) {
    return group + " " + values(group.dbParameterGroupName());
  }
}
