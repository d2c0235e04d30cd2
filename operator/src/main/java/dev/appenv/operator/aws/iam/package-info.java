/** What nouns share that have something in IAM. */
@NullMarked
package dev.appenv.operator.aws.iam;

import org.jspecify.annotations.NullMarked;
