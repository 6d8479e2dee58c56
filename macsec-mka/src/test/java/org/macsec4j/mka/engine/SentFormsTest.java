package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.Sci;
import org.macsec4j.Ssci;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.XpnParameterSet;

/** Which of several allowed forms an MKPDU has, by configuration and version. */
class SentFormsTest {
  private static final MkaConfig CONFIG = Configs.group(128);

  private final World world = new World(81);

  private static MkaConfig suite(CipherSuite suite) {
    return CONFIG.toBuilder().cipherSuites(suite).build();
  }

  private List<Long> sendTimes(Duration... rampUp) {
    Member alone = world.join("a", 1, CONFIG.toBuilder().helloRampUp(rampUp).build());
    List<Long> times = new ArrayList<>();
    int seen = 1;
    while (world.now() < 5 * SECONDS) {
      world.run(MILLIS);
      if (alone.sent.size() > seen) {
        seen = alone.sent.size();
        times.add(world.now() / MILLIS);
      }
    }
    return times;
  }

  @Test
  void theFirstHellosComeAsConfigured() {
    List<Long> times = sendTimes(Duration.ofMillis(20), Duration.ofMillis(500));
    assertThat(times.get(0)).isBetween(18L, 21L);
    assertThat(times.get(1)).isBetween(485L, 522L);
    // As long as nobody is heard.
    assertThat(times.get(2)).isBetween(950L, 1023L);
  }

  @Test
  void withoutRampUpThereAreHellosAlone() {
    assertThat(sendTimes()).hasSize(2).first().satisfies(t -> assertThat(t).isGreaterThan(1870L));
  }

