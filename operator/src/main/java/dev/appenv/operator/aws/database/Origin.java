package dev.appenv.operator.aws.database;

/** What a database is made from. */
sealed interface Origin {
  /** As journals keep it. */
  String text();

  record Empty() implements Origin {
    @Override
    public String text() {
      return "empty";
    }
  }

  record Snapshot(String id) implements Origin {
    @Override
    public String text() {
      return "snapshot " + id;
    }
  }

  /**
   * The latest snapshot of an environment's database.
   *
   * @param path {@code namespace/name}
   */
  record Environment(String path) implements Origin {
    @Override
    public String text() {
      return "environment " + path;
    }
  }
}
