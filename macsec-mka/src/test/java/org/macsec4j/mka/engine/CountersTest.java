package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.OctetString;

/** Each counter counts what it says, through real frames, and none ever falls. */
class CountersTest {
  static final List<ToLongFunction<MkaCounters>> ALL =
      List.of(
          MkaCounters::mkpdusIn,
          MkaCounters::mkpdusInValid,
          MkaCounters::mkpdusOut,
          MkaCounters::transmitFailures,
          MkaCounters::saksGenerated,
          MkaCounters::sakGenerationFailures,
          MkaCounters::sakMkpdusIn,
          MkaCounters::sakMkpdusOut,
          MkaCounters::cakMkpdusIn,
          MkaCounters::cakMkpdusOut,
          MkaCounters::saksReceived,
          MkaCounters::saksInstalled,
          MkaCounters::staleListings,
          MkaCounters::commandsFailed,
          MkaCounters::icvVerificationErrors,
          MkaCounters::validationErrors,
          MkaCounters::badPeerErrors,
          MkaCounters::peerListErrors,
          MkaCounters::sakDecryptionErrors,
          MkaCounters::sakCipherMismatchErrors,
          MkaCounters::unknownCkns);

  private final World world = new World(86);
  private final Member a = world.join("a", 5, Configs.group(128));
  private final ScriptedPeer peer = new ScriptedPeer(a.config, 1, "0a0a0a0a0a0a0a0a0a0a0a0a");

  private MkaCounters now() {
    return a.port.status().counters();
  }

  @Test
  void whatComesIn() {
    byte[] first = peer.says();
    a.frame(first);
    assertThat(now().mkpdusIn()).isEqualTo(1);
    assertThat(now().mkpdusInValid()).isEqualTo(1);
    assertThat(now().lastFrame()).contains(new MkaCounters.LastFrame(peer.sci.address(), 3));
    a.frame(first);
    assertThat(now().badPeerErrors()).isEqualTo(1);
    byte[] changed = peer.says();
    changed[changed.length - 1] ^= 1;
    a.frame(changed);
    assertThat(now().icvVerificationErrors()).isEqualTo(1);
    byte[] individual = peer.says();
    individual[0] = 0x02;
    a.frame(individual);
    byte[] cut = new byte[30];
    System.arraycopy(first, 0, cut, 0, cut.length);
    cut[14] = 1;
    cut[11] = 7;
    a.frame(cut);
    assertThat(now().validationErrors()).isEqualTo(2);
    assertThat(now().lastFrame().orElseThrow().eapolVersion()).isEqualTo(1);
    assertThat(now().lastFrame().orElseThrow().source().toString()).endsWith("07");
    MkaConfig stranger =
        MkaConfig.preSharedKey(Ckn.parse("aa"), Cak.parse("11111111111111111111111111111111"));
    a.frame(new ScriptedPeer(stranger, 2, "0b0b0b0b0b0b0b0b0b0b0b0b").says());
    assertThat(now().unknownCkns()).isEqualTo(1);
    assertThat(now().mkpdusIn()).isEqualTo(6);
    assertThat(now().mkpdusInValid()).isEqualTo(1);
    byte[] ip = first.clone();
    ip[12] = 0x08;
    ip[11] = 9;
    a.frame(ip);
    assertThat(now().dropped(DropReason.NOT_MKA)).isEqualTo(1);
    assertThat(now().lastFrame().orElseThrow().source()).isEqualTo(World.sci(2).address());
  }

  @Test
  void aListThatNamesUsWithAnOldNumber() {
    world.run(20 * SECONDS);
    long before = now().peerListErrors();
    a.frame(peer.says(ScriptedPeer.live(a, 1)));
    assertThat(now().peerListErrors()).isEqualTo(before + 1);
    assertThat(a.port.status().livePeers()).isEmpty();
    a.frame(peer.says(ScriptedPeer.live(a)));
    assertThat(now().peerListErrors()).isEqualTo(before + 1);
    assertThat(a.port.status().livePeers()).hasSize(1);
  }

