package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;

/** Which of several CAs decides: each of the four rules against the next one. */
class PrincipalSelectionTest {
  private static final int LEADS = 0;
  private static final int FOLLOWS = 255;

  private final World world = new World(71);
  private Member member;
  private MkaParticipant first;
  private MkaParticipant second;
  private MkaParticipant third;

  private static PreSharedKey key(int number) {
    return PreSharedKey.of(
        Ckn.parse(String.format("%02x", number)), Cak.parse(String.format("%032x", number + 1)));
  }

  @BeforeEach
  void join() {
    MkaConfig config = MkaConfig.builder().keys(key(1), key(2), key(3)).build();
    member = world.join("m", 9, config);
    first = member.port.participant(key(1).ckn());
    second = member.port.participant(key(2).ckn());
    third = member.port.participant(key(3).ckn());
  }

  /** Peers with these SCIs become live in a CA; those that follow have us for key server. */
  private void live(int ca, int priority, int... numbers) {
    MkaConfig config = MkaConfig.builder().keys(key(ca)).build();
    for (int number : numbers) {
      ScriptedPeer peer = new ScriptedPeer(config, number, String.format("%022x%02x", number, ca));
      peer.priority = priority;
      member.frame(peer.says(ScriptedPeer.live(member, key(ca).ckn())));
    }
  }

  private MkaParticipant choose(MkaParticipant incumbent) {
    return PrincipalSelection.choose(List.of(first, second, third), incumbent);
  }

  @Test
  void aCaOfWhichWeAreKeyServerComesBeforeTheOthers() {
    live(1, LEADS, 2);
    live(2, FOLLOWS, 2);
    assertThat(first.isServer()).isFalse();
    assertThat(second.isServer()).isTrue();
    assertThat(choose(second)).isSameAs(second);
    assertThat(choose(third)).isSameAs(second);
  }

  @Test
  void butNotBeforeThePreferredOneThatDecidesNow() {
    live(1, LEADS, 2);
    live(2, FOLLOWS, 2);
    assertThat(choose(first)).isSameAs(first);
    // It does come before one that is less preferred.
    assertThat(PrincipalSelection.choose(List.of(second, first, third), first)).isSameAs(second);
  }

  @Test
  void withoutACaOfOursTheOneThatDecidesGoesOnWhileItHasAPeer() {
    live(1, LEADS, 2);
    live(2, LEADS, 2);
    assertThat(choose(second)).isSameAs(second);
    assertThat(choose(first)).isSameAs(first);
    assertThat(choose(third)).isSameAs(first);
  }

  @Test
  void withoutAnyPeerTheOneThatDecidesGoesOn() {
    assertThat(choose(second)).isSameAs(second);
    assertThat(choose(third)).isSameAs(third);
    assertThat(PrincipalSelection.choose(List.of(), third)).isSameAs(third);
  }

  @Test
  void theOnlyCaDecidesWhenItHasAPeer() {
    assertThat(PrincipalSelection.choose(List.of(first), second)).isSameAs(second);
    live(1, LEADS, 2);
    assertThat(PrincipalSelection.choose(List.of(first), second)).isSameAs(first);
  }

  @Test
  void aKeyServerWhoseKeyNobodyTakesGivesWay() {
    live(1, FOLLOWS, 2);
    live(2, LEADS, 2);
    assertThat(choose(second)).isSameAs(first);
    first.giveWay();
    assertThat(choose(second)).isSameAs(second);
  }

  @Test
  void aCaDoesNotCountWhileAnotherOneHasAllItsMembersAndMore() {
    live(1, FOLLOWS, 2);
    live(2, LEADS, 2, 3);
    assertThat(choose(second)).isSameAs(second);
    assertThat(choose(third)).isSameAs(second);
    live(1, FOLLOWS, 3);
    assertThat(choose(second)).isSameAs(first);
  }

  @Test
  void whoLacksAMemberIsNoReplacementHoweverManyItHas() {
    live(1, FOLLOWS, 2);
    live(2, LEADS, 3, 4);
    assertThat(choose(second)).isSameAs(first);
  }

  @Test
  void aCaThatGaveWayDoesNotKeepOutASmallerOne() {
    live(1, FOLLOWS, 2);
    live(2, FOLLOWS, 2, 3);
    assertThat(choose(second)).isSameAs(second);
    second.giveWay();
    assertThat(choose(second)).isSameAs(first);
  }

  @Test
  void theOneThatDecidesGoesOnWithFewerMembersAsLongAsNoKeyServerTakesOver() {
    live(1, LEADS, 2);
    live(2, LEADS, 2, 3);
    assertThat(choose(first)).isSameAs(first);
  }

  // Whether a SAK of another CA is followed.

  private static boolean follows(
      MkaParticipant participant, MkaParticipant incumbent, boolean preferred) {
    return PrincipalSelection.follows(participant, incumbent, preferred, true);
  }

  @Test
  void aSakIsFollowedWhenTheCaThatDecidesHasNoPeerOrNoKeyThatWorks() {
    live(1, LEADS, 2);
    live(2, LEADS, 3);
    assertThat(follows(second, first, false)).isFalse();
    assertThat(PrincipalSelection.follows(second, first, false, false)).isTrue();
    assertThat(follows(second, third, false)).isTrue();
  }

  @Test
  void aSakOfTheKeyServerOfBothCasShowsWhatItChose() {
    live(1, LEADS, 2);
    live(2, LEADS, 2);
    assertThat(follows(second, first, false)).isTrue();
  }

  @Test
  void aKeyServerFollowsNobodyForThat() {
    live(1, FOLLOWS, 2);
    live(2, FOLLOWS, 2);
    assertThat(first.keyServer()).isEqualTo(second.keyServer());
    assertThat(follows(second, first, false)).isFalse();
  }

  @Test
  void ofTwoKeyServersThatOfThePreferredCaIsFollowed() {
    live(1, LEADS, 2);
    live(2, LEADS, 3);
    assertThat(follows(first, second, true)).isTrue();
    assertThat(follows(second, first, false)).isFalse();
  }

  @Test
  void membersComeBeforePreference() {
    live(1, LEADS, 3);
    live(2, LEADS, 2, 3);
    assertThat(first.keyServer()).isNotEqualTo(second.keyServer());
    assertThat(follows(first, second, true)).isFalse();
    assertThat(follows(second, first, false)).isTrue();
  }

  @Test
  void aCaWithoutAPeerHasNothingToFollow() {
    live(1, LEADS, 2);
    assertThat(third.keyServer()).isNull();
    assertThat(follows(third, first, true)).isFalse();
    assertThat(follows(third, first, false)).isFalse();
  }
}
