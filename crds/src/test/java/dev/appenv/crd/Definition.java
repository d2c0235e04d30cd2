package dev.appenv.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.EachItem;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The definition of one custom resource: what the generator makes of its class, put right. */
final class Definition {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  /** Lists whose items are told apart by a key. The generator has no annotation for it. */
  private static final Map<String, String> KEYED_LISTS =
      Map.of("status.conditions", "type", "status.resources", "name", "status.capacity", "region");

  /** Lists that hold each value once. */
  private static final List<String> SETS =
      List.of("spec.network.sshFrom", "spec.allowedNamespaces", "spec.allowedRegions");

  private final Class<? extends CustomResource<?, ?>> resource;
  private final ObjectNode definition;

  Definition(Class<? extends CustomResource<?, ?>> resource) {
    this.resource = resource;
    this.definition = JSON.valueToTree(generated(resource));
    var version = (ObjectNode) definition.at("/spec/versions/0");
    version.set("additionalPrinterColumns", columns());
    var schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
    schema.put("description", resource.getAnnotation(JsonClassDescription.class).value());
    schema.putArray("required").add("spec");
    var types = ((ParameterizedType) resource.getGenericSuperclass()).getActualTypeArguments();
    complete("spec", types[0], property(schema, "spec"));
    complete("status", types[1], property(schema, "status"));
    tidy(schema);
  }

  String fileName() {
    return definition.at("/metadata/name").asText() + ".yaml";
  }

  String yaml() {
    try {
      return "# Written by the build from "
          + resource.getName()
          + "; change that.\n"
          + YAML.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HasMetadata generated(Class<? extends HasMetadata> resource) {
    var seen = new AtomicReference<@Nullable HasMetadata>();
    var generator =
        new CRDGenerator()
            .customResourceClasses(List.of(resource))
            .forCRDVersions("v1")
            .withOutput(new Nowhere())
            .withPostProcessor(
                new CRDPostProcessor() {
                  @Override
                  public HasMetadata process(HasMetadata crd, String version) {
                    seen.set(crd);
                    return crd;
                  }
                });
    generator.generate();
    var crd = seen.get();
    if (crd == null) throw new IllegalStateException("nothing was generated for " + resource);
    return crd;
  }

  /** In the order of the annotations; the generator sorts them by path. */
  private ArrayNode columns() {
    var columns = JSON.createArrayNode();
    Arrays.stream(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
        .forEach(c ->
            columns
                .addObject()
                .put("name", c.name())
                .put("type", c.type().getValue())
                .put("jsonPath", c.jsonPath()));
    return columns;
  }

  /**
   * Adds what the generator has no annotation for. In {@code spec} a field is required when its
   * component cannot be null, so schema and null checks agree. In {@code status} nothing but
   * conditions and keys is: a field that a later version adds must not make stored status invalid.
   */
  private static void complete(String path, Type type, ObjectNode schema) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      listType(path, schema);
      complete(path, list.getActualTypeArguments()[0], (ObjectNode) schema.get("items"));
    } else if (type instanceof Class<?> record && record.isRecord()) {
      var required = new LinkedHashSet<String>();
      for (var component : record.getRecordComponents()) {
        var name = name(component);
        complete(path + "." + name, component.getGenericType(), property(schema, name));
        var each = component.getAnnotation(EachItem.class);
        if (each != null) rules(each, (ObjectNode) property(schema, name).get("items"));
        var always = path.startsWith("spec") || record == ConditionStatus.class;
        if ((always && !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
            || name.equals(KEYED_LISTS.get(path))) required.add(name);
      }
      if (!required.isEmpty()) required.forEach(schema.putArray("required")::add);
      if (record == ConditionStatus.class)
        property(schema, "status").putArray("enum").add("True").add("False").add("Unknown");
    }
  }

  private static void listType(String path, ObjectNode schema) {
    var key = KEYED_LISTS.get(path);
    if (key != null) {
      schema.put("x-kubernetes-list-type", "map").putArray("x-kubernetes-list-map-keys").add(key);
    } else if (SETS.contains(path)) {
      schema.put("x-kubernetes-list-type", "set");
    }
  }

  private static void rules(EachItem each, ObjectNode items) {
    var rules = items.putArray("x-kubernetes-validations");
    for (var rule : each.value())
      rules.addObject().put("message", rule.message()).put("rule", rule.value());
  }

  private static String name(RecordComponent component) {
    var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    return renamed == null ? component.getName() : renamed.value();
  }

  private static ObjectNode property(ObjectNode schema, String name) {
    return (ObjectNode) schema.required("properties").required(name);
  }

  /**
   * A rule on a record's component reaches both its field and its accessor, so the generator gives
   * it twice, which server-side apply refuses. And bounds are whole numbers.
   */
  private static void tidy(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.get("x-kubernetes-validations") instanceof ArrayNode rules) {
        var distinct = new LinkedHashSet<JsonNode>();
        rules.forEach(distinct::add);
        rules.removeAll().addAll(distinct);
      }
      for (var bound : List.of("minimum", "maximum"))
        if (object.has(bound)) object.put(bound, object.get(bound).asLong());
    }
    node.forEach(Definition::tidy);
  }

  private static final class Nowhere implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return new ByteArrayOutputStream();
    }

    @Override
    public void close() throws IOException {}
  }
}
