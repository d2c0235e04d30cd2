/**
 * Asks image registries which digest a tag has: one small request, and nothing is pulled. Changes
 * nothing.
 */
@NullMarked
package dev.appenv.operator.registry;

import org.jspecify.annotations.NullMarked;
