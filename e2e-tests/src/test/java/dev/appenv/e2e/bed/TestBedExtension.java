package dev.appenv.e2e.bed;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out the {@link TestBed} of the run: started when first asked for, ended with the run. Every
 * test finds the operator running and AWS without faults.
 */
public final class TestBedExtension implements ParameterResolver, BeforeEachCallback {
  private static final Namespace STORE = Namespace.create(TestBedExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBed.class;
  }

  @Override
  public TestBed resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return bed(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    bed(context).aws().endFaults();
    bed(context).operator().start();
  }

  private static TestBed bed(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(TestBed.class, key -> TestBed.up(), TestBed.class);
  }
}
