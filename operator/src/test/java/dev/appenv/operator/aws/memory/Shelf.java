package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * All resources of one type, listed as AWS lists them: filtered, in pages, and new ones only after
 * a while.
 */
final class Shelf<T> {
  private final MemoryRegion region;
  private final String notFound;
  private final Map<String, Function<T, List<String>>> filters;
  private final NavigableMap<String, T> things = new TreeMap<>();
  private final Map<String, Integer> hiddenFromLists = new HashMap<>();
  private final Map<String, Integer> hiddenById = new HashMap<>();

  /**
   * @param notFound AWS's error code for an unknown id
   * @param filters what the filters other than those for tags read
   */
  Shelf(MemoryRegion region, String notFound, Map<String, Function<T, List<String>>> filters) {
    this.region = region;
    this.notFound = notFound;
    this.filters = filters;
  }

  record Page<T>(List<T> things, @Nullable String nextToken) {}

  T add(String id, T thing) {
    things.put(id, thing);
    hiddenFromLists.put(id, region.listLag());
    hiddenById.put(id, region.idLag());
    return thing;
  }

  void replace(String id, T thing) {
    things.put(id, thing);
  }

  /** What AWS itself knows, whatever it shows. */
  Collection<T> all() {
    return things.values();
  }

  Optional<T> find(String id) {
    return Optional.ofNullable(things.get(id));
  }

  T get(String id) {
    return find(id).orElseThrow(() -> AwsErrors.notFound(notFound, id));
  }

  void remove(String id) {
    get(id);
    things.remove(id);
    region.tags.forget(id);
  }

  boolean isListed(String id) {
    return hiddenFromLists.getOrDefault(id, 0) == 0;
  }

  List<T> byIds(List<String> ids) {
    return ids.stream().map(this::byId).toList();
  }

  private T byId(String id) {
    var lag = hiddenById.getOrDefault(id, 0);
    if (lag > 0) {
      hiddenById.put(id, lag - 1);
      throw AwsErrors.notFound(notFound, id);
    }
    return get(id);
  }

  /**
   * @param token the last id of the page before
   */
  Page<T> page(List<Filter> wanted, @Nullable String token, @Nullable Integer maxResults) {
    var size = maxResults == null ? Integer.MAX_VALUE : Math.min(maxResults, region.pageSize());
    var found = new ArrayList<T>();
    var last = "";
    for (var entry : things.entrySet()) {
      if (token != null && entry.getKey().compareTo(token) <= 0) continue;
      if (!isListed(entry.getKey()) || !matches(entry.getKey(), entry.getValue(), wanted)) continue;
      if (found.size() == size) return counted(new Page<>(found, last));
      found.add(entry.getValue());
      last = entry.getKey();
    }
    return counted(new Page<>(found, null));
  }

  /** A new thing shows after so many listings; the pages of one listing agree. */
  private Page<T> counted(Page<T> page) {
    if (page.nextToken() == null) {
      hiddenFromLists.replaceAll((id, left) -> Math.max(0, left - 1));
      hiddenById.replaceAll((id, left) -> Math.max(0, left - 1));
    }
    return page;
  }

  private boolean matches(String id, T thing, List<Filter> wanted) {
    return wanted.stream()
        .allMatch(f -> values(id, thing, f.name()).stream().anyMatch(f.values()::contains));
  }

  private List<String> values(String id, T thing, String filter) {
    var tags = region.tags.of(id);
    if (filter.equals("tag-key")) return List.copyOf(tags.keySet());
    if (filter.startsWith("tag:")) {
      var value = tags.get(filter.substring("tag:".length()));
      return value == null ? List.of() : List.of(value);
    }
    var reading = filters.get(filter);
    if (reading == null)
      throw AwsErrors.refused(
          "InvalidParameterValue", "The filter '%s' is invalid".formatted(filter));
    return reading.apply(thing);
  }
}
