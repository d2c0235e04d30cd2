/** The cache of an environment: a replication group of ElastiCache and where it may be. */
@NullMarked
package dev.appenv.operator.aws.cache;

import org.jspecify.annotations.NullMarked;
