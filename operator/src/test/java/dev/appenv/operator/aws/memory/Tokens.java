package dev.appenv.operator.aws.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Client tokens: a call with a token that is known is not done again. */
final class Tokens<R> {
  private record Known<R>(R request, String id) {}

  private final Map<String, Known<R>> known = new HashMap<>();

  String once(@Nullable String token, R request, Supplier<String> make) {
    if (token == null) return make.get();
    var before = known.get(token);
    if (before == null) {
      var id = make.get();
      known.put(token, new Known<>(request, id));
      return id;
    }
    if (!before.request().equals(request))
      throw AwsErrors.refused(
          "IdempotentParameterMismatch", "The client token was used before with other parameters");
    return before.id();
  }
}
