package org.macsec4j.netlink.macsec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Counter;
import org.macsec4j.Counters;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyCounter;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.TransmitScCounter;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.wire.Attribute;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * Reads one message of a dump: one SecY with all below it, as it was at one moment, as the kernel
 * holds its lock while it writes one message.
 *
 * <p>Counters are numbers in the order of the lists below, the first one being 1. Those of an SA
 * have 32 bits and wrap. Counters that are not told are absent, not 0. A driver that protects
 * frames in hardware and cannot count leaves them all at 0, which is taken for absent too.
 */
public final class SecyDecoder {
  private static final List<SecyCounter> SECY_STATS =
      List.of(
          SecyCounter.OUT_PKTS_UNTAGGED,
          SecyCounter.IN_PKTS_UNTAGGED,
          SecyCounter.OUT_PKTS_TOO_LONG,
          SecyCounter.IN_PKTS_NO_TAG,
          SecyCounter.IN_PKTS_BAD_TAG,
          SecyCounter.IN_PKTS_UNKNOWN_SCI,
          SecyCounter.IN_PKTS_NO_SCI,
          SecyCounter.IN_PKTS_OVERRUN);

  private static final List<TransmitScCounter> TXSC_STATS =
      List.of(
          TransmitScCounter.OUT_PKTS_PROTECTED,
          TransmitScCounter.OUT_PKTS_ENCRYPTED,
          TransmitScCounter.OUT_OCTETS_PROTECTED,
          TransmitScCounter.OUT_OCTETS_ENCRYPTED);

  private static final List<ReceiveScCounter> RXSC_STATS =
      List.of(
          ReceiveScCounter.IN_OCTETS_VALIDATED,
          ReceiveScCounter.IN_OCTETS_DECRYPTED,
          ReceiveScCounter.IN_PKTS_UNCHECKED,
          ReceiveScCounter.IN_PKTS_DELAYED,
          ReceiveScCounter.IN_PKTS_OK,
          ReceiveScCounter.IN_PKTS_INVALID,
          ReceiveScCounter.IN_PKTS_LATE,
          ReceiveScCounter.IN_PKTS_NOT_VALID,
          ReceiveScCounter.IN_PKTS_NOT_USING_SA,
          ReceiveScCounter.IN_PKTS_UNUSED_SA);

  /** One list for both directions: what comes in first, then what goes out. */
  private static final List<ReceiveSaCounter> SA_STATS_IN =
      List.of(
          ReceiveSaCounter.IN_PKTS_OK,
          ReceiveSaCounter.IN_PKTS_INVALID,
          ReceiveSaCounter.IN_PKTS_NOT_VALID,
          ReceiveSaCounter.IN_PKTS_NOT_USING_SA,
          ReceiveSaCounter.IN_PKTS_UNUSED_SA);

  private static final List<TransmitSaCounter> SA_STATS_OUT =
      List.of(TransmitSaCounter.OUT_PKTS_PROTECTED, TransmitSaCounter.OUT_PKTS_ENCRYPTED);

  private final Attributes secy;
  private final Attributes settings;
  private final OffloadMode offload;

  private SecyDecoder(Attributes secy) {
    this.secy = secy;
    this.settings = secy.require(MacsecNumbers.ATTR_SECY).nested();
    this.offload =
        Codes.offload(
            secy.nested(MacsecNumbers.ATTR_OFFLOAD).u8(MacsecNumbers.OFFLOAD_TYPE).orElse(0));
  }

  /**
   * Which SecY a message is about; to read that alone costs little.
   *
   * @param message one of the answers to {@link MacsecRequests#all}
   * @return the number of its secured interface
   * @throws MalformedMessageException when the message has none
   */
  public static int index(NetlinkMessage message) {
    return index(message.attributes(GenericFamily.HEADER));
  }

  private static int index(Attributes secy) {
    return secy.require(MacsecNumbers.ATTR_IFINDEX).u32();
  }

  /**
   * Reads a SecY.
   *
   * @param message one message of a dump
   * @return the SecY
   * @throws MalformedMessageException when something is missing or malformed
   */
  public static SecyReport decode(NetlinkMessage message) {
    return new SecyDecoder(message.attributes(GenericFamily.HEADER)).decode();
  }

  private SecyReport decode() {
    return new SecyReport(
        index(secy),
        offload,
        settings,
        transmitSc(),
        receiveScs(),
        counters(SecyCounter.class, SECY_STATS, secy.nested(MacsecNumbers.ATTR_SECY_STATS), 1));
  }

