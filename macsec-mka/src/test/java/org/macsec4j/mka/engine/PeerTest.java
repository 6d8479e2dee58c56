package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.PeerEntry;

/** What counts as the same from a peer, so that its MKPDU need not be looked at once more. */
class PeerTest {
  private static final Sci SCI = Sci.parse("0200000000990001");
  private static final MemberIdentifier SELF = MemberIdentifier.parse("cd".repeat(12));
  private static final MemberIdentifier FIRST = MemberIdentifier.parse("01".repeat(12));
  private static final MemberIdentifier SECOND = MemberIdentifier.parse("02".repeat(12));
  private static final MacsecCapability ALL = MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50;

  private final Peer peer = new Peer(basic(3, 16, true, true, ALL, SCI, 7), 0);

  private static BasicParameterSet basic(
      int version,
      int priority,
      boolean keyServer,
      boolean desired,
      MacsecCapability capability,
      Sci sci,
      long messageNumber) {
    return new BasicParameterSet(
        version,
        priority,
        keyServer,
        desired,
        capability,
        sci,
        SELF,
        messageNumber,
        BasicParameterSet.ALGORITHM_AGILITY,
        Ckn.parse("0102"));
  }

  static List<BasicParameterSet> others() {
    return List.of(
        basic(3, 16, true, true, ALL, SCI, 7),
        basic(3, 16, true, true, ALL, SCI, 6),
        basic(2, 16, true, true, ALL, SCI, 8),
        basic(3, 17, true, true, ALL, SCI, 8),
        basic(3, 16, false, true, ALL, SCI, 8),
        basic(3, 16, true, false, ALL, SCI, 8),
        basic(3, 16, true, true, MacsecCapability.INTEGRITY, SCI, 8),
        basic(3, 16, true, true, ALL, Sci.parse("0200000000990002"), 8));
  }

  @Test
  void itSaysTheSameAgainWithTheNextMessageNumber() {
    assertThat(peer.saysAgain(basic(3, 16, true, true, ALL, SCI, 8))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("others")
  void whateverDiffersIsSomethingElse(BasicParameterSet other) {
    assertThat(peer.saysAgain(other)).isFalse();
  }

  private static List<PeerEntry> entries(MemberIdentifier... members) {
    return List.of(members).stream().map(member -> new PeerEntry(member, 5)).toList();
  }

  @Test
  void itListsTheSameAgainWhateverTheMessageNumbers() {
    peer.lists(entries(FIRST, SECOND), entries(SELF));
    List<PeerEntry> later = List.of(new PeerEntry(FIRST, 6), new PeerEntry(SECOND, 9));
    assertThat(peer.listsAgain(later)).isTrue();
    assertThat(peer.listsAgain(entries(FIRST))).isFalse();
    assertThat(peer.listsAgain(entries(SECOND, FIRST))).isFalse();
    assertThat(peer.acquaintances()).containsExactly(FIRST, SECOND);
    assertThat(peer.hearsay()).containsExactly(SELF);
  }
}
