package org.macsec4j.mka.wire;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;

/**
 * Distributed SAK (IEEE 802.1X 11.11, figures 11-11 and 11-12): the key server hands out a key,
 * wrapped.
 *
 * <p>Three forms: without a body, when the key server decided that MACsec is not used; 28 octets,
 * when the cipher suite is GCM-AES-128 and so not named; and with the identifier of the suite. The
 * second is the only one that all implementations take for GCM-AES-128. An identifier that is none
 * of the four suites is kept as it came.
 *
 * @param associationNumber the association number that the key gets
 * @param confidentialityOffset how frames are to be encrypted
 * @param keyNumber the key number, 0..2^32 - 1; 0 without a key
 * @param namedSuiteId the suite's identifier where it is on the wire
 * @param wrappedKey the key, wrapped; empty without a key
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record DistributedSak(
    AssociationNumber associationNumber,
    ConfidentialityOffset confidentialityOffset,
    long keyNumber,
    OptionalLong namedSuiteId,
    OctetString wrappedKey,
    int reservedBits)
    implements ParameterSet {
  /**
   * Checks that the parts make one of the three forms.
   *
   * @param associationNumber the association number that the key gets
   * @param confidentialityOffset how frames are to be encrypted
   * @param keyNumber the key number, 0..2^32 - 1
   * @param namedSuiteId the suite's identifier where it is on the wire
   * @param wrappedKey the key, wrapped
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public DistributedSak {
    Objects.requireNonNull(associationNumber, "associationNumber");
    Objects.requireNonNull(confidentialityOffset, "confidentialityOffset");
    Ranges.check("a key number", keyNumber, Ranges.MAX_U32);
    int length = wrappedKey.length();
    if (namedSuiteId.isPresent()) {
      if (length < MkpduLayout.MIN_WRAPPED_KEY
          || length > MkpduLayout.MAX_SET_BODY - MkpduLayout.EXPLICIT_SUITE_FIXED) {
        throw new IllegalArgumentException("a wrapped key has 24..4083 octets, not " + length);
      }
    } else if (length != 0 && length != MkpduLayout.MIN_WRAPPED_KEY) {
      throw new IllegalArgumentException(
          "a wrapped GCM-AES-128 key has 24 octets, not " + length + "; another suite is named");
    } else if (length == 0 && keyNumber != 0) {
      throw new IllegalArgumentException("without a key there is no key number");
    }
    Ranges.checkReserved(reservedBits, 0x0FF);
  }

  /**
   * A key for a suite, in the form that all implementations take: GCM-AES-128 is not named.
   *
   * @param associationNumber the association number that the key gets
   * @param confidentialityOffset how frames are to be encrypted
   * @param keyNumber the key number, 0..2^32 - 1
   * @param suite the cipher suite
   * @param wrappedKey the key, wrapped
   * @return the set
   * @throws IllegalArgumentException when the length of the wrapped key is not the suite's
   */
  public static DistributedSak of(
      AssociationNumber associationNumber,
      ConfidentialityOffset confidentialityOffset,
      long keyNumber,
      CipherSuite suite,
      OctetString wrappedKey) {
    int wanted = suite.keyLength() + Long.BYTES;
    if (wrappedKey.length() != wanted) {
      throw new IllegalArgumentException(
          "a wrapped " + suite + " key has " + wanted + " octets, not " + wrappedKey.length());
    }
    OptionalLong id =
        suite == CipherSuite.GCM_AES_128 ? OptionalLong.empty() : OptionalLong.of(suite.id());
    return new DistributedSak(
        associationNumber, confidentialityOffset, keyNumber, id, wrappedKey, 0);
  }

  /**
   * The form without a key: the key server decided that MACsec is not used.
   *
   * @return the set
   */
  public static DistributedSak withoutMacsec() {
    return new DistributedSak(
        AssociationNumber.AN_0,
        ConfidentialityOffset.NO_CONFIDENTIALITY,
        0,
        OptionalLong.empty(),
        OctetString.EMPTY,
        0);
  }

  /**
   * Whether a key is handed out.
   *
   * @return false when the key server decided that MACsec is not used
   */
  public boolean hasKey() {
    return !wrappedKey.isEmpty();
  }

  /**
   * The identifier of the suite, said or implied.
   *
   * @return an EUI-64; empty without a key
   */
  public OptionalLong suiteId() {
    return namedSuiteId.isEmpty() && hasKey()
        ? OptionalLong.of(CipherSuite.GCM_AES_128.id())
        : namedSuiteId;
  }

  /**
   * The suite, said or implied.
   *
   * @return the suite; empty without a key, or when the identifier is none of the four suites
   */
  public Optional<CipherSuite> cipherSuite() {
    OptionalLong id = suiteId();
    return id.isPresent() ? CipherSuite.ofId(id.getAsLong()) : Optional.empty();
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_DISTRIBUTED_SAK;
  }
}
