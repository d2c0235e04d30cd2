package dev.appenv.api;

import org.jspecify.annotations.Nullable;

/**
 * The VPC.
 *
 * @param mode whether the environment has a VPC of its own or lives in one that exists
 * @param cidr Dedicated: the VPC's block. Shared: the block inside that VPC from which the subnets
 *     are cut
 * @param id Shared only: the existing VPC
 */
public record VpcSpec(@Nullable Mode mode, String cidr, @Nullable String id) {
  public enum Mode {
    Dedicated,
    Shared
  }
}
