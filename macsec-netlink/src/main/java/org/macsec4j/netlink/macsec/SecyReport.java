package org.macsec4j.netlink.macsec;

import java.util.List;
import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.Counters;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.netlink.wire.Attributes;

/**
 * A SecY as a dump of the family {@code macsec} tells it. Names are not in it; they are the links'.
 *
 * @param index the secured interface
 * @param offload who protects the frames
 * @param settings the attributes {@code MACSEC_SECY_ATTR_}
 * @param transmitSc the transmit channel
 * @param receiveScs the receive channels, by SCI
 * @param counters what the SecY counted beside its channels
 */
public record SecyReport(
    int index,
    OffloadMode offload,
    Attributes settings,
    TransmitScSnapshot transmitSc,
    List<ReceiveScSnapshot> receiveScs,
    Counters<SecyCounter> counters) {

  /**
   * Copies the list.
   *
   * @param index the secured interface
   * @param offload who protects the frames
   * @param settings the attributes {@code MACSEC_SECY_ATTR_}
   * @param transmitSc the transmit channel
   * @param receiveScs the receive channels
   * @param counters what the SecY counted
   */
  public SecyReport {
    receiveScs = List.copyOf(receiveScs);
  }

  /**
   * The cipher suite.
   *
   * @return the suite
   * @throws MacsecException when this version does not know it
   */
  public CipherSuite cipherSuite() {
    return suite(settings.require(MacsecNumbers.SECY_CIPHER_SUITE).u64());
  }

  /**
   * The suite of a number.
   *
   * @param id the kernel's number
   * @return the suite
   * @throws MacsecException when this version does not know it
   */
  public static CipherSuite suite(long id) {
    return CipherSuite.ofId(id)
        .orElseThrow(
            () ->
                new MacsecException(
                    MacsecException.Kind.UNSUPPORTED,
                    "the kernel tells of cipher suite "
                        + Long.toHexString(id)
                        + ", which this version does not know"));
  }

  /**
   * Replay protection.
   *
   * @return replay protection; the kernel tells of a window only when it is on
   */
  public ReplayProtection replayProtection() {
    return replayProtection(settings);
  }

  static ReplayProtection replayProtection(Attributes settings) {
    return settings.isSet(MacsecNumbers.SECY_REPLAY)
        ? ReplayProtection.window(
            Integer.toUnsignedLong(settings.u32(MacsecNumbers.SECY_WINDOW).orElse(0)))
        : ReplayProtection.OFF;
  }

  /**
   * The receive channel of a peer.
   *
   * @param sci the peer's SCI
   * @return the channel, empty when there is none
   */
  public Optional<ReceiveScSnapshot> receiveSc(Sci sci) {
    return receiveScs.stream().filter(channel -> channel.sci().equals(sci)).findFirst();
  }

  /**
   * Whether frames can be sent, as the driver has it (802.1AE ControlledPortEnabled). It is true
   * for a SecY that never tried, also without any SA.
   *
   * @return the driver's OPER
   */
  public boolean operational() {
    return settings.isSet(MacsecNumbers.SECY_OPER);
  }

  /**
   * The snapshot of the SecY. Its configuration is the link's, which says the same as the report.
   *
   * @param link its secured interface
   * @param parent the name of the interface below
   * @return the snapshot
   */
  public SecySnapshot snapshot(LinkInfo link, String parent) {
    return new SecySnapshot(
        new SecyId(index, link.name()),
        MacsecLink.config(link, parent).toBuilder().offload(policy()).observed(),
        link.up(),
        operational(),
        offload,
        transmitSc,
        receiveScs,
        counters);
  }

  private OffloadPolicy policy() {
    return offload == OffloadMode.SOFTWARE ? OffloadPolicy.OFF : OffloadPolicy.REQUIRE;
  }
}
