package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserResponse;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** What IAM does with users and their access keys. */
abstract class MemoryIamUsers implements IamClient {
  final MemoryRegion region;
  private final Users users;
  private final Wire wire;

  MemoryIamUsers(MemoryRegion region, Wire wire) {
    this.region = region;
    this.users = region.users;
    this.wire = wire;
  }

  @Override
  public GetUserResponse getUser(GetUserRequest request) {
    return read(
        "GetUser",
        GetUserResponse.builder().build(),
        () ->
            GetUserResponse.builder()
                .user(users.shown(users.shelf.byIds(List.of(request.userName())).getFirst()))
                .build());
  }

  @Override
  public ListUsersResponse listUsers(ListUsersRequest request) {
    return read(
        "ListUsers",
        ListUsersResponse.builder().isTruncated(false).build(),
        () ->
            ListUsersResponse.builder()
                .isTruncated(false)
                .users(
                    users.shelf.page(List.of(), null, null).things().stream()
                        .filter(u -> u.path.startsWith(request.pathPrefix()))
                        .map(users::shown)
                        .toList())
                .build());
  }

  @Override
  public ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest request) {
    return read(
        "ListUserPolicies",
        ListUserPoliciesResponse.builder().isTruncated(false).build(),
        () ->
            ListUserPoliciesResponse.builder()
                .isTruncated(false)
                .policyNames(user(request.userName()).written.keySet())
                .build());
  }

  @Override
  public GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest request) {
    return read(
        "GetUserPolicy",
        GetUserPolicyResponse.builder().build(),
        () -> GetUserPolicyResponse.builder().policyDocument(written(request)).build());
  }

  @Override
  public ListAttachedUserPoliciesResponse listAttachedUserPolicies(
      ListAttachedUserPoliciesRequest request) {
    return read(
        "ListAttachedUserPolicies",
        ListAttachedUserPoliciesResponse.builder().isTruncated(false).build(),
        () ->
            ListAttachedUserPoliciesResponse.builder()
                .isTruncated(false)
                .attachedPolicies(
                    user(request.userName()).attached.stream()
                        .map(arn -> AttachedPolicy.builder().policyArn(arn).build())
                        .toList())
                .build());
  }

  @Override
  public ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest request) {
    return read(
        "ListGroupsForUser",
        ListGroupsForUserResponse.builder().isTruncated(false).build(),
        () ->
            ListGroupsForUserResponse.builder()
                .isTruncated(false)
                .groups(
                    user(request.userName()).groups.stream()
                        .map(name -> Group.builder().groupName(name).build())
                        .toList())
                .build());
  }

  @Override
  public GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest request) {
    return read(
        "GetLoginProfile",
        GetLoginProfileResponse.builder().build(),
        () -> {
          if (!user(request.userName()).loginProfile)
            throw AwsErrors.notFound("NoSuchEntity", request.userName());
          return GetLoginProfileResponse.builder()
              .loginProfile(p -> p.userName(request.userName()))
              .build();
        });
  }

  @Override
  public ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest request) {
    return read(
        "ListAccessKeys",
        ListAccessKeysResponse.builder().isTruncated(false).build(),
        () ->
            ListAccessKeysResponse.builder()
                .isTruncated(false)
                .accessKeyMetadata(users.list(request.userName()))
                .build());
  }

  @Override
  public CreateUserResponse createUser(CreateUserRequest request) {
    change(
        "CreateUser",
        () ->
            users.create(
                request.userName(), request.path(), request.permissionsBoundary(), request.tags()));
    return CreateUserResponse.builder().build();
  }

  @Override
  public DeleteUserResponse deleteUser(DeleteUserRequest request) {
    change("DeleteUser", () -> users.delete(request.userName()));
    return DeleteUserResponse.builder().build();
  }

  @Override
  public PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest request) {
    change(
        "PutUserPolicy",
        () -> user(request.userName()).written.put(request.policyName(), request.policyDocument()));
    return PutUserPolicyResponse.builder().build();
  }

  @Override
  public DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest request) {
    change("DeleteUserPolicy", () -> user(request.userName()).written.remove(request.policyName()));
    return DeleteUserPolicyResponse.builder().build();
  }

  @Override
  public AttachUserPolicyResponse attachUserPolicy(AttachUserPolicyRequest request) {
    change("AttachUserPolicy", () -> user(request.userName()).attached.add(request.policyArn()));
    return AttachUserPolicyResponse.builder().build();
  }

  @Override
  public DetachUserPolicyResponse detachUserPolicy(DetachUserPolicyRequest request) {
    change("DetachUserPolicy", () -> user(request.userName()).attached.remove(request.policyArn()));
    return DetachUserPolicyResponse.builder().build();
  }

  @Override
  public AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest request) {
    change("AddUserToGroup", () -> user(request.userName()).groups.add(request.groupName()));
    return AddUserToGroupResponse.builder().build();
  }

  @Override
  public RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest request) {
    change(
        "RemoveUserFromGroup", () -> user(request.userName()).groups.remove(request.groupName()));
    return RemoveUserFromGroupResponse.builder().build();
  }

  @Override
  public CreateLoginProfileResponse createLoginProfile(CreateLoginProfileRequest request) {
    change("CreateLoginProfile", () -> user(request.userName()).loginProfile = true);
    return CreateLoginProfileResponse.builder().build();
  }

  @Override
  public DeleteLoginProfileResponse deleteLoginProfile(DeleteLoginProfileRequest request) {
    change("DeleteLoginProfile", () -> user(request.userName()).loginProfile = false);
    return DeleteLoginProfileResponse.builder().build();
  }

  @Override
  public PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(
      PutUserPermissionsBoundaryRequest request) {
    change(
        "PutUserPermissionsBoundary",
        () -> user(request.userName()).boundary = request.permissionsBoundary());
    return PutUserPermissionsBoundaryResponse.builder().build();
  }

  @Override
  public DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
      DeleteUserPermissionsBoundaryRequest request) {
    change("DeleteUserPermissionsBoundary", () -> user(request.userName()).boundary = null);
    return DeleteUserPermissionsBoundaryResponse.builder().build();
  }

  @Override
  public UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest request) {
    change(
        "UpdateAccessKey",
        () ->
            users.keys.get(request.userName() + "/" + request.accessKeyId()).status =
                request.status());
    return UpdateAccessKeyResponse.builder().build();
  }

  @Override
  public DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest request) {
    change(
        "DeleteAccessKey",
        () -> users.keys.remove(request.userName() + "/" + request.accessKeyId()));
    return DeleteAccessKeyResponse.builder().build();
  }

  @Override
  public TagUserResponse tagUser(TagUserRequest request) {
    change("TagUser", () -> region.identities.tag(request.userName(), request.tags()));
    return TagUserResponse.builder().build();
  }

  @Override
  public UntagUserResponse untagUser(UntagUserRequest request) {
    change("UntagUser", () -> region.identities.untag(request.userName(), request.tagKeys()));
    return UntagUserResponse.builder().build();
  }

  @Override
  public CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest request) {
    var made = new AtomicReference<AccessKey>();
    change("CreateAccessKey", () -> made.set(users.createKey(request.userName())));
    return CreateAccessKeyResponse.builder().accessKey(made.get()).build();
  }

  private Users.User user(String name) {
    return users.get(name);
  }

  private String written(GetUserPolicyRequest request) {
    var document = user(request.userName()).written.get(request.policyName());
    if (document == null) throw AwsErrors.notFound("NoSuchEntity", request.policyName());
    return Identities.encoded(document);
  }

  final <T> T read(String operation, T empty, Supplier<T> call) {
    return wire.read(
        operation,
        empty,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  final void change(String operation, Runnable call) {
    wire.change(
        operation,
        () -> {
          synchronized (region) {
            call.run();
            return operation;
          }
        });
  }
}
