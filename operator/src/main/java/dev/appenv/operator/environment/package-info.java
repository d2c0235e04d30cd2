/**
 * The reconciler of {@code AppEnvironment}: the pipeline, its journal in status, conditions,
 * events.
 */
@NullMarked
package dev.appenv.operator.environment;

import org.jspecify.annotations.NullMarked;
