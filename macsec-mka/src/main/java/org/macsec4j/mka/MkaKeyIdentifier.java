package org.macsec4j.mka;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.macsec4j.KeyIdentifier;

/**
 * The Key Identifier of a SAK that MKA distributed (IEEE 802.1X 9.8): the member identifier of the
 * key server that made it, and the number that server gave it.
 *
 * @param keyServer member identifier of the key server
 * @param keyNumber the Key Number, 0..2^32 - 1; a key server counts from 1
 */
public record MkaKeyIdentifier(MemberIdentifier keyServer, long keyNumber) {
  /** The identifier of no key: all octets zero. */
  public static final MkaKeyIdentifier NONE = new MkaKeyIdentifier(MemberIdentifier.ZERO, 0);

  private static final long MAX_KEY_NUMBER = 0xFFFF_FFFFL;

  /**
   * Checks the range of the key number.
   *
   * @param keyServer member identifier of the key server
   * @param keyNumber the Key Number, 0..2^32 - 1
   */
  public MkaKeyIdentifier {
    Objects.requireNonNull(keyServer, "keyServer");
    if (keyNumber < 0 || keyNumber > MAX_KEY_NUMBER) {
      throw new IllegalArgumentException("a key number is 0..4294967295, not " + keyNumber);
    }
  }

  /**
   * The identifier of the 16 octets that a backend holds.
   *
   * @param identifier the member identifier, then the key number, most significant octet first
   * @return the identifier
   */
  public static MkaKeyIdentifier of(KeyIdentifier identifier) {
    byte[] octets = identifier.toByteArray();
    int number = ByteBuffer.wrap(octets).getInt(MemberIdentifier.LENGTH);
    return new MkaKeyIdentifier(MemberIdentifier.of(octets, 0), Integer.toUnsignedLong(number));
  }

  /**
   * Whether this stands for no key.
   *
   * @return true when all octets are zero
   */
  public boolean isNone() {
    return keyNumber == 0 && keyServer.isZero();
  }

  /**
   * The 16 octets: the member identifier, then the key number, most significant octet first.
   *
   * @return the identifier as backends hold it
   */
  public KeyIdentifier toKeyIdentifier() {
    byte[] octets = new byte[KeyIdentifier.LENGTH];
    keyServer.writeTo(octets, 0);
    ByteBuffer.wrap(octets).putInt(MemberIdentifier.LENGTH, (int) keyNumber);
    return KeyIdentifier.of(octets);
  }

  /** The member identifier and the key number, for instance {@code 5bc3…a0/1}; {@code none}. */
  @Override
  public String toString() {
    return isNone() ? "none" : keyServer + "/" + keyNumber;
  }
}
