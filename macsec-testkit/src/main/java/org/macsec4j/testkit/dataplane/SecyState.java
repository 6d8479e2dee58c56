package org.macsec4j.testkit.dataplane;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.OffloadMode;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitScCounter;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.ValidateFrames;

/**
 * What a SecY holds: the commands change it, the two paths of a frame read it and count in it.
 *
 * <p>Receive channels are kept twice: by SCI for the commands, and as two arrays in the order of
 * the SCI for the path of a frame, which must find one without making an object.
 */
final class SecyState {
  final SecyId id;
  final Sci sci;
  final Tally<SecyCounter> tally = new Tally<>(SecyCounter.class);
  final Tally<TransmitScCounter> transmitTally = new Tally<>(TransmitScCounter.class);
  final @Nullable TransmitAssociation[] transmitSas = new TransmitAssociation[4];
  final DropTally drops = new DropTally();
  final KeyLedger ledger = new KeyLedger();

  // Of the configuration what each frame asks for, see configure.
  boolean protectFrames;
  boolean includeSci;
  boolean endStation;
  boolean singleCopyBroadcast;
  boolean replayProtected;
  long replayWindow;
  int icvLength;
  ValidateFrames validateFrames;

  /** The length of an ICV where the C bit is clear. */
  int clearIcvLength;

  /** E and C of frames sent by SAs that do not have their own. */
  int confidentiality;

  /** As the kernel has it, see {@link Quirk#OPERATIONAL_UNTIL_A_LOSS}. */
  boolean noLoss = true;

  boolean up;
  AssociationNumber encodingSa = AssociationNumber.AN_0;

  private final Set<Quirk> quirks;

  /** Looked at first, as each frame asks for quirks. */
  private final boolean standard;

  private SecyConfig config;
  private final Map<Sci, ReceiveChannel> channels = new TreeMap<>();
  private long[] channelKeys = {};
  private ReceiveChannel[] channelsByKey = {};

  SecyState(SecyId id, SecyConfig config, Sci sci, Set<Quirk> quirks) {
    this.quirks = quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks);
    standard = quirks.isEmpty();
    this.id = Objects.requireNonNull(id, "id");
    this.sci = Objects.requireNonNull(sci, "sci");
    configure(config);
  }

  boolean has(Quirk quirk) {
    return !standard && quirks.contains(quirk);
  }

  SecyConfig config() {
    return config;
  }

  void configure(SecyConfig value) {
    config = value;
    protectFrames = value.protectFrames();
    includeSci = value.includeSci();
    endStation = value.endStation() && sci.port() == Sci.END_STATION_PORT;
    singleCopyBroadcast = value.singleCopyBroadcast();
    replayProtected = value.replayProtection().enabled();
    if (replayProtected || !has(Quirk.ONE_PACKET_NUMBER)) {
      replayWindow = value.replayProtection().window();
    }
    icvLength = value.icvLength();
    clearIcvLength = has(Quirk.ICV_LENGTH_OF_SECY) ? icvLength : SecTag.FULL_ICV;
    confidentiality = SecTag.confidentiality(value);
    validateFrames = value.validateFrames();
  }

  @Nullable ReceiveChannel channel(Sci peer) {
    return channels.get(peer);
  }

  void addChannel(ReceiveChannel channel) {
    channels.put(channel.sci, channel);
    index();
  }

  void removeChannel(Sci peer) {
    channels.remove(peer);
    index();
  }

  private void index() {
    channelsByKey = channels.values().toArray(ReceiveChannel[]::new);
    channelKeys =
        channels.keySet().stream().mapToLong(peer -> peer.toLong() ^ Long.MIN_VALUE).toArray();
  }

  /** The channel of an SCI as a number; null when there is none. */
  @Nullable ReceiveChannel channel(long peer) {
    if (channelKeys.length == 1) {
      return (channelKeys[0] ^ Long.MIN_VALUE) == peer ? channelsByKey[0] : null;
    }
    int at = Arrays.binarySearch(channelKeys, peer ^ Long.MIN_VALUE);
    return at < 0 ? null : channelsByKey[at];
  }

  /** The channel that a frame without any word of its SCI can only be of. */
  @Nullable ReceiveChannel onlyChannel() {
    return channelsByKey.length == 1 ? channelsByKey[0] : null;
  }

  /** For how many peers the SCI must tell this SecY from others. */
  int peerCount() {
    int count = channelsByKey.length;
    if (has(Quirk.DISABLED_CHANNEL_RECEIVES)) {
      count = 0;
      for (ReceiveChannel channel : channelsByKey) {
        count += channel.enabled ? 1 : 0;
      }
    }
    return count;
  }

  /** The SA that frames are sent with; null when it is not installed. */
  @Nullable TransmitAssociation encoding() {
    return transmitSas[encodingSa.value()];
  }

  boolean isOperational() {
    if (has(Quirk.OPERATIONAL_UNTIL_A_LOSS)) {
      return noLoss;
    }
    TransmitAssociation sa = encoding();
    return !protectFrames || (sa != null && sa.isEnabled());
  }

  /** Notes a drop. Gives -1, which is how the paths of a frame say that nothing comes of it. */
  int drop(DropReason reason) {
    drops.count(reason);
    return SoftwareSecy.DROPPED;
  }

  SecySnapshot snapshot() {
    return new SecySnapshot(
        id,
        config,
        up,
        isOperational(),
        OffloadMode.SOFTWARE,
        new TransmitScSnapshot(
            sci,
            encodingSa,
            Arrays.stream(transmitSas)
                .filter(Objects::nonNull)
                .map(TransmitAssociation::snapshot)
                .toList(),
            transmitTally.counters()),
        channels.values().stream()
            .map(channel -> channel.snapshot(config.replayProtection()))
            .toList(),
        tally.counters());
  }

  boolean hasAssociations() {
    return Arrays.stream(transmitSas).anyMatch(Objects::nonNull)
        || channels.values().stream()
            .anyMatch(channel -> Arrays.stream(channel.sas).anyMatch(Objects::nonNull));
  }

  void destroy() {
    up = false;
    channels.values().forEach(ReceiveChannel::destroy);
    channels.clear();
    index();
    for (int an = 0; an < transmitSas.length; an++) {
      TransmitAssociation sa = transmitSas[an];
      if (sa != null) {
        sa.cipher.destroy();
        transmitSas[an] = null;
      }
    }
  }
}
