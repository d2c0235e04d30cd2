/**
 * What runs on the machine: which release is wanted, what is there, how they differ, and how one
 * becomes the other.
 */
@NullMarked
package dev.appenv.operator.release;

import org.jspecify.annotations.NullMarked;
