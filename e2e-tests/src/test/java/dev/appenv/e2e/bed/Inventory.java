package dev.appenv.e2e.bed;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that is in the region, by id, with its tags. What is terminated is not there any more.
 */
public record Inventory(SortedMap<String, Map<String, String>> things) {
  private static final String UID = "appenv.dev/environment-uid";
  private static final String RESOURCE = "appenv.dev/resource";

  public SortedSet<String> ids() {
    return new TreeSet<>(things.keySet());
  }

  /** What is in this and not in the other. */
  public Inventory without(Inventory other) {
    var rest = new TreeMap<>(things);
    rest.keySet().removeAll(other.things.keySet());
    return new Inventory(rest);
  }

  public Inventory only(String... ids) {
    var some = new TreeMap<>(things);
    some.keySet().retainAll(List.of(ids));
    return new Inventory(some);
  }

  public Inventory tagged(String key, String value) {
    return new Inventory(
        things.entrySet().stream()
            .filter(thing -> value.equals(thing.getValue().get(key)))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new)));
  }

  public Inventory of(Environment environment) {
    return tagged(UID, environment.uid());
  }

  /** Two of the same logical name in one environment. */
  public Map<String, List<String>> duplicates() {
    return things.entrySet().stream()
        .filter(thing -> thing.getValue().containsKey(RESOURCE))
        .collect(
            groupingBy(
                thing -> thing.getValue().get(UID) + " " + thing.getValue().get(RESOURCE),
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
        .entrySet()
        .stream()
        .filter(same -> same.getValue().size() > 1)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
