package dev.appenv.operator.aws.memory;

import dev.appenv.operator.aws.call.OwnerTags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;

/** Users with their access keys. */
final class Users {
  private static final int MOST_KEYS = 2;
  private static final String NO_ENTITY = "NoSuchEntity";

  static final class User {
    final String name;
    final String path;
    @Nullable String boundary;
    boolean loginProfile;
    final Map<String, String> written = new TreeMap<>();
    final Set<String> attached = new TreeSet<>();
    final Set<String> groups = new TreeSet<>();

    User(String name, String path, @Nullable String boundary) {
      this.name = name;
      this.path = path;
      this.boundary = boundary;
    }

    @Override
    public String toString() {
      return List.of(name, path, String.valueOf(boundary), loginProfile, written, attached, groups)
          .toString();
    }
  }

  static final class Key {
    final String user;
    final String id;
    StatusType status = StatusType.ACTIVE;

    Key(String user, String id) {
      this.user = user;
      this.id = id;
    }

    @Override
    public String toString() {
      return List.of(user, id, status).toString();
    }
  }

  private final MemoryRegion region;
  private int made;
  final Shelf<User> shelf;

  /** By user and id, with a slash between them. */
  final Shelf<Key> keys;

  Users(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, NO_ENTITY, Map.of());
    this.keys = new Shelf<>(region, NO_ENTITY, Map.of());
  }

  User get(String name) {
    return shelf.get(name);
  }

  void create(String name, String path, @Nullable String boundary, List<Tag> tags) {
    if (shelf.find(name).isPresent())
      throw AwsErrors.error(409, "EntityAlreadyExists", name + " already exists.");
    shelf.add(name, new User(name, path, boundary));
    region.identities.tag(name, tags);
  }

  void delete(String name) {
    var user = get(name);
    if (!user.written.isEmpty() || !user.attached.isEmpty())
      throw conflict("Cannot delete entity, must delete policies first.");
    if (!user.groups.isEmpty())
      throw conflict("Cannot delete entity, must remove users from group first.");
    if (user.loginProfile) throw conflict("Cannot delete entity, must delete login profile first.");
    if (keys.all().stream().anyMatch(key -> key.user.equals(name)))
      throw conflict("Cannot delete entity, must delete access keys first.");
    shelf.remove(name);
  }

  private static RuntimeException conflict(String message) {
    return AwsErrors.error(409, "DeleteConflict", message);
  }

  /** The answer is the only one that has the secret. */
  AccessKey createKey(String name) {
    get(name);
    if (keys.all().stream().filter(key -> key.user.equals(name)).count() >= MOST_KEYS)
      throw AwsErrors.error(
          409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: " + MOST_KEYS);
    var id = "AKIA%012d".formatted(++made);
    keys.add(name + "/" + id, new Key(name, id));
    return AccessKey.builder()
        .userName(name)
        .accessKeyId(id)
        .status(StatusType.ACTIVE)
        .secretAccessKey("secret of " + id)
        .build();
  }

  List<AccessKeyMetadata> list(String name) {
    get(name);
    return keys.page(List.of(), null, null).things().stream()
        .filter(key -> key.user.equals(name))
        .map(key ->
            AccessKeyMetadata.builder()
                .userName(name)
                .accessKeyId(key.id)
                .status(key.status)
                .build())
        .toList();
  }

  boolean isKey(String id) {
    return keys.find(id).isPresent();
  }

  /** A key bears none; whose it is follows from its user's. */
  SortedMap<String, String> marksOf(String key) {
    var marks = new TreeMap<>(region.tags.of(key.substring(0, key.indexOf('/'))));
    marks.computeIfPresent(OwnerTags.RESOURCE, (_, name) -> "email.accessKey");
    marks.computeIfPresent(
        OwnerTags.RETAINED, (_, mark) -> mark.replace("email.user", "email.accessKey"));
    return marks;
  }

  software.amazon.awssdk.services.iam.model.User shown(User user) {
    var boundary = user.boundary;
    return software.amazon.awssdk.services.iam.model.User.builder()
        .userName(user.name)
        .path(user.path)
        .arn("arn:aws:iam::123456789012:user" + user.path + user.name)
        .permissionsBoundary(
            boundary == null
                ? null
                : AttachedPermissionsBoundary.builder().permissionsBoundaryArn(boundary).build())
        .tags(
            region.tags.of(user.name).entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList())
        .build();
  }
}
