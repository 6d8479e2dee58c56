package org.macsec4j.testkit.dataplane;

import java.security.Provider;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyConfig;
import org.macsec4j.Ssci;

/**
 * The cipher suite of one SA (IEEE 802.1AE clause 14): seals and opens single frames, and knows
 * nothing of channels, windows and counters. Use it to try a key on a recorded frame.
 *
 * <p>What a frame is for GCM, where d is the octets of secure data that stay readable: all of them
 * without encryption (E clear), otherwise the confidentiality offset or all there are:
 *
 * <pre>
 *  |  DA  |  SA  |  SecTAG  |  d octets  |  further secure data  |  ICV  |
 *  |......... additional data ...........|......... text ........|. tag .|
 *
 *  nonce, 32-bit packet numbers:  | SCI (8)  | PN (4) |
 *  nonce, extended ones (XPN):   (| SSCI (4) | PN (8) |) xor salt (12)
 * </pre>
 *
 * <p>For one thread at a time. It holds a copy of the key until it is {@link #destroy destroyed}.
 */
public final class FrameCipher implements Destroyable {
  /** The most octets by which a frame grows: a SecTAG with an SCI, and an ICV of 16 octets. */
  public static final int MAX_OVERHEAD = SecTag.LENGTH_WITH_SCI + SecTag.FULL_ICV;

  private static final int NONCE_LENGTH = 12;

  private final CipherSuite suite;
  private final int clearOctets;
  private final int icvLength;
  private final Aead aead;
  private final byte[] nonce = new byte[NONCE_LENGTH];
  private final long saltLow;
  private boolean destroyed;

  private FrameCipher(Builder builder) {
    suite = builder.suite;
    clearOctets = builder.offset.octets();
    icvLength = builder.icvLength;
    if (suite.isXpn()) {
      byte[] salt = builder.key.salt().orElseThrow().toByteArray();
      int ssci = Objects.requireNonNull(builder.ssci).value();
      Wire.putInt32(nonce, 0, ssci ^ Wire.int32(salt, 0));
      saltLow = Wire.int64(salt, Ssci.LENGTH);
    } else {
      builder.sci.writeTo(nonce, 0);
      saltLow = 0;
    }
    aead = aead(builder);
  }

  private static Aead aead(Builder builder) {
    byte[] octets = builder.key.toByteArray();
    return builder.icvLength < JcaAead.MIN_ICV_LENGTH
        ? new BouncyAead(octets, builder.icvLength)
        : new JcaAead(new AesKey(octets), builder.icvLength, builder.provider);
  }

  /**
   * A builder.
   *
   * @param suite the cipher suite
   * @param key the key, with its salt for an XPN suite; copied
   * @param sci the SCI of whoever transmits, which is part of the nonce unless the suite is XPN
   * @return a builder with full encryption, a 16-octet ICV and the JDK's choice of provider
   */
  public static Builder builder(CipherSuite suite, SecureAssociationKey key, Sci sci) {
    return new Builder(suite, key, sci);
  }

  /**
   * Protects one frame.
   *
   * @param userFrame destination, source, then the user data, EtherType first; at least 14 octets
   * @param tag what the SecTAG shall say; its packet number and short length are not looked at, as
   *     they follow from the other arguments
   * @param pn the packet number; never use one twice under one key
   * @return the frame for the wire
   * @throws IllegalArgumentException for a frame without room for addresses and EtherType, or a tag
   *     with E and without C, which is not for user frames
   */
  public byte[] seal(byte[] userFrame, SecTag tag, PacketNumber pn) {
    requireAlive();
    if (userFrame.length < SecTag.MIN_FRAME) {
      throw new IllegalArgumentException("a frame has 14 octets or more, not " + userFrame.length);
    }
    if (tag.encrypted() && !tag.changed()) {
      throw new IllegalArgumentException("E without C marks frames that are not a user's");
    }
    int tagLength = tag.length();
    int data = userFrame.length - SecTag.START;
    byte[] out = new byte[userFrame.length + tagLength + icvLength];
    System.arraycopy(userFrame, 0, out, 0, SecTag.START);
    tag.writeTo(out, SecTag.START);
    int low = (int) pn.value();
    SecTag.write(out, 0, tag.tciAn(), SecTag.shortLengthOf(data), low);
    seal(userFrame, 0, data, out, 0, tagLength, tag.encrypted(), pn.value());
    return out;
  }

  /**
   * Verifies and decrypts one frame.
   *
   * @param frame the frame from the wire; any octets
   * @param pn its packet number, all 64 bits with an XPN suite, see {@link
   *     SecTag#packetNumber(PacketNumber)}
   * @return destination, source and the user data; empty when the frame is not MACsec, its tag is
   *     not valid or its ICV is not right under this key
   */
  public Optional<byte[]> open(byte[] frame, PacketNumber pn) {
    requireAlive();
    if (SecTag.problem(frame, 0, frame.length, icvLength) != null) {
      return Optional.empty();
    }
    byte[] out = new byte[frame.length];
    int data = dataLength(frame, 0, frame.length, icvLength);
    if (!open(frame, 0, data, pn.value(), out, SecTag.START)) {
      return Optional.empty();
    }
    System.arraycopy(frame, 0, out, 0, SecTag.START);
    return Optional.of(Arrays.copyOf(out, SecTag.START + data));
  }

  /** Octets of secure data of a frame without a tag problem. */
  static int dataLength(byte[] in, int offset, int length, int icvLength) {
    return dataLength(in, offset, length, icvLength, SecTag.FULL_ICV);
  }

