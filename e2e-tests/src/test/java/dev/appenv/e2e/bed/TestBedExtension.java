package dev.appenv.e2e.bed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out the {@link TestBed} of the JVM: started when first asked for, ended with the JVM, for
 * the test classes that run in it are separate runs to JUnit. Every test finds the operator running
 * and AWS without faults.
 */
public final class TestBedExtension implements ParameterResolver, BeforeEachCallback {
  private static @Nullable TestBed bed;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBed.class;
  }

  @Override
  public TestBed resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return bed();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    bed().aws().endFaults();
    bed().operator().start();
  }

  private static synchronized TestBed bed() {
    var there = bed;
    if (there == null) bed = there = TestBed.up();
    return there;
  }
}