  @Test
  void saksThatCannotBeTaken() {
    peer.priority = 1;
    a.frame(peer.says());
    OctetString garbage = OctetString.of(new byte[24]);
    a.frame(
        peer.says(
            ScriptedPeer.live(a),
            DistributedSak.of(
                AssociationNumber.AN_0,
                ConfidentialityOffset.OFFSET_0,
                1,
                CipherSuite.GCM_AES_128,
                garbage)));
    assertThat(now().sakMkpdusIn()).isEqualTo(1);
    assertThat(now().sakDecryptionErrors()).isEqualTo(1);
    OctetString longer = OctetString.of(new byte[40]);
    a.frame(
        peer.says(
            ScriptedPeer.live(a),
            DistributedSak.of(
                AssociationNumber.AN_0,
                ConfidentialityOffset.OFFSET_0,
                2,
                CipherSuite.GCM_AES_256,
                longer)));
    assertThat(now().sakMkpdusIn()).isEqualTo(2);
    assertThat(now().sakCipherMismatchErrors()).isEqualTo(1);
    assertThat(now().saksReceived()).isZero();
  }

  @Test
  void keysAndWhatCarriesThem() {
    Member b = world.join("b", 6, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(now().saksGenerated()).isEqualTo(1);
    assertThat(now().sakMkpdusOut()).isPositive();
    MkaCounters others = b.port.status().counters();
    assertThat(others.sakMkpdusIn()).isEqualTo(now().sakMkpdusOut());
    assertThat(others.saksReceived()).isEqualTo(1);
    assertThat(others.saksInstalled()).isEqualTo(1);
    assertThat(now().cakMkpdusOut()).isZero();
    a.port.handleTransmitFailure();
    assertThat(now().transmitFailures()).isEqualTo(1);
  }

  @Test
  void aSakThatIsDueAndCannotBeMadeIsCountedOnce() {
    world.join("b", 6, a.config.toBuilder().cipherSuites(CipherSuite.GCM_AES_256).build());
    world.run(10 * SECONDS);
    assertThat(now().sakGenerationFailures()).isEqualTo(1);
    assertThat(now().saksGenerated()).isZero();
  }

  @Test
  void noCounterEverFallsAlsoWhenKeysAndPeersGo() {
    Member b = world.join("b", 6, Configs.group(128));
    PreSharedKey next =
        PreSharedKey.of(Ckn.parse("02"), Cak.parse("11111111111111111111111111111111"));
    world.at(2 * SECONDS, () -> add(a, next));
    world.at(3 * SECONDS, () -> add(b, next));
    world.at(6 * SECONDS, () -> remove(a));
    world.at(7 * SECONDS, () -> remove(b));
    world.at(10 * SECONDS, b::crash);
    world.at(20 * SECONDS, () -> remove(a, next.ckn()));
    world.loss = 0.1;
    MkaCounters before = now();
    for (int i = 0; i < 300; i++) {
      world.run(100 * MILLIS);
      MkaCounters after = now();
      for (ToLongFunction<MkaCounters> counter : ALL) {
        assertThat(counter.applyAsLong(after)).isGreaterThanOrEqualTo(counter.applyAsLong(before));
      }
      for (DropReason reason : DropReason.values()) {
        assertThat(after.dropped(reason)).isGreaterThanOrEqualTo(before.dropped(reason));
      }
      before = after;
    }
    assertThat(before.saksGenerated()).isGreaterThan(1);
  }

  private static void add(Member member, PreSharedKey key) {
    member.port.addKey(member.world.now(), key);
    member.drain();
  }

  private static void remove(Member member) {
    remove(member, member.config.keys().get(0).ckn());
  }

  private static void remove(Member member, Ckn ckn) {
    member.port.removeKey(member.world.now(), ckn);
    member.drain();
  }
}
