package dev.appenv.operator.aws.resource;

import java.util.Map;

/**
 * A desired resource with the tags that users see: its name and the account's. Marks of ownership
 * are not among them.
 */
public interface AwsDesired {
  Map<String, String> tags();
}
