package dev.appenv.operator.aws.iam;

import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.plan.Difference;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * A role or user. What it may do is in one policy, which is written in it; whatever else allows it
 * something was given to it by somebody.
 */
public interface PrincipalType<D extends AwsDesired, L extends AwsLive> extends IamType<D, L> {
  /** The name of the policy that is ours. */
  String POLICY = "appenv";

  /**
   * What allows it something.
   *
   * @param own the document of the one that is ours, in one text for all that mean the same
   * @param others names of those that are written in it, ARNs of those that are attached
   */
  record Policies(@Nullable String own, Set<String> others) {}

  /** Names of the policies that are written in it. */
  Stream<String> written(IamClient iam, String id);

  /** ARNs of the policies that are attached to it. */
  Stream<String> attached(IamClient iam, String id);

  /** The document of the policy that is ours, as IAM encodes it. */
  @Nullable String ownPolicy(IamClient iam, String id);

  void deletePolicy(IamClient iam, String id, String name);

  void detachPolicy(IamClient iam, String id, String arn);

  default Policies policies(IamClient iam, String id) {
    var others = new TreeSet<>(written(iam, id).toList());
    var own =
        others.remove(POLICY)
            ? IamType.present(() -> ownPolicy(iam, id)).map(IamType::document).orElse(null)
            : null;
    attached(iam, id).forEach(others::add);
    return new Policies(own, others);
  }

  /** Takes away those of the others that are among the differences. */
  default void takeAwayOthers(IamClient iam, String id, List<Difference> differences) {
    differences.stream()
        .filter(difference -> difference.field().equals("otherPolicies"))
        .forEach(difference -> takeAway(iam, id, difference.element()));
  }

  /** IAM deletes none that has policies. */
  default void takeAwayAll(IamClient iam, String id, boolean own, Set<String> others) {
    others.forEach(policy -> takeAway(iam, id, policy));
    if (own) deletePolicy(iam, id, POLICY);
  }

  private void takeAway(IamClient iam, String id, String policy) {
    if (policy.startsWith("arn:")) detachPolicy(iam, id, policy);
    else deletePolicy(iam, id, policy);
  }
}
