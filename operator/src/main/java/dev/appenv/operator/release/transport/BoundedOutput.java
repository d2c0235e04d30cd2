package dev.appenv.operator.release.transport;

import java.io.ByteArrayOutputStream;

/**
 * Keeps the beginning of what a machine sends; a machine gone mad must not take the operator's
 * memory.
 */
final class BoundedOutput extends ByteArrayOutputStream {
  private final int limit;

  BoundedOutput(int limit) {
    this.limit = limit;
  }

  @Override
  public synchronized void write(int b) {
    if (count < limit) {
      super.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int room = Math.min(length, limit - count);
    if (room > 0) {
      super.write(bytes, offset, room);
    }
  }
}
