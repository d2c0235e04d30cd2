package dev.appenv.operator.aws.call;

/** Gives the clients for an account, by the name of its {@code AwsAccount}, and a region. */
public interface AwsClients {
  /**
   * The clients that call as this account in this region.
   *
   * @throws AccountUnavailable when the account is not known or may not be used
   */
  Calls in(String account, String region);

  /**
   * Takes the cost of so many calls from what may be called now; never waits.
   *
   * @return whether there was enough left
   */
  boolean admit(String account, String region, Budget budget, int calls);

  /** The same for what can wait: takes nothing that others may need sooner. */
  boolean spare(String account, String region, Budget budget, int calls);

  /** The account cannot be used; the message says why and what to do. */
  final class AccountUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AccountUnavailable(String message) {
      super(message);
    }
  }
}
