/**
 * The test bed as tests use it: a real API server, an AWS emulator whose instances are real
 * machines, Git, a registry, and the operator as a process under the chart's rights.
 */
@NullMarked
package dev.appenv.e2e.bed;

import org.jspecify.annotations.NullMarked;