  private TransmitScSnapshot transmitSc() {
    List<TransmitSaSnapshot> sas = new ArrayList<>();
    for (Attribute sa : secy.nested(MacsecNumbers.ATTR_TXSA_LIST)) {
      sas.add(transmitSa(sa.nested()));
    }
    sas.sort(Comparator.comparing(TransmitSaSnapshot::an));
    return new TransmitScSnapshot(
        Sci.of(settings.require(MacsecNumbers.SECY_SCI).bytes(), 0),
        AssociationNumber.of(settings.require(MacsecNumbers.SECY_ENCODING_SA).u8()),
        sas,
        counters(
            TransmitScCounter.class, TXSC_STATS, secy.nested(MacsecNumbers.ATTR_TXSC_STATS), 1));
  }

  private TransmitSaSnapshot transmitSa(Attributes sa) {
    return new TransmitSaSnapshot(
        AssociationNumber.of(sa.require(MacsecNumbers.SA_AN).u8()),
        key(sa),
        PacketNumber.of(sa.require(MacsecNumbers.SA_PN).unsigned()),
        ssci(sa),
        sa.isSet(MacsecNumbers.SA_ACTIVE),
        counters(
            TransmitSaCounter.class,
            SA_STATS_OUT,
            sa.nested(MacsecNumbers.SA_STATS),
            1 + SA_STATS_IN.size()));
  }

  private List<ReceiveScSnapshot> receiveScs() {
    List<ReceiveScSnapshot> channels = new ArrayList<>();
    for (Attribute channel : secy.nested(MacsecNumbers.ATTR_RXSC_LIST)) {
      channels.add(receiveSc(channel.nested()));
    }
    channels.sort(Comparator.comparing(ReceiveScSnapshot::sci));
    return channels;
  }

  private ReceiveScSnapshot receiveSc(Attributes channel) {
    List<ReceiveSaSnapshot> sas = new ArrayList<>();
    for (Attribute sa : channel.nested(MacsecNumbers.RXSC_SA_LIST)) {
      sas.add(receiveSa(sa.nested()));
    }
    sas.sort(Comparator.comparing(ReceiveSaSnapshot::an));
    return new ReceiveScSnapshot(
        Sci.of(channel.require(MacsecNumbers.RXSC_SCI).bytes(), 0),
        channel.isSet(MacsecNumbers.RXSC_ACTIVE),
        sas,
        counters(ReceiveScCounter.class, RXSC_STATS, channel.nested(MacsecNumbers.RXSC_STATS), 1));
  }

  private ReceiveSaSnapshot receiveSa(Attributes sa) {
    PacketNumber nextPn = PacketNumber.of(sa.require(MacsecNumbers.SA_PN).unsigned());
    return new ReceiveSaSnapshot(
        AssociationNumber.of(sa.require(MacsecNumbers.SA_AN).u8()),
        key(sa),
        nextPn,
        lowestPn(nextPn),
        ssci(sa),
        sa.isSet(MacsecNumbers.SA_ACTIVE),
        counters(ReceiveSaCounter.class, SA_STATS_IN, sa.nested(MacsecNumbers.SA_STATS), 1));
  }

  private Optional<PacketNumber> lowestPn(PacketNumber nextPn) {
    ReplayProtection replay = SecyReport.replayProtection(settings);
    return replay.enabled()
        ? Optional.of(ReplayFloor.lowestPn(nextPn, replay.window()))
        : Optional.empty();
  }

  private static KeyIdentifier key(Attributes sa) {
    return KeyIdentifier.of(sa.require(MacsecNumbers.SA_KEYID).bytes());
  }

  /** Others may have set 0, which is no SSCI. */
  private static Optional<Ssci> ssci(Attributes sa) {
    Attribute ssci = sa.find(MacsecNumbers.SA_SSCI);
    return ssci == null || ssci.u32BigEndian() == 0
        ? Optional.empty()
        : Optional.of(Ssci.of(ssci.u32BigEndian()));
  }

  private <C extends Enum<C> & Counter> Counters<C> counters(
      Class<C> kind, List<C> order, Attributes stats, int first) {
    Map<C, Long> values = new EnumMap<>(kind);
    long sum = 0;
    for (int i = 0; i < order.size(); i++) {
      Attribute value = stats.find(first + i);
      if (value != null) {
        values.put(order.get(i), value.unsigned());
        sum |= value.unsigned();
      }
    }
    boolean uncounted = offload != OffloadMode.SOFTWARE && sum == 0;
    return uncounted ? Counters.absent() : Counters.of(kind, values);
  }
}
