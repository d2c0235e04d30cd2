package dev.appenv.operator.aws.memory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Tag;

/** Roles and instance profiles. */
final class Identities {
  static final class Role {
    final String name;
    final String path;
    String trust;
    @Nullable String boundary;
    final Map<String, String> written = new TreeMap<>();
    final Set<String> attached = new TreeSet<>();

    Role(String name, String path, String trust) {
      this.name = name;
      this.path = path;
      this.trust = trust;
    }

    @Override
    public String toString() {
      return List.of(name, path, trust, String.valueOf(boundary), written, attached).toString();
    }
  }

  static final class Profile {
    final String name;
    final String path;
    @Nullable String role;

    Profile(String name, String path) {
      this.name = name;
      this.path = path;
    }

    @Override
    public String toString() {
      return List.of(name, path, String.valueOf(role)).toString();
    }
  }

  private static final String NO_ENTITY = "NoSuchEntity";

  private final MemoryRegion region;
  final Shelf<Role> roles;
  final Shelf<Profile> profiles;

  Identities(MemoryRegion region) {
    this.region = region;
    this.roles = new Shelf<>(region, NO_ENTITY, Map.of());
    this.profiles = new Shelf<>(region, NO_ENTITY, Map.of());
  }

  void createRole(
      String name, String path, String trust, @Nullable String boundary, List<Tag> tags) {
    if (roles.find(name).isPresent()) throw taken(name);
    roles.add(name, new Role(name, path, trust)).boundary = boundary;
    tag(name, tags);
  }

  void createProfile(String name, String path, List<Tag> tags) {
    if (profiles.find(name).isPresent()) throw taken(name);
    profiles.add(name, new Profile(name, path));
    tag(name, tags);
  }

  private static RuntimeException taken(String name) {
    return AwsErrors.error(409, "EntityAlreadyExists", name + " already exists.");
  }

  void tag(String name, List<Tag> tags) {
    tags.forEach(tag -> region.tags.put(name, Map.of(tag.key(), tag.value())));
  }

  void untag(String name, List<String> keys) {
    region.tags.of(name).keySet().removeAll(keys);
  }

  void deleteRole(String name) {
    var role = roles.get(name);
    if (!role.written.isEmpty() || !role.attached.isEmpty())
      throw conflict("Cannot delete entity, must delete policies first.");
    if (profiles.all().stream().anyMatch(p -> name.equals(p.role)))
      throw conflict("Cannot delete entity, must remove roles from instance profile first.");
    roles.remove(name);
  }

  void deleteProfile(String name) {
    if (profiles.get(name).role != null)
      throw conflict("Cannot delete entity, must remove roles from instance profile first.");
    profiles.remove(name);
  }

  private static RuntimeException conflict(String message) {
    return AwsErrors.error(409, "DeleteConflict", message);
  }

  void addRole(String name, String role) {
    var profile = profiles.get(name);
    roles.get(role);
    if (profile.role != null)
      throw AwsErrors.error(
          409, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    profile.role = role;
  }

  /** As EC2 asks for it. */
  void mustServe(String profile) {
    var found = profiles.find(profile);
    if (found.isEmpty())
      throw AwsErrors.refused(
          "InvalidParameterValue",
          "Value (%s) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"
              .formatted(profile));
    if (found.get().role == null)
      throw AwsErrors.refused(
          "InvalidParameterValue",
          "IAM Instance Profile \"%s\" has no associated IAM Roles".formatted(profile));
  }

  String arn(String profile) {
    return "arn:aws:iam::123456789012:instance-profile%s%s"
        .formatted(profiles.get(profile).path, profile);
  }

  software.amazon.awssdk.services.iam.model.Role shown(Role role) {
    var boundary = role.boundary;
    return software.amazon.awssdk.services.iam.model.Role.builder()
        .roleName(role.name)
        .path(role.path)
        .assumeRolePolicyDocument(encoded(role.trust))
        .permissionsBoundary(
            boundary == null
                ? null
                : AttachedPermissionsBoundary.builder().permissionsBoundaryArn(boundary).build())
        .tags(tags(role.name))
        .build();
  }

  InstanceProfile shown(Profile profile) {
    var shown =
        InstanceProfile.builder()
            .instanceProfileName(profile.name)
            .path(profile.path)
            .tags(tags(profile.name));
    if (profile.role != null) shown.roles(r -> r.roleName(profile.role));
    return shown.build();
  }

  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private List<Tag> tags(String name) {
    return region.tags.of(name).entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }
}
