package dev.appenv.operator.plan;

/** The live form of one resource, as it was seen. */
public interface Live {
  String id();

  Phase phase();
}
