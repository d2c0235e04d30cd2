package dev.appenv.operator.account;

import dev.appenv.operator.plan.Resolution;
import java.util.Map;
import java.util.SortedSet;

/** Asks AWS about an account, by the name of its {@code AwsAccount}; changes nothing. */
public interface Preflight {
  /** Who AWS says we are in an account. */
  record Identity(String accountId, String arn) {}

  /**
   * What a simulation of our permissions gave.
   *
   * @param asked how many actions were simulated
   * @param denied those that we may not call
   */
  record Permissions(int asked, SortedSet<String> denied) {}

  Resolution<Identity> identity(String account);

  /** Every region that AWS has, by its code, and whether the account may use it. */
  Resolution<Map<String, Boolean>> regions(String account);

  /** Whether the identity may do what the operator does; nothing is really called. */
  Resolution<Permissions> permissions(String account, Identity identity);
}
