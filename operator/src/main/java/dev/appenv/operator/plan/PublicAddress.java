package dev.appenv.operator.plan;

/** A live resource by which the machine is reached from outside. */
public interface PublicAddress extends Live {
  /** IPv4, dotted. */
  String publicIp();
}
