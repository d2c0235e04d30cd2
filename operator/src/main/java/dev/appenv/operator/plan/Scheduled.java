package dev.appenv.operator.plan;

import java.util.List;

/** A live resource to which the cloud will do later what was asked for. */
public interface Scheduled {
  /** What and when, as users read it. */
  List<String> scheduled();
}
