/** What users meet at a real API server: the schema, its messages, columns, and the chart. */
@NullMarked
package dev.appenv.e2e.api;

import org.jspecify.annotations.NullMarked;
