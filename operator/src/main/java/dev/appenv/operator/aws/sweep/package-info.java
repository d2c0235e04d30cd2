/** Shared reads: a few paginated lists per account and region serve every environment there. */
@NullMarked
package dev.appenv.operator.aws.sweep;

import org.jspecify.annotations.NullMarked;
