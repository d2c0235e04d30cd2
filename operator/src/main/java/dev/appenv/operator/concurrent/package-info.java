/** Running things at the same time; knows nothing of what they are. */
@NullMarked
package dev.appenv.operator.concurrent;

import org.jspecify.annotations.NullMarked;
