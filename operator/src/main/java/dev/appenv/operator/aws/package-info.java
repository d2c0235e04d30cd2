/**
 * Joins the nouns to one {@link dev.appenv.operator.plan.Infrastructure}: observing, changing, and
 * the list of nouns.
 */
@NullMarked
package dev.appenv.operator.aws;

import org.jspecify.annotations.NullMarked;
