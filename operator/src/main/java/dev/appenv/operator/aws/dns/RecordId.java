package dev.appenv.operator.aws.dns;

/** A record by its place: {@code Z0123456789/shop.example.com}. */
record RecordId(String zone, String domain) {
  static RecordId of(String id) {
    var slash = id.indexOf('/');
    if (slash < 0) throw new IllegalArgumentException(id + " is no zone and domain");
    return new RecordId(id.substring(0, slash), id.substring(slash + 1));
  }

  @Override
  public String toString() {
    return zone + "/" + domain;
  }
}
