/** The names by which an application is reached: DNS records in Route 53. */
@NullMarked
package dev.appenv.operator.aws.dns;

import org.jspecify.annotations.NullMarked;
