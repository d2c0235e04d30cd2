/**
 * The decisions: what differs between desired and live, what to do about it, in which order, and
 * what is only reported. Pure: no I/O, no clock, no AWS, no Kubernetes.
 */
@NullMarked
package dev.appenv.operator.plan;

import org.jspecify.annotations.NullMarked;
