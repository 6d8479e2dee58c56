package org.macsec4j.netlink.macsec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.macsec4j.netlink.wire.Attribute;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** The counters of a link, {@code struct rtnl_link_stats64}. */
public final class LinkCounters {
  private static final int FRAMES_SENT_AT = 8;
  private static final int OCTETS_SENT_AT = 24;

  /** The shortest frame of Ethernet without its FCS. */
  private static final int SHORTEST_FRAME = 60;

  private LinkCounters() {}

  /**
   * How many frames a link sent at most. What hardware cuts a long packet into some drivers count
   * as one, so that the octets are asked too: no more frames than of the shortest kind fit there.
   *
   * @param message of type {@link LinkRequests#RTM_NEWLINK}, with counters
   * @return the number; empty when it has none
   */
  public static OptionalLong framesSent(NetlinkMessage message) {
    Attribute counters = message.attributes(LinkRequests.HEADER).find(LinkRequests.IFLA_STATS64);
    if (counters == null || counters.length() < OCTETS_SENT_AT + Long.BYTES) {
      return OptionalLong.empty();
    }
    ByteBuffer octets = ByteBuffer.wrap(counters.bytes()).order(ByteOrder.nativeOrder());
    return OptionalLong.of(
        Math.max(
            octets.getLong(FRAMES_SENT_AT),
            Long.divideUnsigned(octets.getLong(OCTETS_SENT_AT), SHORTEST_FRAME)));
  }
}
