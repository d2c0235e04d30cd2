/** What a type of AWS resource must say of itself; each noun's types implement it. */
@NullMarked
package dev.appenv.operator.aws.resource;

import org.jspecify.annotations.NullMarked;
