package org.macsec4j.mka.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.wire.Mkpdu;

/** The counters of one port, counting. */
final class PortCounters {
  long mkpdusIn;
  long mkpdusInValid;
  long mkpdusOut;
  long transmitFailures;
  long saksGenerated;
  long sakGenerationFailures;
  long sakMkpdusIn;
  long sakMkpdusOut;
  long cakMkpdusIn;
  long cakMkpdusOut;
  long saksReceived;
  long saksInstalled;
  long staleListings;
  long commandsFailed;
  private MkaCounters.@Nullable LastFrame lastFrame;
  private Map<DropReason, Long> drops = Map.of();

  void drop(DropReason reason) {
    if (drops.isEmpty()) {
      drops = new EnumMap<>(DropReason.class);
    }
    drops.merge(reason, 1L, Long::sum);
  }

  /** An EAPOL frame came. */
  void heard(MacAddress source, int eapolVersion) {
    MkaCounters.LastFrame last = lastFrame;
    if (last == null || last.eapolVersion() != eapolVersion || !last.source().equals(source)) {
      lastFrame = new MkaCounters.LastFrame(source, eapolVersion);
    }
  }

  /** What a peer's MKPDU carries. */
  void carries(Mkpdu mkpdu) {
    sakMkpdusIn += mkpdu.distributedSak().isPresent() ? 1 : 0;
    cakMkpdusIn += mkpdu.distributedCak().isPresent() ? 1 : 0;
  }

  long dropped(DropReason reason) {
    return drops.getOrDefault(reason, 0L);
  }

  MkaCounters snapshot() {
    return new MkaCounters(
        mkpdusIn,
        mkpdusInValid,
        mkpdusOut,
        transmitFailures,
        saksGenerated,
        sakGenerationFailures,
        sakMkpdusIn,
        sakMkpdusOut,
        cakMkpdusIn,
        cakMkpdusOut,
        saksReceived,
        saksInstalled,
        staleListings,
        commandsFailed,
        drops,
        Optional.ofNullable(lastFrame));
  }
}
