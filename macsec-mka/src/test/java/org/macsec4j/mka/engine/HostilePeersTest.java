package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;

/** Replays, reflections, clashes, floods and damage: a secured pair stays as it is. */
class HostilePeersTest {
  private final World world = new World(41);
  private Member a;
  private Member b;

  @BeforeEach
  void secure() {
    a = world.join("a", 1, Configs.group(128));
    b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
  }

  private void assertUndisturbed() {
    assertThat(world.allAgree()).isTrue();
    for (Member member : world.members) {
      assertThat(member.count(MkaEvent.Unsecured.class)).isZero();
      assertThat(member.port.status().peers()).hasSize(1);
    }
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(1);
  }

  private long dropped(Member member, DropReason reason) {
    return member.port.status().counters().dropped(reason);
  }

  @Test
  void ourOwnMkpdusComeBack() {
    MemberIdentifier before = a.port.status().memberIdentifier();
    for (byte[] frame : List.copyOf(a.sent)) {
      a.frame(frame);
    }
    world.run(3 * SECONDS);
    assertThat(dropped(a, DropReason.OWN_MKPDU)).isPositive();
    assertThat(a.port.status().memberIdentifier()).isEqualTo(before);
    assertUndisturbed();
  }

  @Test
  void everythingEverSentIsReplayed() {
    List<byte[]> recorded = new ArrayList<>(a.sent);
    recorded.addAll(b.sent);
    for (int i = 0; i < 5; i++) {
      for (byte[] frame : recorded) {
        a.frame(frame);
        b.frame(frame);
      }
      world.run(SECONDS);
    }
    assertThat(dropped(b, DropReason.REPLAYED)).isPositive();
    assertUndisturbed();
  }

  @Test
  void theFormerLifeOfAMemberIsReplayed() {
    List<byte[]> recorded = List.copyOf(b.sent);
    b.restart();
    world.runUntil(world::allAgree, SECONDS);
    long keys = a.port.status().counters().saksGenerated();
    for (int i = 0; i < 20; i++) {
      for (byte[] frame : recorded) {
        a.frame(frame);
        b.frame(frame);
        world.run(10 * MILLIS);
      }
    }
    assertThat(world.allAgree()).isTrue();
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(keys);
    assertThat(dropped(b, DropReason.OWN_SCI)).isPositive();
  }

  @Test
  void aLateMkpduOfAFormerLifeDoesNotKeepTheNewOneOut() {
    ScriptedPeer former = new ScriptedPeer(Configs.group(128), 7, "aa".repeat(12));
    ScriptedPeer present = new ScriptedPeer(Configs.group(128), 7, "bb".repeat(12));
    byte[] late = former.says(ScriptedPeer.live(a));
    a.frame(present.says(ScriptedPeer.live(a)));
    assertThat(identifierOfSeven()).isEqualTo(present.memberIdentifier);
    a.frame(late);
    a.frame(present.says(ScriptedPeer.live(a)));
    assertThat(identifierOfSeven()).isEqualTo(present.memberIdentifier);
    a.frame(late);
    assertThat(identifierOfSeven()).isEqualTo(present.memberIdentifier);
  }

  private MemberIdentifier identifierOfSeven() {
    return a.port.status().livePeers().stream()
        .filter(peer -> peer.sci().equals(World.sci(7)))
        .findFirst()
        .orElseThrow()
        .memberIdentifier();
  }

  @Test
  void anotherMemberTakesOurIdentifier() {
    String taken = a.port.status().memberIdentifier().toString();
    ScriptedPeer clash = new ScriptedPeer(Configs.group(128), 9, taken);
    a.frame(clash.says());
    assertThat(dropped(a, DropReason.OWN_MEMBER_IDENTIFIER)).isEqualTo(1);
    assertThat(a.port.status().memberIdentifier()).isNotEqualTo(MemberIdentifier.parse(taken));
    b.frame(clash.says(1_000_000));
    assertThat(dropped(b, DropReason.MEMBER_IDENTIFIER_CLASH)).isEqualTo(1);
    world.run(SECONDS);
    assertThat(world.allAgree()).isTrue();
    assertThat(b.count(MkaEvent.Unsecured.class)).isZero();
  }

  @Test
  void aFloodOfUnknownNamesAndWrongIcvs() {
    MkaConfig otherName = MkaConfig.preSharedKey(Ckn.parse("ff"), Cak.parse("00".repeat(16)));
    MkaConfig otherKey =
        MkaConfig.preSharedKey(Configs.group(128).keys().get(0).ckn(), Cak.parse("ff".repeat(16)));
    ScriptedPeer stranger = new ScriptedPeer(otherName, 7, "00112233445566778899aabb");
    ScriptedPeer forger = new ScriptedPeer(otherKey, 8, "00112233445566778899aabb");
    int sent = a.sent.size();
    for (int i = 0; i < 5000; i++) {
      a.frame(stranger.says());
      a.frame(forger.says());
    }
    assertThat(dropped(a, DropReason.UNKNOWN_CKN)).isEqualTo(5000);
    assertThat(dropped(a, DropReason.ICV_FAILED)).isEqualTo(5000);
    assertThat(a.sent).hasSize(sent);
    assertUndisturbed();
  }

  @Tag("search")
  @Test
  void aFloodOfMembersOfTheGroupNeitherPushesOutLivePeersNorIsAnsweredEach() {
    int sent = a.sent.size();
    for (int i = 0; i < 3000; i++) {
      String identifier = String.format("%024x", i + 1);
      a.frame(new ScriptedPeer(Configs.group(128), 10 + i % 200, identifier).says());
      world.run(MILLIS / 10);
    }
    assertThat(a.port.status().peers()).hasSizeLessThanOrEqualTo(100);
    assertThat(a.port.status().livePeers()).hasSize(1);
    assertThat(a.sent.size() - sent).isLessThan(30);
    world.run(10 * SECONDS);
    assertUndisturbed();
  }

  @Test
  void everyBitOfAnMkpduFlippedAndEveryTruncationIsADropAndNothingElse() {
    byte[] frame = b.sent.get(b.sent.size() - 1).clone();
    long before = a.port.status().counters().mkpdusInValid();
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] damaged = frame.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      a.frame(damaged);
    }
    for (int length = 0; length < frame.length; length++) {
      a.frame(java.util.Arrays.copyOf(frame, length));
    }
    assertThat(a.port.status().counters().mkpdusInValid()).isEqualTo(before);
    assertUndisturbed();
  }
}
