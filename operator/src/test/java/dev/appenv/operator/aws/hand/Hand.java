package dev.appenv.operator.aws.hand;

import java.util.function.Consumer;
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

  /**
   * Somebody changes it, and that is drift.
   *
   * @param element which element of the field differs then; an id in it is written {@code
   *     {logical.name}}. Empty for a field that is one value
   */
  record Change(String resource, String field, String element, Consumer<Console> deed)
      implements Hand {
    private static final Pattern LOGICAL_NAME = Pattern.compile("\\{(.*?)}");

    public Change(String resource, String field, Consumer<Console> deed) {
      this(resource, field, "", deed);
    }

    /**
     * How status names the difference.
     *
     * @param ids the ids by logical names
     */
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
  record Told(String resource, String field, Consumer<Console> deed, String why) implements Hand {
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
  record Left(String resource, String field, Consumer<Console> deed, String why) implements Hand {
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
