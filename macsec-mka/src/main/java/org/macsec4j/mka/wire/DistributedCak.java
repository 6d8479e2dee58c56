package org.macsec4j.mka.wire;

import java.util.Optional;
import org.macsec4j.mka.Ckn;

/**
 * Distributed CAK (IEEE 802.1X 11.11, figure 11-13): the key server of pairwise CAs hands out a
 * group CAK, wrapped, with its name.
 *
 * <p>The set does not say where the wrapped key ends and the name begins. A receiver knows it from
 * the length of its own CAK; hence the body is kept whole and parted on demand.
 *
 * @param body wrapped CAK of 24 or 40 octets, then a CKN of 1 to 32 octets; 25 to 72 in all
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record DistributedCak(OctetString body, int reservedBits) implements ParameterSet {
  /**
   * Checks the length.
   *
   * @param body wrapped CAK of 24 or 40 octets, then a CKN of 1 to 32 octets
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public DistributedCak {
    int length = body.length();
    if (length < MkpduLayout.MIN_DISTRIBUTED_CAK_BODY
        || length > MkpduLayout.MAX_DISTRIBUTED_CAK_BODY) {
      throw new IllegalArgumentException("a Distributed CAK has 25..72 octets, not " + length);
    }
    Ranges.checkReserved(reservedBits, 0xFFF);
  }

  /**
   * A set of its two parts.
   *
   * @param wrappedCak the CAK, wrapped: 24 or 40 octets
   * @param ckn its name
   * @return the set
   * @throws IllegalArgumentException when the wrapped key has another length
   */
  public static DistributedCak of(OctetString wrappedCak, Ckn ckn) {
    int length = wrappedCak.length();
    if (length != 24 && length != 40) {
      throw new IllegalArgumentException("a wrapped CAK has 24 or 40 octets, not " + length);
    }
    byte[] body = new byte[length + ckn.length()];
    wrappedCak.writeTo(body, 0);
    ckn.writeTo(body, length);
    return new DistributedCak(OctetString.of(body), 0);
  }

  /**
   * The wrapped key.
   *
   * @param cakLength octets of the CAK: 16 or 32
   * @return the key, wrapped; empty when the body is too short for it and a name
   */
  public Optional<OctetString> wrappedCak(int cakLength) {
    int wrapped = cakLength + Long.BYTES;
    return fits(wrapped) ? Optional.of(body.slice(0, wrapped)) : Optional.empty();
  }

  /**
   * The name of the key.
   *
   * @param cakLength octets of the CAK: 16 or 32
   * @return the name; empty when the body does not hold one behind such a key
   */
  public Optional<Ckn> ckn(int cakLength) {
    int wrapped = cakLength + Long.BYTES;
    return fits(wrapped)
        ? Optional.of(Ckn.of(body.slice(wrapped, body.length() - wrapped).toByteArray()))
        : Optional.empty();
  }

  private boolean fits(int wrapped) {
    int rest = body.length() - wrapped;
    return rest >= Ckn.MIN_LENGTH && rest <= Ckn.MAX_LENGTH;
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_DISTRIBUTED_CAK;
  }
}
