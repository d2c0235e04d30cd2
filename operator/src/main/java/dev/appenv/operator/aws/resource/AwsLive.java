package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.Live;
import java.util.Map;

/** A live resource with its tags. */
public interface AwsLive extends Live {
  Map<String, String> tags();
}
