package dev.appenv.operator.aws.database;

import dev.appenv.api.DatabaseSpec;
import dev.appenv.api.Defaults;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many final snapshots of an environment's databases are kept, and for how long. It is a tag of
 * the database, which AWS copies to its snapshots.
 *
 * @param days null: however old they are
 */
record Retention(int keep, @Nullable Integer days) {
  static final String TAG = "appenv.dev/final-snapshots";

  private static final Pattern TEXT = Pattern.compile("keep=(\\d{1,4})(?: days=(\\d{1,5}))?");
  private static final Retention DEFAULT = new Retention(Defaults.FINAL_SNAPSHOTS, null);

  static Retention of(DatabaseSpec spec) {
    var wished = spec.finalSnapshots();
    return wished == null
        ? DEFAULT
        : new Retention(
            Objects.requireNonNullElse(wished.keep(), Defaults.FINAL_SNAPSHOTS), wished.days());
  }

  /** What somebody else wrote there says nothing. */
  static Retention of(Map<String, String> tags) {
    var text = TEXT.matcher(tags.getOrDefault(TAG, ""));
    if (!text.matches()) return DEFAULT;
    var days = text.group(2);
    return new Retention(
        Math.max(1, Integer.parseInt(text.group(1))), days == null ? null : Integer.valueOf(days));
  }

  /** As a tag has it. */
  String text() {
    return days == null ? "keep=" + keep : "keep=%d days=%d".formatted(keep, days);
  }
}
