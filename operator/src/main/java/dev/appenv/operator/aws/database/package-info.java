/** The PostgreSQL database of an environment (Amazon RDS). */
@NullMarked
package dev.appenv.operator.aws.database;

import org.jspecify.annotations.NullMarked;
