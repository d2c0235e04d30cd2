/** Writes the custom resource definitions from the Java types, for the chart and the jar. */
@NullMarked
package dev.appenv.crd;

import org.jspecify.annotations.NullMarked;
