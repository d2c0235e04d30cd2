/** VPC, subnets, internet gateway, route tables, security groups. */
@NullMarked
package dev.appenv.operator.aws.network;

import org.jspecify.annotations.NullMarked;
