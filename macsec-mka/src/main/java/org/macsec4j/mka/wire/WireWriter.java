package org.macsec4j.mka.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.macsec4j.MacAddress;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MemberIdentifier;

/**
 * A cursor that fills an array whose size its maker computed beforehand. Skipped octets stay zero,
 * as padding and reserved fields are.
 */
final class WireWriter {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] octets;
  private int position;

  WireWriter(byte[] octets) {
    this.octets = octets;
  }

  int position() {
    return position;
  }

  void position(int value) {
    position = value;
  }

  void u8(int value) {
    octets[position++] = (byte) value;
  }

  void u16(int value) {
    SHORTS.set(octets, position, (short) value);
    position += 2;
  }

  void u32(long value) {
    INTS.set(octets, position, (int) value);
    position += 4;
  }

  void i64(long value) {
    LONGS.set(octets, position, value);
    position += 8;
  }

  void address(MacAddress address) {
    address.writeTo(octets, position);
    position += MacAddress.LENGTH;
  }

  void memberIdentifier(MemberIdentifier identifier) {
    identifier.writeTo(octets, position);
    position += MemberIdentifier.LENGTH;
  }

  void octets(OctetString string) {
    string.writeTo(octets, position);
    position += string.length();
  }

  void ckn(Ckn name) {
    name.writeTo(octets, position);
    position += name.length();
  }

  /** The head of a parameter set: type, twelve bits of its own, body length. */
  void setHead(int type, int specific, int bodyLength) {
    u8(type);
    u8(specific >>> 4);
    u16((specific & 0xF) << 12 | bodyLength);
  }
}
