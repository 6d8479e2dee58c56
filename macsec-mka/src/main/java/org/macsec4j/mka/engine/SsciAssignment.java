package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.Sci;
import org.macsec4j.Ssci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.PeerEntry;

/**
 * Numbers the members of a CA for the nonces of the XPN suites (IEEE 802.1X 9.10): the greatest SCI
 * is 1, the next one 2.
 *
 * <p>The key server knows all SCIs. Another member may not yet know each of them, and then must not
 * guess. Since version 3 it need not know them: the key server lists the others in the order of
 * their numbers and says its own, so that the numbers can be read off the list.
 */
final class SsciAssignment {
  private SsciAssignment() {}

  /** Numbers members whose SCIs are known. */
  static Map<MemberIdentifier, Ssci> byScis(Map<MemberIdentifier, Sci> members) {
    List<Map.Entry<MemberIdentifier, Sci>> sorted = new ArrayList<>(members.entrySet());
    sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    Map<MemberIdentifier, Ssci> sscis = new LinkedHashMap<>();
    for (Map.Entry<MemberIdentifier, Sci> member : sorted) {
      sscis.put(member.getKey(), Ssci.of(sscis.size() + 1));
    }
    return sscis;
  }

  /** Reads the numbers off the key server's list; empty when they cannot be in it. */
  static Optional<Map<MemberIdentifier, Ssci>> byList(
      MemberIdentifier keyServer, LivePeerList list) {
    int server = list.keyServerSsci();
    if (server == 0 || server > list.peers().size() + 1) {
      return Optional.empty();
    }
    Map<MemberIdentifier, Ssci> sscis = new LinkedHashMap<>();
    sscis.put(keyServer, Ssci.of(server));
    int next = 1;
    for (PeerEntry peer : list.peers()) {
      if (next == server) {
        next++;
      }
      sscis.put(peer.memberIdentifier(), Ssci.of(next++));
    }
    return Optional.of(sscis);
  }
}
