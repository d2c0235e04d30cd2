/** What somebody does to an environment's resources past the operator, through AWS's own API. */
@NullMarked
package dev.appenv.operator.aws.hand;

import org.jspecify.annotations.NullMarked;
