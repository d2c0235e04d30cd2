/** The {@code AwsAccount}s: who may use which, and whether AWS lets us in. */
@NullMarked
package dev.appenv.operator.account;

import org.jspecify.annotations.NullMarked;
