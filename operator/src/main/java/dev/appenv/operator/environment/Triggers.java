package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Which changes of an environment lead to a pass. Those of status do not, for they are ours. */
public final class Triggers implements OnUpdateFilter<AppEnvironment> {
  @Override
  public boolean accept(AppEnvironment now, AppEnvironment before) {
    var newer = now.getMetadata();
    var older = before.getMetadata();
    return !Objects.equals(newer.getGeneration(), older.getGeneration())
        || !Objects.equals(newer.getDeletionTimestamp(), older.getDeletionTimestamp())
        || !Objects.equals(newer.getFinalizers(), older.getFinalizers())
        || Annotations.differ(now, before);
  }
}
