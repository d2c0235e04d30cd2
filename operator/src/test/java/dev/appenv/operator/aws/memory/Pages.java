package dev.appenv.operator.aws.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of a list whose tokens are numbers. */
final class Pages {
  private Pages() {}

  static <T> Shelf.Page<T> of(List<T> all, @Nullable String token, int size) {
    var from = token == null || token.isEmpty() ? 0 : Integer.parseInt(token);
    var to = (int) Math.min(all.size(), (long) from + size);
    return new Shelf.Page<>(
        all.subList(Math.min(from, to), to), to < all.size() ? Integer.toString(to) : null);
  }
}