  /** The same where the ICV has a length of its own if the C bit is clear. */
  static int dataLength(byte[] in, int offset, int length, int icvLength, int clearIcvLength) {
    int tci = in[offset + SecTag.TCI_AN];
    int shortLength = in[offset + SecTag.SHORT_LENGTH];
    int icv = (tci & SecTag.C_BIT) != 0 ? icvLength : clearIcvLength;
    return shortLength != 0 ? shortLength : length - SecTag.START - SecTag.tagLength(tci) - icv;
  }

  /**
   * Writes user data and ICV of a frame that has its addresses and its tag already.
   *
   * @param in another array than {@code out}, holds the user frame
   */
  void seal(
      byte[] in,
      int inOffset,
      int data,
      byte[] out,
      int outOffset,
      int tagLength,
      boolean encrypt,
      long pn) {
    int header = SecTag.START + tagLength;
    int text = inOffset + SecTag.START;
    int clear = encrypt ? Math.min(clearOctets, data) : data;
    if (clear != 0) {
      System.arraycopy(in, text, out, outOffset + header, clear);
    }
    aead.seal(nonce(pn), in, text + clear, data - clear, out, outOffset, header + clear);
  }

  /**
   * Verifies a frame and writes its user data; writes zeros when it is not valid.
   *
   * @param out another array than {@code in}, with room for the data and an ICV
   */
  boolean open(byte[] in, int offset, int data, long pn, byte[] out, int outOffset) {
    int tci = in[offset + SecTag.TCI_AN];
    if ((tci & SecTag.C_BIT) == 0 && icvLength != SecTag.FULL_ICV) {
      return false;
    }
    int header = SecTag.START + SecTag.tagLength(tci);
    int clear = (tci & SecTag.E_BIT) != 0 ? Math.min(clearOctets, data) : data;
    if (clear != 0) {
      System.arraycopy(in, offset + header, out, outOffset, clear);
    }
    boolean valid =
        aead.open(nonce(pn), in, offset, header + clear, data - clear, out, outOffset + clear);
    if (!valid) {
      // Some providers decrypt before they verify.
      Arrays.fill(out, outOffset, outOffset + data, (byte) 0);
    }
    return valid;
  }

  /** Another SCI for the nonce than the builder's: a single copy broadcast has port 0. */
  void useSci(long value) {
    if (!suite.isXpn()) {
      Wire.putInt64(nonce, 0, value);
    }
  }

  private byte[] nonce(long pn) {
    if (suite.isXpn()) {
      Wire.putInt64(nonce, Ssci.LENGTH, pn ^ saltLow);
    } else {
      Wire.putInt32(nonce, Sci.LENGTH, (int) pn);
    }
    return nonce;
  }

  CipherSuite suite() {
    return suite;
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("the cipher was destroyed");
    }
  }

  /** Zeroes the copy of the key. Repeating it does no harm. */
  @Override
  public void destroy() {
    destroyed = true;
    aead.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** The suite; never the key. */
  @Override
  public String toString() {
    return "cipher " + suite;
  }

  /** Makes a {@link FrameCipher}. Not for several threads. */
  public static final class Builder {
    private final CipherSuite suite;
    private final SecureAssociationKey key;
    private final Sci sci;
    private @Nullable Ssci ssci;
    private ConfidentialityOffset offset = ConfidentialityOffset.OFFSET_0;
    private int icvLength = SecyConfig.DEFAULT_ICV_LENGTH;
    private @Nullable Provider provider;

    private Builder(CipherSuite suite, SecureAssociationKey key, Sci sci) {
      this.suite = Objects.requireNonNull(suite, "suite");
      this.key = Objects.requireNonNull(key, "key");
      this.sci = Objects.requireNonNull(sci, "sci");
    }

    /**
     * Sets the SSCI; required for an XPN suite.
     *
     * @param value the SSCI of whoever transmits
     * @return this builder
     */
    public Builder ssci(Ssci value) {
      ssci = value;
      return this;
    }

    /**
     * Sets where encryption begins, in frames that are encrypted.
     *
     * @param value default all user data
     * @return this builder
     */
    public Builder confidentialityOffset(ConfidentialityOffset value) {
      offset = Objects.requireNonNull(value, "confidentialityOffset");
      return this;
    }

    /**
     * Sets the length of the ICV.
     *
     * @param value 8..16 octets; default 16
     * @return this builder
     */
    public Builder icvLength(int value) {
      icvLength = value;
      return this;
    }

    /**
     * Sets whose AES-GCM is used for ICVs of 12 octets or more; shorter ones are always Bouncy
     * Castle's, as JCA has none.
     *
     * @param value a provider of {@code AES/GCM/NoPadding}; null for the one that JCA prefers
     * @return this builder
     */
    public Builder provider(@Nullable Provider value) {
      provider = value;
      return this;
    }

    /**
     * Makes the cipher.
     *
     * @return the cipher
     * @throws org.macsec4j.InvalidConfigurationException when key, salt, SSCI or ICV length are not
     *     of the suite
     * @throws org.macsec4j.MacsecException when the provider has no AES-GCM
     */
    public FrameCipher build() {
      SecyConfig.on("-")
          .cipherSuite(suite)
          .confidentialityOffset(offset)
          .icvLength(icvLength)
          .build();
      new ReceiveSa(
              org.macsec4j.AssociationNumber.AN_0,
              key,
              PacketNumber.FIRST,
              Optional.ofNullable(ssci),
              true)
          .checkFor(suite);
      return new FrameCipher(this);
    }
  }
}
