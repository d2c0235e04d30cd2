/** Whole systems, as users meet them. Each test class has its own environments in the one bed. */
@NullMarked
package dev.appenv.e2e;

import org.jspecify.annotations.NullMarked;
