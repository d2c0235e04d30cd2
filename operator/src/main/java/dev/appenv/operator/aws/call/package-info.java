/**
 * How AWS is called: clients per account and region, permits, token buckets, counting, and what
 * errors mean.
 */
@NullMarked
package dev.appenv.operator.aws.call;

import org.jspecify.annotations.NullMarked;
