/** Mail: the identity in SES that the application sends from, and how it signs in to SMTP. */
@NullMarked
package dev.appenv.operator.aws.email;

import org.jspecify.annotations.NullMarked;
