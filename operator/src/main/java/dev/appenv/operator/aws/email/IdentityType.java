package dev.appenv.operator.aws.email;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What mail is sent from: a domain or one address. Its name is what it stands for, so that another
 * wish is another identity.
 */
final class IdentityType implements NamedType<IdentityType.Desired, IdentityType.LiveIdentity> {
  /** AWS allows one call a second, for all environments of an account and region. */
  private static final int SELDOM = 30;

  private static final int PAGE = 1000;

  record Desired(Sender sender, Map<String, String> tags) implements AwsDesired {
    String identity() {
      return String.valueOf(sender.ownIdentity());
    }

    /** An address has none of its own: it is its domain's. */
    @Nullable String dkimSigning() {
      return identity().equals(sender.domain()) ? "true" : null;
    }
  }

  /**
   * @param dkimSigning as AWS was asked, whether or not it can yet
   * @param policies by which others may send from it
   */
  record LiveIdentity(
      String id,
      Verification verification,
      boolean dkimSigning,
      Set<String> policies,
      Map<String, String> tags)
      implements AwsLive {
    /** Its verification is waited for by people and by nothing here. */
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveIdentity> FIELDS =
      AwsType.<Desired, LiveIdentity>tagged()
          .plain(
              "identity", IMMUTABLE, DriftClass.RELEASE, (d, ids) -> d.identity(), LiveIdentity::id)
          .plain(
              "dkimSigning",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.dkimSigning(),
              live -> String.valueOf(live.dkimSigning()))
          .elements(
              "policies",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Set.of(),
              LiveIdentity::policies);

  private static final Facts<Desired, LiveIdentity> FACTS =
      new Facts<>(
          "email identity",
          Desired.class,
          LiveIdentity.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.NOTHING);

  @Override
  public Facts<Desired, LiveIdentity> facts() {
    return FACTS;
  }

  @Override
  public @Nullable String id(Owner owner, LogicalName name, @Nullable AppEnvironmentSpec spec) {
    return spec == null || spec.email() == null ? null : Sender.of(spec.email()).ownIdentity();
  }

  @Override
  public String idOfNew(Owner owner, LogicalName name, Desired desired, Ids ids) {
    return desired.identity();
  }

  @Override
  public String ifForeign(String id) {
    return "SES has an identity %s that is not this environment's, and it is left alone; set spec.email.identity: Existing to send from it"
        .formatted(id);
  }

  @Override
  public int readCalls() {
    return 2;
  }

  @Override
  public int intervals() {
    return SELDOM;
  }

  @Override
  public Budget changeBudget() {
    return Budget.SES;
  }

  @Override
  public Optional<LiveIdentity> find(Calls aws, String id) {
    return Verification.read(aws, id).map(found -> live(id, found));
  }

  private static LiveIdentity live(String id, GetEmailIdentityResponse found) {
    var tags = new TreeMap<String, String>();
    found.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    var dkim = found.dkimAttributes();
    return new LiveIdentity(
        id,
        Verification.of(id, found),
        dkim != null && Boolean.TRUE.equals(dkim.signingEnabled()),
        Set.copyOf(found.policies().keySet()),
        tags);
  }

  @Override
  public boolean isListed(Calls aws, String id) {
    return aws.ses(Permit.READ).listEmailIdentitiesPaginator(r -> r.pageSize(PAGE)).stream()
        .flatMap(page -> page.emailIdentities().stream())
        .anyMatch(identity -> id.equals(identity.identityName()));
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var name = creation.id();
    aws.ses(Permit.CREATE)
        .createEmailIdentity(r -> r.emailIdentity(name).tags(list(creation.tags())));
    return name;
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveIdentity live, List<Difference> differences, Ids ids) {
    var ses = aws.ses(Permit.CHANGE);
    var id = live.id();
    differences.stream()
        .filter(difference -> difference.field().equals("policies"))
        .forEach(difference ->
            ses.deleteEmailIdentityPolicy(
                r -> r.emailIdentity(id).policyName(difference.element())));
    if (AwsType.touches(differences, "dkimSigning"))
      ses.putEmailIdentityDkimAttributes(r -> r.emailIdentity(id).signingEnabled(true));
    var tags =
        differences.stream()
            .filter(difference -> difference.field().equals("tags"))
            .collect(Collectors.toMap(Difference::element, Difference::desired));
    if (!tags.isEmpty()) {
      var arn = arn(aws, id);
      ses.tagResource(r -> r.resourceArn(arn).tags(list(tags)));
    }
  }

  @Override
  public void delete(Calls aws, LiveIdentity live) {
    aws.ses(Permit.DELETE).deleteEmailIdentity(r -> r.emailIdentity(live.id()));
  }

  /** It is found by what is wished for, and by nothing else. */
  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    return List.of();
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveIdentity live) {
    mark(aws, live.id(), OwnerTags.of(owner, name), Set.of(OwnerTags.RETAINED));
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveIdentity live) {
    mark(aws, live.id(), OwnerTags.retained(owner, name), OwnerTags.of(owner, name).keySet());
  }

  private static void mark(Calls aws, String id, Map<String, String> with, Set<String> without) {
    var ses = aws.ses(Permit.MARK);
    var arn = arn(aws, id);
    ses.tagResource(r -> r.resourceArn(arn).tags(list(with)));
    ses.untagResource(r -> r.resourceArn(arn).tagKeys(without));
  }

  /** SES tags by ARN alone, which has the number of the account. */
  private static String arn(Calls aws, String id) {
    var account = aws.client(StsClient.class, Permit.READ).getCallerIdentity().account();
    var region = aws.ses(Permit.READ).serviceClientConfiguration().region().id();
    return SendingPolicy.arn(account, region, id);
  }

  private static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }
}
