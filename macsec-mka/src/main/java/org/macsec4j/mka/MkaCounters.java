package org.macsec4j.mka;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counters of a port, from its start; they never fall.
 *
 * @param mkpdusIn frames handed to the port, good or bad
 * @param mkpdusInValid MKPDUs whose ICV was right and that were processed
 * @param mkpdusOut MKPDUs sent
 * @param saksGenerated SAKs made here as key server
 * @param sakMkpdusOut MKPDUs sent with a Distributed SAK
 * @param saksReceived SAKs accepted from a key server
 * @param saksInstalled SAKs that went into use for receiving and transmitting
 * @param commandsFailed SecY commands that were refused
 * @param drops frames and keys not used, by reason; reasons that did not occur are absent
 */
public record MkaCounters(
    long mkpdusIn,
    long mkpdusInValid,
    long mkpdusOut,
    long saksGenerated,
    long sakMkpdusOut,
    long saksReceived,
    long saksInstalled,
    long commandsFailed,
    Map<DropReason, Long> drops) {
  /**
   * Copies the map.
   *
   * @param mkpdusIn frames handed to the port, good or bad
   * @param mkpdusInValid MKPDUs whose ICV was right and that were processed
   * @param mkpdusOut MKPDUs sent
   * @param saksGenerated SAKs made here as key server
   * @param sakMkpdusOut MKPDUs sent with a Distributed SAK
   * @param saksReceived SAKs accepted from a key server
   * @param saksInstalled SAKs that went into use for receiving and transmitting
   * @param commandsFailed SecY commands that were refused
   * @param drops frames and keys not used, by reason
   */
  public MkaCounters {
    Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
    copy.putAll(drops);
    drops = Collections.unmodifiableMap(copy);
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
}
