package dev.appenv.operator.aws.compute;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Canonical's Ubuntu 24.04 image, by the public parameter that Canonical keeps in every region. */
public final class MachineImages {
  /** Graviton families have a g among the letters behind the generation, as in t4g or m7gd. */
  private static final Pattern GRAVITON = Pattern.compile("(a1|[a-z]+\\d+[a-z]*g[a-z]*)\\..*");

  private MachineImages() {}

  /** The id of the image for an instance type's architecture. */
  public static String ubuntu(Calls aws, String instanceType) {
    var name =
        "/aws/service/canonical/ubuntu/server/24.04/stable/current/%s/hvm/ebs-gp3/ami-id"
            .formatted(architecture(instanceType));
    return aws.client(SsmClient.class, Permit.READ)
        .getParameter(r -> r.name(name))
        .parameter()
        .value();
  }

  static String architecture(String instanceType) {
    return GRAVITON.matcher(instanceType).matches() ? "arm64" : "amd64";
  }
}
