/** Runs commands on a machine. Knows nothing of what the commands are for. */
@NullMarked
package dev.appenv.operator.release.transport;

import org.jspecify.annotations.NullMarked;
