package dev.appenv.operator.aws.call;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;

/**
 * What a batch of changes to DNS records does. Route 53 has one operation for all, so permits go by
 * its content. One that overwrites whatever is there, by UPSERT, is never permitted.
 */
final class RecordBatch {
  static final String CREATE = "createRecords";
  static final String DELETE = "deleteRecords";

  /** Everything that it deletes it makes again, in another form. */
  static final String REPLACE = "replaceRecords";

  private record Key(String name, String type) {}

  private RecordBatch() {}

  /** What a call does: the method's name, or for a batch what is in it. */
  static String operation(String method, Object @Nullable [] arguments) {
    return arguments != null
            && arguments.length == 1
            && arguments[0] instanceof ChangeResourceRecordSetsRequest request
        ? operation(method, request)
        : method;
  }

  private static String operation(String method, ChangeResourceRecordSetsRequest request) {
    var created = keys(request, ChangeAction.CREATE);
    var deleted = keys(request, ChangeAction.DELETE);
    if (!keys(request, ChangeAction.UPSERT).isEmpty()) return method;
    if (deleted.isEmpty()) return CREATE;
    if (created.isEmpty()) return DELETE;
    var gone = new HashSet<>(deleted);
    gone.removeAll(created);
    return gone.isEmpty() ? REPLACE : method;
  }

  private static Set<Key> keys(ChangeResourceRecordSetsRequest request, ChangeAction action) {
    return request.changeBatch().changes().stream()
        .filter(change -> change.action() == action)
        .map(Change::resourceRecordSet)
        // Route 53 gives names with a dot at the end, and takes them without.
        .map(set -> new Key(set.name().replaceAll("\\.$", ""), set.typeAsString()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
