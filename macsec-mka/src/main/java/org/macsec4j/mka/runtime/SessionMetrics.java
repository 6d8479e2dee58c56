package org.macsec4j.mka.runtime;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaStatus;

/**
 * The numbers of a session for a monitoring system, under names that stay as they are. Each is
 * there from the start, those of receive channels from the first channel on; what the hardware does
 * not count never is.
 *
 * <table>
 *   <caption>The names</caption>
 *   <tr><th>counters</th><th></th></tr>
 *   <tr><td>{@code mka.mkpdusIn}, {@code mka.saksInstalled}, ...</td>
 *       <td>those of {@link MkaCounters}</td></tr>
 *   <tr><td>{@code mka.drops.icv_failed}, ...</td>
 *       <td>dropped frames by {@link DropReason}</td></tr>
 *   <tr><td>{@code mka.startedOver}, {@code mka.eventsDropped}</td>
 *       <td>lives of the engine but the first; events that no listener heard</td></tr>
 *   <tr><td>{@code secy.InPktsNoTag}, ...</td><td>of the SecY (802.1AE figure 10-5)</td></tr>
 *   <tr><td>{@code transmit.OutPktsEncrypted}, ...</td><td>of the transmit channel</td></tr>
 *   <tr><td>{@code receive.InPktsOK}, ...</td><td>of all receive channels together</td></tr>
 *   <tr><th>gauges</th><th></th></tr>
 *   <tr><td>{@code mka.secured}, {@code mka.keyServer}</td>
 *       <td>1 or 0; whether this member is key server</td></tr>
 *   <tr><td>{@code mka.livePeers}, {@code mka.potentialPeers}</td><td>of the principal</td></tr>
 * </table>
 *
 * @param counters unsigned 64-bit numbers that never get less while the session runs, also when
 *     channels, associations or the SecY are made anew; sorted by name
 * @param gauges numbers that go up and down; sorted by name
 */
public record SessionMetrics(Map<String, Long> counters, Map<String, Long> gauges) {
  /**
   * Copies the maps.
   *
   * @param counters see above
   * @param gauges see above
   */
  public SessionMetrics {
    counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    gauges = Collections.unmodifiableMap(new TreeMap<>(gauges));
  }

  static SessionMetrics of(
      MkaStatus status, Map<String, Long> secy, long startedOver, long eventsDropped) {
    Map<String, Long> counters = new TreeMap<>(secy);
    add(counters, status.counters());
    counters.put("mka.startedOver", startedOver);
    counters.put("mka.eventsDropped", eventsDropped);
    Map<String, Long> gauges = new TreeMap<>();
    gauges.put("mka.secured", status.secured() ? 1L : 0L);
    gauges.put("mka.keyServer", status.self() ? 1L : 0L);
    gauges.put("mka.livePeers", (long) status.livePeers().size());
    gauges.put("mka.potentialPeers", (long) status.potentialPeers().size());
    return new SessionMetrics(counters, gauges);
  }

  private static void add(Map<String, Long> counters, MkaCounters mka) {
    counters.put("mka.mkpdusIn", mka.mkpdusIn());
    counters.put("mka.mkpdusInValid", mka.mkpdusInValid());
    counters.put("mka.mkpdusOut", mka.mkpdusOut());
    counters.put("mka.transmitFailures", mka.transmitFailures());
    counters.put("mka.saksGenerated", mka.saksGenerated());
    counters.put("mka.sakGenerationFailures", mka.sakGenerationFailures());
    counters.put("mka.sakMkpdusIn", mka.sakMkpdusIn());
    counters.put("mka.sakMkpdusOut", mka.sakMkpdusOut());
    counters.put("mka.cakMkpdusIn", mka.cakMkpdusIn());
    counters.put("mka.cakMkpdusOut", mka.cakMkpdusOut());
    counters.put("mka.saksReceived", mka.saksReceived());
    counters.put("mka.saksInstalled", mka.saksInstalled());
    counters.put("mka.staleListings", mka.staleListings());
    counters.put("mka.commandsFailed", mka.commandsFailed());
    for (DropReason reason : DropReason.values()) {
      counters.put("mka.drops." + reason.name().toLowerCase(Locale.ROOT), mka.dropped(reason));
    }
  }
}
