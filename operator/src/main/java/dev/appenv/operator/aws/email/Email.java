package dev.appenv.operator.aws.email;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.EmailSpec;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.resource.Questions;
import dev.appenv.operator.aws.resource.VisibleTags;
import dev.appenv.operator.plan.Credentials;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.RecordToSet;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mail by SMTP from one address. */
public final class Email implements Noun {
  private static final String HOST = "SMTP_HOST";
  private static final String PORT = "SMTP_PORT";
  private static final String USERNAME = "SMTP_USERNAME";
  private static final String PASSWORD = "SMTP_PASSWORD";
  private static final String FROM = "SMTP_FROM";

  /** Of STARTTLS; port 25 is throttled for machines. */
  private static final String SUBMISSION = "587";

  private static final Slot<IdentityType.Desired, IdentityType.LiveIdentity> identity =
      new Slot<>(LogicalName.of("email.identity"), new IdentityType());
  private static final Slot<UserType.Desired, UserType.LiveUser> user =
      new Slot<>(UserType.NAME, new UserType()).needs(identity.name());

  /** Only for a user that may do no more than it should. */
  private static final Slot<AccessKeyType.Desired, AccessKeyType.LiveKey> accessKey =
      new Slot<>(LogicalName.of("email.accessKey"), new AccessKeyType()).after(user.name());

  private final String smtpHost;

  /**
   * @param smtpHost to which mail is brought, with {@code REGION} for the code of the region
   */
  public Email(String smtpHost) {
    this.smtpHost = smtpHost;
  }

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(identity, user, accessKey);
  }

  @Override
  public boolean isWished(AppEnvironmentSpec spec) {
    return spec.email() != null;
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var spec = wish.spec().email();
    if (spec == null) return List.of();
    var sender = Sender.of(spec);
    var tags = new VisibleTags(wish);
    var wanted = new ArrayList<DesiredResource<?, ?>>();
    if (sender.ownIdentity() != null)
      wanted.add(identity.wants(new IdentityType.Desired(sender, tags.of(identity.name()))));
    wanted.add(
        user.wants(
            new UserType.Desired(
                wish.spec().aws().region(),
                sender,
                wish.permissionsBoundary(),
                tags.of(user.name()))));
    wanted.add(
        accessKey.wants(
            new AccessKeyType.Desired(
                user.name(),
                wish.credentials()
                    .of(accessKey.name())
                    .map(Credentials.Credential::id)
                    .orElse(null))));
    return List.copyOf(wanted);
  }

  @Override
  public Set<LogicalName> credentials(AppEnvironmentSpec spec) {
    return spec.email() == null ? Set.of() : Set.of(accessKey.name());
  }

  @Override
  public Set<String> variables(AppEnvironmentSpec spec) {
    return spec.email() == null ? Set.of() : Set.of(HOST, PORT, USERNAME, PASSWORD, FROM);
  }

  @Override
  public Outputs outputs(Wish wish, Observation observation) {
    var spec = wish.spec().email();
    if (spec == null) return Outputs.NONE;
    var credential = wish.credentials().of(accessKey.name()).orElse(null);
    return credential != null && credential.id().equals(observation.idOf(accessKey.name()))
        ? Outputs.of(told(spec, wish.spec().aws().region(), credential))
        : Outputs.awaited(accessKey.name());
  }

  private Map<String, String> told(
      EmailSpec spec, String region, Credentials.Credential credential) {
    return Map.of(
        HOST,
        smtpHost.replace("REGION", region),
        PORT,
        SUBMISSION,
        USERNAME,
        AccessKeyType.keyIn(credential.id()),
        PASSWORD,
        SmtpPassword.of(credential.parts().of(AccessKeyType.SECRET), region),
        FROM,
        spec.from());
  }

  @Override
  public List<RecordToSet> recordsToSet(Wish wish, Observation observation) {
    var own = verification(observation);
    return wish.spec().email() == null || own == null || !own.domain() || own.done()
        ? List.of()
        : Dkim.records(wish.spec().aws().region(), own);
  }

  @Override
  public Optional<Mail> mail(Wish wish, Observation observation, Questions questions) {
    var spec = wish.spec().email();
    return spec == null
        ? Optional.empty()
        : Optional.of(new SendingState(Sender.of(spec), questions).of(verification(observation)));
  }

  private static @Nullable Verification verification(Observation observation) {
    return observation.of(identity.name()) instanceof Facet.Observed(IdentityType.LiveIdentity live)
        ? live.verification()
        : null;
  }
}
