package dev.appenv.operator.release;

/** What came of looking at a machine. Not to have seen it says nothing about what runs there. */
public sealed interface MachineReading {
  record Observed(MachineState state) implements MachineReading {}

  record Unknown(String message) implements MachineReading {}
}
