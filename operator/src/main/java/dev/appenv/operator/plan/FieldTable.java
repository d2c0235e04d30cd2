package dev.appenv.operator.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a resource type: how each is read from the desired and from the live form, its kind
 * and its class. Values are in canonical text, so that equal meanings compare equal. A desired
 * value of null means that the user did not say: not compared.
 *
 * @param <D> desired form
 * @param <L> live form
 */
public final class FieldTable<D, L> {

  private sealed interface Field<D, L> {
    String name();

    FieldKind kind();

    DriftClass driftClass();

    record Plain<D, L>(
        String name,
        FieldKind kind,
        DriftClass driftClass,
        BiFunction<D, Ids, @Nullable String> desired,
        Function<L, @Nullable String> live)
        implements Field<D, L> {}

    record AtLeast<D, L>(
        String name,
        FieldKind kind,
        DriftClass driftClass,
        BiFunction<D, Ids, Integer> desired,
        Function<L, Integer> live)
        implements Field<D, L> {}

    record Entries<D, L>(
        String name,
        FieldKind kind,
        DriftClass driftClass,
        BiFunction<D, Ids, Map<String, String>> desired,
        Function<L, Map<String, String>> live)
        implements Field<D, L> {}

    record Elements<D, L>(
        String name,
        FieldKind kind,
        DriftClass driftClass,
        BiFunction<D, Ids, @Nullable Set<String>> desired,
        Function<L, Set<String>> live)
        implements Field<D, L> {}

    /**
     * @param classOf the class of each key
     */
    record Settings<D, L>(
        String name,
        FieldKind kind,
        Function<String, DriftClass> classOf,
        BiFunction<D, Ids, Map<String, String>> desired,
        Function<L, Map<String, String>> live)
        implements Field<D, L> {
      @Override
      public DriftClass driftClass() {
        return classOf.apply("");
      }
    }

    record Foreign<D, L>(
        String name, DriftClass driftClass, BiFunction<L, Ids, Set<String>> foreign)
        implements Field<D, L> {
      @Override
      public FieldKind kind() {
        return FieldKind.REPORTED;
      }
    }
  }

  private final List<Field<D, L>> fields;

  private FieldTable(List<Field<D, L>> fields) {
    this.fields = List.copyOf(fields);
  }

  public static <D, L> FieldTable<D, L> empty() {
    return new FieldTable<>(List.of());
  }

  /** A field with one value. */
  public FieldTable<D, L> plain(
      String name,
      FieldKind kind,
      DriftClass driftClass,
      BiFunction<D, Ids, @Nullable String> desired,
      Function<L, @Nullable String> live) {
    return with(new Field.Plain<>(name, kind, driftClass, desired, live));
  }

  /** A number that may be more than is wished for: storage that grew by itself. */
  public FieldTable<D, L> atLeast(
      String name,
      FieldKind kind,
      DriftClass driftClass,
      BiFunction<D, Ids, Integer> desired,
      Function<L, Integer> live) {
    return with(new Field.AtLeast<>(name, kind, driftClass, desired, live));
  }

  /**
   * A field whose value is a set: each missing and each surplus element is a difference of its own.
   */
  public FieldTable<D, L> elements(
      String name,
      FieldKind kind,
      DriftClass driftClass,
      BiFunction<D, Ids, @Nullable Set<String>> desired,
      Function<L, Set<String>> live) {
    return with(new Field.Elements<>(name, kind, driftClass, desired, live));
  }

  /** A field whose value is a map of which only the wanted keys are ours, such as tags. */
  public FieldTable<D, L> entries(
      String name,
      FieldKind kind,
      DriftClass driftClass,
      BiFunction<D, Ids, Map<String, String>> desired,
      Function<L, Map<String, String>> live) {
    return with(new Field.Entries<>(name, kind, driftClass, desired, live));
  }

  /**
   * A field whose value is a map that is all ours: what is in it and not wished for is taken out.
   *
   * @param classOf the class of each key, for they may differ in what harm they do
   */
  public FieldTable<D, L> settings(
      String name,
      FieldKind kind,
      Function<String, DriftClass> classOf,
      BiFunction<D, Ids, Map<String, String>> desired,
      Function<L, Map<String, String>> live) {
    return with(new Field.Settings<>(name, kind, classOf, desired, live));
  }

  /** What others put into the resource: each is told, and none is ever touched. */
  public FieldTable<D, L> foreign(
      String name, DriftClass driftClass, BiFunction<L, Ids, Set<String>> foreign) {
    return with(new Field.Foreign<>(name, driftClass, foreign));
  }

  private FieldTable<D, L> with(Field<D, L> field) {
    var more = new ArrayList<>(fields);
    more.add(field);
    return new FieldTable<>(more);
  }

  /** What is promised of a field. */
  public record Promise(String field, FieldKind kind, DriftClass driftClass) {}

