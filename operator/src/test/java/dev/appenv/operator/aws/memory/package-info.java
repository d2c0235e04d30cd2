/**
 * AWS in memory for tests: one EC2 per account and region that keeps AWS's rules as far as the
 * operator relies on them, and that can fail, or stop the operator, at any call.
 */
@NullMarked
package dev.appenv.operator.aws.memory;

import org.jspecify.annotations.NullMarked;
