/** Everything that the operator watches, changed by hand over the wire. */
@NullMarked
package dev.appenv.e2e.drift;

import org.jspecify.annotations.NullMarked;
