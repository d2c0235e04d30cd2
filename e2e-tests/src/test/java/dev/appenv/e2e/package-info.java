/**
 * Whole systems, as users meet them. Each test class has its own environments in the one bed.
 * {@code mvn verify} runs them; {@code -Dit.test=DriftIT} only those, and {@code -Dappenv.bed=DIR}
 * in a bed that is up already, which saves its start. The operator's log is {@code
 * target/bed/operator.log}.
 */
@NullMarked
package dev.appenv.e2e;

import org.jspecify.annotations.NullMarked;
