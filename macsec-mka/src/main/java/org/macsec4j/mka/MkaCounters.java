package org.macsec4j.mka;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.MacAddress;

/**
 * Counters of a port, from its start; they never fall, also when a key or a peer goes.
 *
 * <p>The components are what the engine counts. What OpenConfig (openconfig-macsec) and IEEE 802.1X
 * (ieee802-dot1x, IEEE8021X-PAE-MIB) have under other names follows from them by a method each.
 *
 * @param mkpdusIn frames handed to the port, good or bad
 * @param mkpdusInValid MKPDUs whose ICV was right and that were processed
 * @param mkpdusOut MKPDUs handed out to be sent
 * @param transmitFailures MKPDUs that could not be sent, as the runtime told
 * @param saksGenerated SAKs made here as key server
 * @param sakGenerationFailures how often a SAK was due and could not be made, as no cipher suite
 *     was common
 * @param sakMkpdusIn MKPDUs of peers with a Distributed SAK
 * @param sakMkpdusOut MKPDUs sent with a Distributed SAK
 * @param cakMkpdusIn MKPDUs of peers with a Distributed CAK
 * @param cakMkpdusOut MKPDUs sent with a Distributed CAK
 * @param saksReceived SAKs accepted from a key server
 * @param saksInstalled SAKs that went into use for receiving and transmitting
 * @param staleListings MKPDUs whose peer list names us with a message number that is not recent
 * @param commandsFailed SecY commands that were refused
 * @param drops frames and keys not used, by reason; reasons that did not occur are absent
 * @param lastFrame the last EAPOL frame that came, good or bad; empty before the first
 */
