package org.macsec4j.testkit.dataplane;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A way in which an implementation leaves IEEE 802.1AE, to be turned on in a {@link SoftwareSecy};
 * without any it does what the standard says.
 *
 * <p>All of these are the Linux driver's ({@code drivers/net/macsec.c}), as seen on 6.1 and 6.12.
 * {@code macsec-it} plays the same frames and commands to the kernel and to a SecY with {@link
 * #LINUX}, and compares every counter and every frame; it also shows that each is needed for that.
 */
public enum Quirk {
  /**
   * A SecY is operational until a frame was lost for want of an SA, and is so before it ever had
   * one. The standard's is operational while the encoding SA is installed and enabled.
   */
  OPERATIONAL_UNTIL_A_LOSS,

  /** A frame that ends within its SecTAG or the two octets after it is dropped, and not counted. */
  CUT_TAG_NOT_COUNTED,

  /**
   * What an Ethernet MAC filled a short frame with makes its length wrong: InPktsBadTag (802.1AE
   * 9.12 h). The kernel does not cut it off.
   */
  FILLED_FRAME_IS_BAD,

  /** The receive channel is looked up first: of an unknown SCI the SecTAG is not checked. */
  CHANNEL_BEFORE_TAG,

  /** A disabled receive channel receives, and is no peer for whom the SCI had to be sent. */
  DISABLED_CHANNEL_RECEIVES,

  /** An SA that is not in use counts nothing; its channel does. */
  UNUSED_SA_COUNTS_NOTHING,

  /** The SCB bit does not stand for port 0, on neither side (802.1AE 9.5). */
  NO_BROADCAST_PORT,

  /**
   * A frame that tells no SCI, where there is not one enabled receive channel alone that it could
   * be of, is dropped and not counted.
   */
  UNKNOWN_CONTEXT_NOT_COUNTED,

  /**
   * While the controlled port is disabled, frames are validated and counted; only what would be
   * delivered without a channel is not.
   */
  COUNTS_WHILE_DISABLED,

  /**
   * InOctetsValidated and InOctetsDecrypted count frames that are not valid, too, and none at all
   * where validation is disabled.
   */
  OCTETS_BY_MODE,

  /** The length of the ICV is the SecY's also where the C bit is clear (802.1AE 9.5). */
  ICV_LENGTH_OF_SECY,

  /**
   * Of a receive SA one packet number is kept, the next one, and the lowest acceptable one is the
   * window below that: a wider window lets older frames in again. While replay protection is off it
   * is not told, and the last window says which frames are delayed. A lowest number that is set,
   * above 1, becomes the next one by adding the window, within half of 2^32 with an XPN suite.
   */
  ONE_PACKET_NUMBER,

  /**
   * Beside {@link #ONE_PACKET_NUMBER}: numbers are compared by their lower 32 bits. The last number
   * of a suite of 32 bits is accepted as often as it comes. With an XPN suite the upper ones are
   * guessed from the next number, so that frames that overtake each other where a half of 2^32 ends
   * are lost, or counted as delayed; number 0 is not refused.
   */
  PACKET_NUMBERS_IN_32_BITS,

  /** Whether frames are encrypted changes at once, not with the next transmit SA. */
  CONFIDENTIALITY_AT_ONCE,

  /** ES and SCB are set in frames of any source address, not in those of its own alone. */
  TAG_BITS_OF_ANY_SOURCE,

  /**
   * A SecY keeps the cipher suite that it was made with; another one is refused as long as it has
   * an SA. Without one, a backend can make another SecY in its place.
   */
  FIXED_CIPHER_SUITE,

  /** Encryption begins with the first octet of user data: other offsets are refused. */
  NO_CONFIDENTIALITY_OFFSET;

  /** All that the Linux driver does, 6.1 and 6.12 alike. */
  public static final Set<Quirk> LINUX = Collections.unmodifiableSet(EnumSet.allOf(Quirk.class));
}
