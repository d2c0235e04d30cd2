package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;

/** IAM, of which a test needs no more than one region sees. */
public final class MemoryIam extends MemoryIamUsers {
  private final Identities identities;

  public MemoryIam(MemoryRegion region, Wire wire) {
    super(region, wire);
    this.identities = region.identities;
  }

  @Override
  public GetRoleResponse getRole(GetRoleRequest request) {
    return read(
        "GetRole",
        GetRoleResponse.builder().build(),
        () ->
            GetRoleResponse.builder()
                .role(
                    identities.shown(
                        identities.roles.byIds(List.of(request.roleName())).getFirst()))
                .build());
  }

  @Override
  public GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest request) {
    return read(
        "GetInstanceProfile",
        GetInstanceProfileResponse.builder().build(),
        () ->
            GetInstanceProfileResponse.builder()
                .instanceProfile(
                    identities.shown(
                        identities
                            .profiles
                            .byIds(List.of(request.instanceProfileName()))
                            .getFirst()))
                .build());
  }

  @Override
  public GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest request) {
    return read(
        "GetAccountSummary",
        GetAccountSummaryResponse.builder().build(),
        () ->
            GetAccountSummaryResponse.builder()
                .summaryMap(
                    Map.of(
                        SummaryKeyType.ROLES,
                        identities.roles.all().size(),
                        SummaryKeyType.ROLES_QUOTA,
                        1000,
                        SummaryKeyType.INSTANCE_PROFILES,
                        identities.profiles.all().size(),
                        SummaryKeyType.INSTANCE_PROFILES_QUOTA,
                        1000))
                .build());
  }

  @Override
  public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(
      SimulatePrincipalPolicyRequest request) {
    return read(
        "SimulatePrincipalPolicy",
        SimulatePrincipalPolicyResponse.builder().build(),
        () -> region.simulator().simulate(request));
  }

  @Override
  public ListRolesResponse listRoles(ListRolesRequest request) {
    return read(
        "ListRoles",
        ListRolesResponse.builder().isTruncated(false).build(),
        () ->
            ListRolesResponse.builder()
                .isTruncated(false)
                .roles(
                    identities.roles.page(List.of(), null, null).things().stream()
                        .filter(r -> r.path.startsWith(request.pathPrefix()))
                        .map(identities::shown)
                        .toList())
                .build());
  }

  @Override
  public ListInstanceProfilesResponse listInstanceProfiles(ListInstanceProfilesRequest request) {
    return read(
        "ListInstanceProfiles",
        ListInstanceProfilesResponse.builder().isTruncated(false).build(),
        () ->
            ListInstanceProfilesResponse.builder()
                .isTruncated(false)
                .instanceProfiles(
                    identities.profiles.page(List.of(), null, null).things().stream()
                        .filter(p -> p.path.startsWith(request.pathPrefix()))
                        .map(identities::shown)
                        .toList())
                .build());
  }

  @Override
  public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    return read(
        "ListRolePolicies",
        ListRolePoliciesResponse.builder().isTruncated(false).build(),
        () ->
            ListRolePoliciesResponse.builder()
                .isTruncated(false)
                .policyNames(role(request.roleName()).written.keySet())
                .build());
  }

  @Override
  public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    return read(
        "ListAttachedRolePolicies",
        ListAttachedRolePoliciesResponse.builder().isTruncated(false).build(),
        () ->
            ListAttachedRolePoliciesResponse.builder()
                .isTruncated(false)
                .attachedPolicies(
                    role(request.roleName()).attached.stream()
                        .map(arn -> AttachedPolicy.builder().policyArn(arn).build())
                        .toList())
                .build());
  }

  @Override
  public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    return read(
        "GetRolePolicy",
        GetRolePolicyResponse.builder().build(),
        () -> GetRolePolicyResponse.builder().policyDocument(written(request)).build());
  }

  @Override
  public CreateRoleResponse createRole(CreateRoleRequest request) {
    change(
        "CreateRole",
        () ->
            identities.createRole(
                request.roleName(),
                request.path(),
                request.assumeRolePolicyDocument(),
                request.permissionsBoundary(),
                request.tags()));
    return CreateRoleResponse.builder().build();
  }

  @Override
  public CreateInstanceProfileResponse createInstanceProfile(CreateInstanceProfileRequest request) {
    change(
        "CreateInstanceProfile",
        () ->
            identities.createProfile(
                request.instanceProfileName(), request.path(), request.tags()));
    return CreateInstanceProfileResponse.builder().build();
  }

  @Override
  public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    change("DeleteRole", () -> identities.deleteRole(request.roleName()));
    return DeleteRoleResponse.builder().build();
  }

  @Override
  public DeleteInstanceProfileResponse deleteInstanceProfile(DeleteInstanceProfileRequest request) {
    change("DeleteInstanceProfile", () -> identities.deleteProfile(request.instanceProfileName()));
    return DeleteInstanceProfileResponse.builder().build();
  }

  @Override
  public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    change(
        "UpdateAssumeRolePolicy", () -> role(request.roleName()).trust = request.policyDocument());
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  @Override
  public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    change(
        "PutRolePolicy",
        () -> role(request.roleName()).written.put(request.policyName(), request.policyDocument()));
    return PutRolePolicyResponse.builder().build();
  }

  @Override
  public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    change("DeleteRolePolicy", () -> role(request.roleName()).written.remove(request.policyName()));
    return DeleteRolePolicyResponse.builder().build();
  }

  @Override
  public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    change("AttachRolePolicy", () -> role(request.roleName()).attached.add(request.policyArn()));
    return AttachRolePolicyResponse.builder().build();
  }

  @Override
  public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    change("DetachRolePolicy", () -> role(request.roleName()).attached.remove(request.policyArn()));
    return DetachRolePolicyResponse.builder().build();
  }

  @Override
  public AddRoleToInstanceProfileResponse addRoleToInstanceProfile(
      AddRoleToInstanceProfileRequest request) {
    change(
        "AddRoleToInstanceProfile",
        () -> identities.addRole(request.instanceProfileName(), request.roleName()));
    return AddRoleToInstanceProfileResponse.builder().build();
  }

  @Override
  public RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
      RemoveRoleFromInstanceProfileRequest request) {
    change(
        "RemoveRoleFromInstanceProfile",
        () -> identities.profiles.get(request.instanceProfileName()).role = null);
    return RemoveRoleFromInstanceProfileResponse.builder().build();
  }

  @Override
  public TagRoleResponse tagRole(TagRoleRequest request) {
    change("TagRole", () -> identities.tag(request.roleName(), request.tags()));
    return TagRoleResponse.builder().build();
  }

  @Override
  public UntagRoleResponse untagRole(UntagRoleRequest request) {
    change("UntagRole", () -> identities.untag(request.roleName(), request.tagKeys()));
    return UntagRoleResponse.builder().build();
  }

  @Override
  public TagInstanceProfileResponse tagInstanceProfile(TagInstanceProfileRequest request) {
    change(
        "TagInstanceProfile", () -> identities.tag(request.instanceProfileName(), request.tags()));
    return TagInstanceProfileResponse.builder().build();
  }

  @Override
  public UntagInstanceProfileResponse untagInstanceProfile(UntagInstanceProfileRequest request) {
    change(
        "UntagInstanceProfile",
        () -> identities.untag(request.instanceProfileName(), request.tagKeys()));
    return UntagInstanceProfileResponse.builder().build();
  }

  @Override
  public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
      PutRolePermissionsBoundaryRequest request) {
    change(
        "PutRolePermissionsBoundary",
        () -> role(request.roleName()).boundary = request.permissionsBoundary());
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  @Override
  public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
      DeleteRolePermissionsBoundaryRequest request) {
    change("DeleteRolePermissionsBoundary", () -> role(request.roleName()).boundary = null);
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  private Identities.Role role(String name) {
    return identities.roles.get(name);
  }

  private String written(GetRolePolicyRequest request) {
    var document = role(request.roleName()).written.get(request.policyName());
    if (document == null) throw AwsErrors.notFound("NoSuchEntity", request.policyName());
    return Identities.encoded(document);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
