package dev.appenv.operator.aws;

import dev.appenv.operator.aws.cache.Cache;
import dev.appenv.operator.aws.compute.Compute;
import dev.appenv.operator.aws.network.Network;
import dev.appenv.operator.aws.resource.Noun;
import java.util.List;

/** The one list of what an environment can consist of; a noun after those it depends on. */
final class Nouns {
  static final List<Noun> ALL = List.of(new Network(), new Compute(), new Cache());

  private Nouns() {}
}
