/**
 * What somebody does to an environment's resources past the operator, through AWS's own API: in
 * memory and over the wire the same.
 */
@NullMarked
package dev.appenv.operator.aws.hand;

import org.jspecify.annotations.NullMarked;
