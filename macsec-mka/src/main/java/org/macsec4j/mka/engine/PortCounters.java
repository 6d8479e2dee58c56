package org.macsec4j.mka.engine;

import java.util.EnumMap;
import java.util.Map;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaCounters;

/** The counters of one port, counting. */
final class PortCounters {
  long mkpdusIn;
  long mkpdusInValid;
  long mkpdusOut;
  long saksGenerated;
  long sakMkpdusOut;
  long saksReceived;
  long saksInstalled;
  long commandsFailed;
  private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);

  void drop(DropReason reason) {
    drops.merge(reason, 1L, Long::sum);
  }

  long dropped(DropReason reason) {
    return drops.getOrDefault(reason, 0L);
  }

  MkaCounters snapshot() {
    return new MkaCounters(
        mkpdusIn,
        mkpdusInValid,
        mkpdusOut,
        saksGenerated,
        sakMkpdusOut,
        saksReceived,
        saksInstalled,
        commandsFailed,
        drops);
  }
}
