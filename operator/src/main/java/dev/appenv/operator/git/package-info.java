/**
 * Reads Git: what is at the tip of a branch, and what one file says at one commit. Writes nothing.
 */
@NullMarked
package dev.appenv.operator.git;

import org.jspecify.annotations.NullMarked;
