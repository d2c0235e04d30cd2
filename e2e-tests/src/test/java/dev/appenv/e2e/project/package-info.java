/** The repository that the tests are part of. */
@NullMarked
package dev.appenv.e2e.project;

import org.jspecify.annotations.NullMarked;
