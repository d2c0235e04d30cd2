package dev.appenv.operator.aws;

import dev.appenv.operator.aws.cache.Cache;
import dev.appenv.operator.aws.compute.Compute;
import dev.appenv.operator.aws.database.Database;
import dev.appenv.operator.aws.dns.Dns;
import dev.appenv.operator.aws.email.Email;
import dev.appenv.operator.aws.identity.Identity;
import dev.appenv.operator.aws.network.Network;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.storage.Storage;
import java.util.List;

/** The one list of what an environment can consist of; a noun after those it depends on. */
final class Nouns {
  private Nouns() {}

  /**
   * @param smtpHost of {@link Email}
   */
  static List<Noun> all(String smtpHost) {
    return List.of(
        new Network(),
        new Database(),
        new Cache(),
        new Storage(),
        new Email(smtpHost),
        new Identity(),
        new Compute(),
        new Dns());
  }
}