  @ParameterizedTest
  @CsvSource({"true,3,true", "true,2,true", "true,1,false", "false,3,false"})
  void anXpnSetOfZerosIsSentWhenAskedForFromVersion2On(
      boolean asked, int version, boolean expected) {
    MkaConfig config = CONFIG.toBuilder().nullXpnSet(asked).mkaVersion(version).build();
    Member a = world.join("a", 1, config);
    world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    assertThat(last(a).xpn().isPresent()).isEqualTo(expected);
    last(a).xpn().ifPresent(set -> assertThat(set).isEqualTo(new XpnParameterSet(0, 0, 0)));
    assertThat(ScriptedPeer.all(a))
        .allMatch(mkpdu -> mkpdu.sakUse().isPresent() || mkpdu.xpn().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void theXpnSetGoesWithEveryKeyOfAnXpnSuite(CipherSuite suite) {
    Member a = world.join("a", 1, suite(suite));
    Member b = world.join("b", 2, suite(suite));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(last(a).xpn().isPresent()).isEqualTo(suite.isXpn());
    assertThat(last(b).xpn().isPresent()).isEqualTo(suite.isXpn());
  }

  @Test
  void theDefaultSuiteIsNotNamed() {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    DistributedSak sak = handedOut(a);
    assertThat(sak.namedSuiteId()).isEmpty();
    assertThat(sak.wrappedKey().length()).isEqualTo(24);
    assertThat(sak.cipherSuite()).contains(CipherSuite.GCM_AES_128);
  }

  @ParameterizedTest
  @EnumSource(value = CipherSuite.class, mode = EnumSource.Mode.EXCLUDE, names = "GCM_AES_128")
  void everyOtherSuiteIsNamed(CipherSuite suite) {
    Member a = world.join("a", 1, suite(suite));
    world.join("b", 2, suite(suite));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(handedOut(a).namedSuiteId()).hasValue(suite.id());
    assertThat(handedOut(a).wrappedKey().length()).isEqualTo(suite.keyLength() + 8);
  }

  private static DistributedSak handedOut(Member member) {
    return ScriptedPeer.all(member).stream()
        .flatMap(mkpdu -> mkpdu.distributedSak().stream())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theNumbersOfTheMembersCanBeReadOffTheListFromVersion3On(int version) {
    MkaConfig config = suite(CipherSuite.GCM_AES_XPN_128).toBuilder().mkaVersion(version).build();
    // The key server has neither the greatest nor the least SCI.
    world.join("a", 1, config);
    Member server = world.join("b", 2, config.toBuilder().keyServerPriority(1).build());
    world.join("c", 3, config);
    world.join("d", 4, config);
    world.runUntil(world::allAgree, SECONDS);
    Mkpdu with =
        ScriptedPeer.all(server).stream()
            .filter(m -> m.distributedSak().isPresent() && m.livePeers().get().peers().size() == 3)
            .findFirst()
            .orElseThrow();
    List<Sci> inOrder = scis(server, with);
    assertThat(inOrder).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
    Map<Sci, Ssci> agreed = world.sscisByKey.get(World.hex(server.secy.transmitKey()));
    assertThat(agreed)
        .containsEntry(World.sci(4), Ssci.of(1))
        .containsEntry(server.sci, Ssci.of(3));
    assertThat(with.livePeers().orElseThrow().keyServerSsci()).isEqualTo(version < 3 ? 0 : 3);
    assertThat(last(server).livePeers().orElseThrow().keyServerSsci()).isZero();
  }

  private static List<Sci> scis(Member member, Mkpdu mkpdu) {
    List<Sci> scis = new ArrayList<>();
    mkpdu
        .livePeers()
        .orElseThrow()
        .peers()
        .forEach(
            entry ->
                member.port.status().livePeers().stream()
                    .filter(peer -> peer.memberIdentifier().equals(entry.memberIdentifier()))
                    .forEach(peer -> scis.add(peer.sci())));
    return scis;
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,true", "3,true"})
  void announcementsAreSentFromVersion2On(int version, boolean expected) {
    Member a = world.join("a", 1, CONFIG.toBuilder().mkaVersion(version).build());
    assertThat(last(a).basic().version()).isEqualTo(version);
    assertThat(last(a).announcement().isPresent()).isEqualTo(expected);
  }

  // Without MACsec.

  @Test
  void aKeyServerThatWantsNoMacsecSaysItToMembersWhoSayThatTheyKnow() {
    Member a = world.join("a", 1, CONFIG.toBuilder().macsecDesired(false).build());
    Member b = world.join("b", 2, CONFIG);
    world.run(3 * SECONDS);
    assertThat(last(a).distributedSak()).contains(DistributedSak.withoutMacsec());
    for (Member member : world.members) {
      assertThat(last(member).sakUse()).contains(MacsecSakUse.withoutMacsec());
      assertThat(member.isSecured()).isFalse();
      assertThat(member.secy.transmitKey()).isNull();
      assertThat(member.port.status().diagnosis().kind())
          .isEqualTo(MkaDiagnosis.Kind.PEER_WANTS_NO_MACSEC);
    }
    assertThat(b.port.status().counters().saksReceived()).isZero();
  }

  @Test
  void aKeyServerWhosePeersWantNoMacsecSaysThatThereIsNone() {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG.toBuilder().macsecDesired(false).build());
    world.run(3 * SECONDS);
    assertThat(last(a).distributedSak()).contains(DistributedSak.withoutMacsec());
    assertThat(a.port.status().counters().saksGenerated()).isZero();
    // One who wants it is enough.
    Member c = world.join("c", 3, CONFIG);
    world.runUntil(() -> a.isSecured() && c.isSecured(), SECONDS);
  }

  @Test
  void aKeyServerWithoutMacsecThatTurnsToItIsFollowed() {
    Member a = world.join("a", 2, CONFIG);
    ScriptedPeer server = new ScriptedPeer(CONFIG, 1, "0102030405060708090a0b0c");
    server.priority = 0;
    a.frame(server.says());
    world.run(MILLIS);
    a.frame(server.says(live(a), DistributedSak.withoutMacsec()));
    world.run(MILLIS);
    assertThat(last(a).sakUse()).contains(MacsecSakUse.withoutMacsec());
    a.frame(server.says(live(a), ForeignPeersTest.sak(server, 1)));
    world.run(MILLIS);
    MacsecSakUse use = last(a).sakUse().orElseThrow();
    assertThat(use.hasBody()).isTrue();
    assertThat(use.latest().receives()).isTrue();
  }

  @Test
  void aMemberThatSaysThatItUsesNoMacsecAnyMoreGetsAnotherKey() {
    Member a = world.join("a", 1, CONFIG);
    ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(live(a)));
    world.run(MILLIS);
    DistributedSak first = last(a).distributedSak().orElseThrow();
    a.frame(peer.says(live(a), uses(last(a), first)));
    world.run(SECONDS);
    assertThat(a.isSecured()).isTrue();
    assertThat(last(a).distributedSak()).isEmpty();
    a.frame(peer.says(live(a), MacsecSakUse.withoutMacsec()));
    world.run(SECONDS / 10);
    DistributedSak second = last(a).distributedSak().orElseThrow();
    assertThat(second.keyNumber()).isEqualTo(2);
    a.frame(peer.says(live(a), uses(last(a), second)));
    world.run(SECONDS);
    assertThat(a.isSecured()).isTrue();
    assertThat(last(a).sakUse().orElseThrow().hasBody()).isTrue();
  }

  private static MacsecSakUse uses(Mkpdu with, DistributedSak sak) {
    MkaKeyIdentifier key =
        new MkaKeyIdentifier(with.basic().actorMemberIdentifier(), sak.keyNumber());
    KeyUse use = new KeyUse(sak.associationNumber(), true, true, key, 1);
    return MacsecSakUse.of(use, KeyUse.NONE, false, false, false);
  }
}
