package org.macsec4j.testkit.dataplane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Network byte order at any offset of an array, each access one machine instruction. */
final class Wire {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Wire() {}

  static int uint16(byte[] octets, int offset) {
    return (short) SHORT.get(octets, offset) & 0xFFFF;
  }

  static int int32(byte[] octets, int offset) {
    return (int) INT.get(octets, offset);
  }

  static long int64(byte[] octets, int offset) {
    return (long) LONG.get(octets, offset);
  }

  static long uint48(byte[] octets, int offset) {
    return ((long) uint16(octets, offset) << 32) | (int32(octets, offset + 2) & 0xFFFF_FFFFL);
  }

  /** Copies a destination and a source address. */
  static void copyAddresses(byte[] in, int inOffset, byte[] out, int outOffset) {
    putInt64(out, outOffset, int64(in, inOffset));
    putInt32(out, outOffset + Long.BYTES, int32(in, inOffset + Long.BYTES));
  }

  static void putInt16(byte[] octets, int offset, int value) {
    SHORT.set(octets, offset, (short) value);
  }

  static void putInt32(byte[] octets, int offset, int value) {
    INT.set(octets, offset, value);
  }

  static void putInt64(byte[] octets, int offset, long value) {
    LONG.set(octets, offset, value);
  }
}
