package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.macsec4j.Sci;
import org.macsec4j.Ssci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.PeerEntry;

/** Rules that are functions: the SSCIs, the message numbers, the pace. */
class PureRulesTest {
  private static MemberIdentifier member(int number) {
    return MemberIdentifier.parse(String.format("%024x", number));
  }

  @Property(tries = 300)
  void membersReadTheSameNumbersOffTheListAsTheKeyServerGave(
      @ForAll @IntRange(min = 2, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 60) int serverIndex) {
    MemberIdentifier server = member(1 + serverIndex % count);
    Map<MemberIdentifier, Sci> scis = new LinkedHashMap<>();
    for (int i = count; i >= 1; i--) {
      scis.put(member(i), World.sci(i));
    }
    Map<MemberIdentifier, Ssci> given = SsciAssignment.byScis(scis);
    assertThat(given.get(member(count))).isEqualTo(Ssci.of(1));
    assertThat(given.get(member(1))).isEqualTo(Ssci.of(count));
    // The greatest SCI comes first, as in the composer's list.
    List<PeerEntry> list =
        scis.keySet().stream()
            .filter(member -> !member.equals(server))
            .map(member -> new PeerEntry(member, 1))
            .toList();
    LivePeerList set = new LivePeerList(list, given.get(server).value());
    assertThat(SsciAssignment.byList(server, set)).contains(given);
  }

  @Property(tries = 300)
  void theGreaterSciHasTheLowerNumberAndNoneIsLeftOut(
      @ForAll @Size(min = 1, max = 100) Set<@LongRange(min = 0) Long> values,
      @ForAll boolean signed) {
    Map<MemberIdentifier, Sci> scis = new LinkedHashMap<>();
    for (long value : values) {
      // With the first bit set an SCI is greater, and not below zero.
      scis.put(member(scis.size() + 1), Sci.ofLong(signed && value % 2 == 0 ? ~value : value));
    }
    Map<MemberIdentifier, Ssci> given = SsciAssignment.byScis(scis);
    List<MemberIdentifier> byNumber =
        given.keySet().stream().sorted(Comparator.comparingInt(m -> given.get(m).value())).toList();
    assertThat(given.keySet()).isEqualTo(scis.keySet());
    for (int i = 0; i < byNumber.size(); i++) {
      assertThat(given.get(byNumber.get(i))).isEqualTo(Ssci.of(i + 1));
      if (i > 0) {
        long greater = scis.get(byNumber.get(i - 1)).toLong();
        assertThat(Long.compareUnsigned(greater, scis.get(byNumber.get(i)).toLong())).isPositive();
      }
    }
  }

  @Test
  void aKeyServerWithoutANumberNumbersNobody() {
    LivePeerList list = new LivePeerList(List.of(new PeerEntry(member(2), 1)), 0);
    assertThat(SsciAssignment.byList(member(1), list)).isEmpty();
  }

  @Test
  void aNumberBeyondTheListIsNoNumber() {
    LivePeerList list = new LivePeerList(List.of(new PeerEntry(member(2), 1)), 3);
    assertThat(SsciAssignment.byList(member(1), list)).isEmpty();
  }

  @Test
  void messageNumbersAreRecentForALifeTime() {
    ActorIdentity identity = new ActorIdentity(EntropySource.seeded(1), 6_000_000_000L);
    long step = 50_000_000L;
    for (int i = 0; i < 400; i++) {
      long now = i * step;
      long sent = identity.next(now);
      assertThat(identity.isRecent(sent, now)).isTrue();
      assertThat(identity.isRecent(sent + 1, now)).isFalse();
      assertThat(identity.isRecent(Math.max(1, sent - 118), now)).isTrue();
      if (sent > 125) {
        assertThat(identity.isRecent(sent - 125, now)).isFalse();
      }
    }
  }

  @Test
  void newsLeaveAtOnceThenAtASteadyRate() {
    SendPacer pacer = new SendPacer();
    long now = 0;
    int sent = 0;
    while (now < 1_000_000_000L) {
      now = pacer.earliest(now);
      pacer.sent(now);
      sent++;
    }
    assertThat(sent).isBetween(25, 40);
    assertThat(pacer.quietFor(1, now)).isFalse();
    assertThat(pacer.earliest(now + 10_000_000_000L)).isEqualTo(now + 10_000_000_000L);
  }
}