  /** In the table's order. */
  public List<Promise> promises() {
    return fields.stream().map(f -> new Promise(f.name(), f.kind(), f.driftClass())).toList();
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** How the field of this name takes part; one that is not in the table is only observed. */
  FieldKind kindOf(String field) {
    return fields.stream()
        .filter(f -> f.name().equals(field))
        .map(Field::kind)
        .findFirst()
        .orElse(FieldKind.OBSERVED_ONLY);
  }

  /**
   * All differences, in the table's order.
   *
   * @param applied the fingerprints of the wishes that were fulfilled before: what cannot be read
   *     differs when they do
   */
  public List<Difference> compare(D desired, L live, Ids ids, Map<String, String> applied) {
    var found = new ArrayList<Difference>();
    var prints = fingerprints(desired, ids);
    for (var field : fields) {
      if (field.kind() == FieldKind.OBSERVED_ONLY || field.kind() == FieldKind.AT_CREATION)
        continue;
      if (field.kind() == FieldKind.WRITE_ONLY) {
        if (!Objects.equals(prints.get(field.name()), applied.get(field.name())))
          found.add(unreadable(field));
        continue;
      }
      switch (field) {
        case Field.Plain<D, L> f -> comparePlain(f, desired, live, ids, found);
        case Field.AtLeast<D, L> f -> compareAtLeast(f, desired, live, ids, found);
        case Field.Elements<D, L> f -> compareElements(f, desired, live, ids, found);
        case Field.Entries<D, L> f -> compareEntries(f, desired, live, ids, found);
        case Field.Settings<D, L> f -> compareSettings(f, desired, live, ids, found);
        case Field.Foreign<D, L> f -> {
          for (var element : new TreeSet<>(f.foreign().apply(live, ids)))
            found.add(element(f, element, Drift.ABSENT, Drift.PRESENT));
        }
      }
    }
    return List.copyOf(found);
  }

  private static <D, L> void comparePlain(
      Field.Plain<D, L> field, D desired, L live, Ids ids, List<Difference> found) {
    var want = field.desired().apply(desired, ids);
    var have = field.live().apply(live);
    if (want == null || want.equals(have)) return;
    found.add(
        new Difference(
            field.name(),
            "",
            want,
            have == null ? Drift.ABSENT : have,
            field.kind(),
            field.driftClass()));
  }

  private static <D, L> void compareAtLeast(
      Field.AtLeast<D, L> field, D desired, L live, Ids ids, List<Difference> found) {
    var want = field.desired().apply(desired, ids);
    var have = field.live().apply(live);
    if (have < want) found.add(element(field, "", String.valueOf(want), String.valueOf(have)));
  }

  private static <D, L> void compareElements(
      Field.Elements<D, L> field, D desired, L live, Ids ids, List<Difference> found) {
    var want = field.desired().apply(desired, ids);
    if (want == null) return;
    var have = field.live().apply(live);
    for (var element : new TreeSet<>(want))
      if (!have.contains(element)) found.add(element(field, element, Drift.PRESENT, Drift.ABSENT));
    for (var element : new TreeSet<>(have))
      if (!want.contains(element)) found.add(element(field, element, Drift.ABSENT, Drift.PRESENT));
  }

  private static <D, L> void compareEntries(
      Field.Entries<D, L> field, D desired, L live, Ids ids, List<Difference> found) {
    var have = field.live().apply(live);
    new TreeMap<>(field.desired().apply(desired, ids))
        .forEach((key, want) -> {
          if (!want.equals(have.get(key)))
            found.add(
                new Difference(
                    field.name(),
                    key,
                    want,
                    have.getOrDefault(key, Drift.ABSENT),
                    field.kind(),
                    field.driftClass()));
        });
  }

  private static <D, L> void compareSettings(
      Field.Settings<D, L> field, D desired, L live, Ids ids, List<Difference> found) {
    var want = field.desired().apply(desired, ids);
    var have = field.live().apply(live);
    var keys = new TreeSet<>(want.keySet());
    keys.addAll(have.keySet());
    for (var key : keys)
      if (!Objects.equals(want.get(key), have.get(key)))
        found.add(
            new Difference(
                field.name(),
                key,
                want.getOrDefault(key, Drift.ABSENT),
                have.getOrDefault(key, Drift.ABSENT),
                field.kind(),
                field.classOf().apply(key)));
  }

  /** Its values are never shown. */
  private static Difference unreadable(Field<?, ?> field) {
    return new Difference(
        field.name(), "", "(as wished)", "(another)", field.kind(), field.driftClass());
  }

  private static Difference element(Field<?, ?> field, String element, String want, String have) {
    return new Difference(field.name(), element, want, have, field.kind(), field.driftClass());
  }

  /**
   * A short hash of each field's desired value, to tell later whether a difference came from a
   * changed wish or from a changed world.
   */
  public SortedMap<String, String> fingerprints(D desired, Ids ids) {
    var prints = new TreeMap<String, String>();
    for (var field : fields) {
      Object want =
          switch (field) {
            case Field.Plain<D, L> f -> f.desired().apply(desired, ids);
            case Field.AtLeast<D, L> f -> f.desired().apply(desired, ids);
            case Field.Elements<D, L> f -> {
              var set = f.desired().apply(desired, ids);
              yield set == null ? null : new TreeSet<>(set);
            }
            case Field.Entries<D, L> f -> new TreeMap<>(f.desired().apply(desired, ids));
            case Field.Settings<D, L> f -> new TreeMap<>(f.desired().apply(desired, ids));
            case Field.Foreign<D, L> _ -> null;
          };
      if (want != null) prints.put(field.name(), shortHash(want.toString()));
    }
    return prints;
  }

  static String shortHash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return fields.stream().map(f -> Map.entry(f.name(), f.kind())).toList().toString();
  }
}
