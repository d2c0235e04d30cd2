package dev.appenv.operator.plan;

/** Where secrets outlive the process that was told them. */
@FunctionalInterface
public interface SecretKeeper {
  /** When it returns, they are stored, in place of those of the resource's predecessor. */
  void keep(LogicalName name, Credentials.Credential credential);
}
