/** The program: settings, wiring, threads, health, metrics. Imported by nothing. */
@NullMarked
package dev.appenv.operator.runtime;

import org.jspecify.annotations.NullMarked;
