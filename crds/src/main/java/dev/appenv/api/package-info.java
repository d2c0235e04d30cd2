/**
 * The custom resources of {@code appenv.dev/v1alpha1} as Java types. Records without logic: what a
 * user writes and reads back. A component is null when the user left it out; defaults are applied
 * by the program that reads it, never written back.
 */
@NullMarked
package dev.appenv.api;

import org.jspecify.annotations.NullMarked;
