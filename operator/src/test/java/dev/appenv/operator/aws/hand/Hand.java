package dev.appenv.operator.aws.hand;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What can become of one field of a resource without the operator. */
public sealed interface Hand {
  /** The logical name. */
  String resource();

  /** As the resource's table has it; what deletes the resource has its title here. */
  String field();

  default String name() {
    return resource() + " " + field();
  }

  /** Somebody does something to it. */
  sealed interface Done extends Hand {
    Consumer<Console> deed();

    /**
     * Whether status names by this path what differs then: the field, or any element of it.
     *
     * @param ids the ids by logical names, as they are before it is done
     */
    default Predicate<String> named(UnaryOperator<String> ids) {
      return path -> path.equals(field()) || path.startsWith(field() + "[");
    }
  }

  /**
   * Somebody changes it, and that is drift.
   *
   * @param element which element of the field differs then; an id in it is written {@code
   *     {logical.name}}, and {@link #ANY} is one that AWS names. Empty for a field that is one
   *     value
   */
  record Change(String resource, String field, String element, Consumer<Console> deed)
      implements Done {
    static final String ANY = "*";
    private static final Pattern LOGICAL_NAME = Pattern.compile("\\{(.*?)}");

    public Change(String resource, String field, Consumer<Console> deed) {
      this(resource, field, "", deed);
    }

    @Override
    public Predicate<String> named(UnaryOperator<String> ids) {
      return element.equals(ANY) ? Done.super.named(ids) : path(ids)::equals;
    }

    /** How status names the difference. */
    public String path(UnaryOperator<String> ids) {
      return element.isEmpty()
          ? field
          : "%s[%s]"
              .formatted(
                  field,
                  LOGICAL_NAME.matcher(element).replaceAll(name -> ids.apply(name.group(1))));
    }

    @Override
    public String toString() {
      return resource + " " + path(id -> "{" + id + "}");
    }
  }

  /**
   * Somebody puts something there that is not ours: it is told, and never touched.
   *
   * @param why it is told
   */
  record Told(String resource, String field, Consumer<Console> deed, String why) implements Done {
    @Override
    public String toString() {
      return name();
    }
  }

  /**
   * Somebody changes it, and that is not ours to mind.
   *
   * @param why it is left
   */
  record Left(String resource, String field, Consumer<Console> deed, String why) implements Done {
    @Override
    public String toString() {
      return name();
    }
  }

  /**
   * Nobody changes it.
   *
   * @param why that is so
   */
  record Never(String resource, String field, String why) implements Hand {
    @Override
    public String toString() {
      return name();
    }
  }
}
