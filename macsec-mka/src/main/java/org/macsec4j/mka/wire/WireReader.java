package org.macsec4j.mka.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;

/**
 * A cursor over a part of a frame. Every read is checked against the end of the part; one that
 * would pass it ends in the reason the reader was made with, so that no other exception leaves a
 * decoder.
 */
final class WireReader {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] octets;
  private final int base;
  private final int end;
  private final MalformedReason overrun;
  private int position;

  /**
   * Reads {@code octets[from, to)}.
   *
   * @param base where the frame begins, from which offsets in errors count
   */
  WireReader(byte[] octets, int base, int from, int to, MalformedReason overrun) {
    this.octets = octets;
    this.base = base;
    this.position = from;
    this.end = to;
    this.overrun = overrun;
  }

  int remaining() {
    return end - position;
  }

  MalformedMkpduException malformed(MalformedReason reason) {
    return new MalformedMkpduException(reason, position - base);
  }

  /** The next octets as a reader of their own; this reader goes on behind them. */
  WireReader window(int length) throws MalformedMkpduException {
    int from = advance(length);
    return new WireReader(octets, base, from, from + length, overrun);
  }

  /** A reader of the same octets from the same place, which moves on its own. */
  WireReader copy() {
    return new WireReader(octets, base, position, end, overrun);
  }

  void skip(int length) throws MalformedMkpduException {
    advance(length);
  }

  int u8() throws MalformedMkpduException {
    return octets[advance(1)] & 0xFF;
  }

  int u16() throws MalformedMkpduException {
    return (short) SHORTS.get(octets, advance(2)) & 0xFFFF;
  }

  int i32() throws MalformedMkpduException {
    return (int) INTS.get(octets, advance(4));
  }

  long u32() throws MalformedMkpduException {
    return Integer.toUnsignedLong(i32());
  }

  long i64() throws MalformedMkpduException {
    return (long) LONGS.get(octets, advance(8));
  }

  Sci sci() throws MalformedMkpduException {
    return Sci.ofLong(i64());
  }

  MemberIdentifier memberIdentifier() throws MalformedMkpduException {
    return MemberIdentifier.of(octets, advance(MemberIdentifier.LENGTH));
  }

  OctetString octets(int length) throws MalformedMkpduException {
    return OctetString.of(octets, advance(length), length);
  }

  private int advance(int length) throws MalformedMkpduException {
    int from = position;
    // Subtracted, not added: no length that a frame can claim wraps around here.
    if (length < 0 || length > end - from) {
      throw malformed(overrun);
    }
    position = from + length;
    return from;
  }
}
