/** The machine: key pair, instance, elastic IP. */
@NullMarked
package dev.appenv.operator.aws.compute;

import org.jspecify.annotations.NullMarked;
