package dev.appenv.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.operator.account.Accounts.Permission;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may use which account. */
class AccountsTest {
  private static AwsAccount account(
      @Nullable String role, @Nullable List<String> regions, List<String> namespaces) {
    var account = new AwsAccount();
    account.setMetadata(new ObjectMetaBuilder().withName("dev").withGeneration(2L).build());
    account.setSpec(
        new AwsAccountSpec(
            role == null ? null : new AwsAccountSpec.AssumeRole(role, null),
            regions,
            namespaces,
            Map.of("team", "shop"),
            null,
            null));
    return account;
  }

  private static AwsAccount seen(AwsAccount account) {
    account.setStatus(new AwsAccountStatus(1L, List.of(), "123456789012", "arn:x", null, null));
    return account;
  }

  private static Permission permission(AwsAccount account, String namespace, String region) {
    return new Accounts(name -> name.equals("dev") ? account : null)
        .permission("dev", namespace, region);
  }

  private static String refusal(Permission permission) {
    return permission instanceof Permission.Refused(var reason, var message)
        ? reason + ": " + message
        : "none";
  }

  @Test
  void who_is_listed_may() {
    assertThat(permission(account(null, null, List.of("shop")), "shop", "eu-central-1"))
        .isEqualTo(new Permission.Granted(Map.of("team", "shop"), null, null));
    assertThat(permission(account(null, null, List.of("*")), "any", "eu-central-1"))
        .isInstanceOf(Permission.Granted.class);
  }

  @Test
  void who_is_not_listed_may_not() {
    assertThat(refusal(permission(account(null, null, List.of("shop")), "blog", "eu-central-1")))
        .isEqualTo(
            "NamespaceNotAllowed: AwsAccount dev does not list namespace blog in"
                + " spec.allowedNamespaces; ask its owner to add it");
  }

  @Test
  void only_regions_that_are_listed_may_be_used() {
    var account = account(null, List.of("eu-central-1", "eu-west-1"), List.of("*"));
    assertThat(permission(account, "shop", "eu-west-1")).isInstanceOf(Permission.Granted.class);
    assertThat(refusal(permission(account, "shop", "us-east-1")))
        .isEqualTo(
            "RegionNotAllowed: spec.aws.region: AwsAccount dev allows eu-central-1, eu-west-1, not"
                + " us-east-1");
  }

  @Test
  void there_is_no_account_of_another_name() {
    assertThat(refusal(new Accounts(_ -> null).permission("dev", "shop", "eu-central-1")))
        .startsWith("AccountNotFound: spec.aws.accountRef: there is no AwsAccount dev");
  }

  @Test
  void an_account_does_not_become_another() {
    var same = seen(account("arn:aws:iam::123456789012:role/new", null, List.of("*")));
    assertThat(permission(same, "shop", "eu-central-1")).isInstanceOf(Permission.Granted.class);
    var other = seen(account("arn:aws:iam::999999999999:role/appenv", null, List.of("*")));
    assertThat(refusal(permission(other, "shop", "eu-central-1")))
        .isEqualTo(
            "AccountChanged: AwsAccount dev was of AWS account 123456789012 and now leads to"
                + " arn:aws:iam::999999999999:role/appenv; set it back, and create another"
                + " AwsAccount for the other");
  }

  @Test
  void what_is_known_of_an_account_can_be_older_than_the_account() {
    var known = account(null, null, List.of("*"));
    var newer = account(null, null, List.of("*"));
    newer.getMetadata().setGeneration(3L);
    assertThat(new Accounts(_ -> known).isOlder(newer)).isTrue();
    assertThat(new Accounts(_ -> known).isOlder(known)).isFalse();
    assertThat(new Accounts(_ -> newer).isOlder(known)).isFalse();
    assertThat(new Accounts(_ -> null).isOlder(known)).isTrue();
  }
}
