package dev.appenv.operator.aws.resource;

/** A type whose live form also says what a {@link Survey} showed. */
public interface Surveyed<L extends AwsLive, T> {
  Survey<T> survey();

  L with(L live, T seen);
}
