/** What the application's files lie in: an S3 bucket. */
@NullMarked
package dev.appenv.operator.aws.storage;

import org.jspecify.annotations.NullMarked;
