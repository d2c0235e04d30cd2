/** Who the machine is in AWS: its role, and what the role may do. */
@NullMarked
package dev.appenv.operator.aws.identity;

import org.jspecify.annotations.NullMarked;
