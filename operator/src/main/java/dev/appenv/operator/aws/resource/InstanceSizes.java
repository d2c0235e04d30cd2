package dev.appenv.operator.aws.resource;

import java.util.Map;
import java.util.Set;

/** How large EC2's instance types are. */
public interface InstanceSizes {
  /** The number of vCPUs of these types; one of which it is not known is left out. */
  Map<String, Integer> vcpus(Set<String> types);
}