public record MkaCounters(
    long mkpdusIn,
    long mkpdusInValid,
    long mkpdusOut,
    long transmitFailures,
    long saksGenerated,
    long sakGenerationFailures,
    long sakMkpdusIn,
    long sakMkpdusOut,
    long cakMkpdusIn,
    long cakMkpdusOut,
    long saksReceived,
    long saksInstalled,
    long staleListings,
    long commandsFailed,
    Map<DropReason, Long> drops,
    Optional<LastFrame> lastFrame) {
  /** Nothing was counted. */
  public static final MkaCounters NONE =
      new MkaCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Optional.empty());

  /**
   * The last EAPOL frame (last-eapol-frame-source and last-eapol-frame-version).
   *
   * @param source who sent it
   * @param eapolVersion the version in its EAPOL header, 0..255
   */
  public record LastFrame(MacAddress source, int eapolVersion) {
    /**
     * Checks that there is a source.
     *
     * @param source who sent it
     * @param eapolVersion the version in its EAPOL header, 0..255
     */
    public LastFrame {
      Objects.requireNonNull(source, "source");
    }
  }

  /**
   * Copies the map.
   *
   * @param mkpdusIn frames handed to the port, good or bad
   * @param mkpdusInValid MKPDUs whose ICV was right and that were processed
   * @param mkpdusOut MKPDUs handed out to be sent
   * @param transmitFailures MKPDUs that could not be sent, as the runtime told
   * @param saksGenerated SAKs made here as key server
   * @param sakGenerationFailures how often a SAK was due and could not be made, as no cipher suite
   *     was common
   * @param sakMkpdusIn MKPDUs of peers with a Distributed SAK
   * @param sakMkpdusOut MKPDUs sent with a Distributed SAK
   * @param cakMkpdusIn MKPDUs of peers with a Distributed CAK
   * @param cakMkpdusOut MKPDUs sent with a Distributed CAK
   * @param saksReceived SAKs accepted from a key server
   * @param saksInstalled SAKs that went into use for receiving and transmitting
   * @param staleListings MKPDUs whose peer list names us with a message number that is not recent
   * @param commandsFailed SecY commands that were refused
   * @param drops frames and keys not used, by reason; reasons that did not occur are absent
   * @param lastFrame the last EAPOL frame that came, good or bad; empty before the first
   */
  public MkaCounters {
    Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
    copy.putAll(drops);
    drops = Collections.unmodifiableMap(copy);
    Objects.requireNonNull(lastFrame, "lastFrame");
  }

  /**
   * What was dropped for a reason.
   *
   * @param reason the reason
   * @return how often, 0 when never
   */
  public long dropped(DropReason reason) {
    return drops.getOrDefault(reason, 0L);
  }

  /**
   * These counters and those of a later time, added.
   *
   * @param later what was counted since
   * @return the sums, with the last frame of the later if there is one
   */
  public MkaCounters plus(MkaCounters later) {
    Map<DropReason, Long> sums = new EnumMap<>(DropReason.class);
    sums.putAll(drops);
    later.drops.forEach((reason, count) -> sums.merge(reason, count, Long::sum));
    return new MkaCounters(
        mkpdusIn + later.mkpdusIn,
        mkpdusInValid + later.mkpdusInValid,
        mkpdusOut + later.mkpdusOut,
        transmitFailures + later.transmitFailures,
        saksGenerated + later.saksGenerated,
        sakGenerationFailures + later.sakGenerationFailures,
        sakMkpdusIn + later.sakMkpdusIn,
        sakMkpdusOut + later.sakMkpdusOut,
        cakMkpdusIn + later.cakMkpdusIn,
        cakMkpdusOut + later.cakMkpdusOut,
        saksReceived + later.saksReceived,
        saksInstalled + later.saksInstalled,
        staleListings + later.staleListings,
        commandsFailed + later.commandsFailed,
        sums,
        later.lastFrame.or(() -> lastFrame));
  }

  private long dropped(DropReason first, DropReason... others) {
    long sum = dropped(first);
    for (DropReason reason : others) {
      sum += dropped(reason);
    }
    return sum;
  }

  // OpenConfig. in-mkpdu is mkpdusInValid, out-mkpdu mkpdusOut, in- and out-sak-mkpdu and
  // -cak-mkpdu are components too, out-mkpdu-errors is transmitFailures, sak-generation-errors
  // sakGenerationFailures.

  /**
   * OpenConfig's in-mkpdu-icv-verification-errors; 802.1X's eapol-mk-invalid-frames-rx.
   *
   * @return drops for {@link DropReason#ICV_FAILED} and {@link DropReason#UNKNOWN_ALGORITHMS}
   */
  public long icvVerificationErrors() {
    return dropped(DropReason.ICV_FAILED, DropReason.UNKNOWN_ALGORITHMS);
  }

  /**
   * OpenConfig's in-mkpdu-validation-errors; 802.1X's invalid-eapol-frame-rx.
   *
   * @return drops for {@link DropReason#MALFORMED} and {@link DropReason#INDIVIDUAL_DESTINATION}
   */
  public long validationErrors() {
    return dropped(DropReason.MALFORMED, DropReason.INDIVIDUAL_DESTINATION);
  }

  /**
   * OpenConfig's in-mkpdu-bad-peer-errors: the sender is not who it says, or speaks in the past.
   *
   * @return drops for {@link DropReason#REPLAYED}, {@link DropReason#MEMBER_IDENTIFIER_CLASH},
   *     {@link DropReason#SCI_CLASH}, {@link DropReason#TOO_MANY_PEERS}, {@link
   *     DropReason#OWN_MKPDU}, {@link DropReason#OWN_SCI} and {@link
   *     DropReason#OWN_MEMBER_IDENTIFIER}
   */
  public long badPeerErrors() {
    return dropped(
        DropReason.REPLAYED,
        DropReason.MEMBER_IDENTIFIER_CLASH,
        DropReason.SCI_CLASH,
        DropReason.TOO_MANY_PEERS,
        DropReason.OWN_MKPDU,
        DropReason.OWN_SCI,
        DropReason.OWN_MEMBER_IDENTIFIER);
  }

  /**
   * OpenConfig's in-mkpdu-peer-list-errors.
   *
   * @return {@link #staleListings}
   */
  public long peerListErrors() {
    return staleListings;
  }

  /**
   * OpenConfig's sak-decryption-errors.
   *
   * @return drops for {@link DropReason#SAK_UNWRAP_FAILED}
   */
  public long sakDecryptionErrors() {
    return dropped(DropReason.SAK_UNWRAP_FAILED);
  }

  /**
   * OpenConfig's sak-cipher-mismatch-errors.
   *
   * @return drops for {@link DropReason#SAK_CIPHER_SUITE}
   */
  public long sakCipherMismatchErrors() {
    return dropped(DropReason.SAK_CIPHER_SUITE);
  }

  /**
   * OpenConfig's sak-hash-errors. Deriving a SAK (802.1X 6.2) is computing, here in this process;
   * there is no device in it that could fail.
   *
   * @return 0
   */
  public long sakHashErrors() {
    return 0;
  }

  /**
   * OpenConfig's sak-encryption-errors. Wrapping a SAK is computing as well, see {@link
   * #sakHashErrors}.
   *
   * @return 0
   */
  public long sakEncryptionErrors() {
    return 0;
  }

  // IEEE 802.1X. mka-frames-tx is mkpdusOut.

  /**
   * 802.1X's eapol-mk-no-cfn: MKPDUs under a name that none of our valid keys has.
   *
   * @return drops for {@link DropReason#UNKNOWN_CKN} and {@link DropReason#KEY_NOT_VALID}
   */
  public long unknownCkns() {
    return dropped(DropReason.UNKNOWN_CKN, DropReason.KEY_NOT_VALID);
  }
}
