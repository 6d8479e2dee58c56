package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.CipherSuite.GCM_AES_128;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_128;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_256;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.AnnouncementTlv.AnnouncedSuite;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.ParameterSet;

/** Which suite the key server hands out, and that it never stays with one that a member lacks. */
class CipherSuitesTest {
  private final World world = new World(71);

  private static MkaConfig suites(CipherSuite... suites) {
    return Configs.group(128).toBuilder().cipherSuites(suites).build();
  }

  private static CipherSuite suiteOf(Member member) {
    return member.port.status().latest().orElseThrow().suite();
  }

  private static List<CipherSuite> announced(Member member) {
    return last(member).announcement().orElseThrow().cipherSuites().orElseThrow().stream()
        .map(suite -> suite.cipherSuite().orElseThrow())
        .toList();
  }

  @Test
  void theBestSuiteThatAllAnnounceIsTaken() {
    Member a =
        world.join("a", 1, suites(GCM_AES_XPN_256, GCM_AES_256, GCM_AES_XPN_128, GCM_AES_128));
    world.join("b", 2, suites(GCM_AES_128, GCM_AES_XPN_128, GCM_AES_256));
    Member c = world.join("c", 3, suites(GCM_AES_128, GCM_AES_XPN_128));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_XPN_128);
    c.crash();
    world.run(10 * SECONDS);
    a.rekey();
    world.run(SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_256);
  }

  @Test
  void ofWhomNothingIsAnnouncedTheAssumedSuitesAreTaken() {
    MkaConfig server =
        suites(GCM_AES_XPN_256, GCM_AES_256, GCM_AES_128).toBuilder()
            .assumedCipherSuites(GCM_AES_256, GCM_AES_128)
            .build();
    Member a = world.join("a", 1, server);
    world.join("b", 2, server.toBuilder().mkaVersion(1).build());
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(10 * MILLIS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_256);
  }

  @Test
  void announcingCountsMoreThanWhatIsAssumed() {
    MkaConfig server =
        suites(GCM_AES_256, GCM_AES_128).toBuilder().assumedCipherSuites(GCM_AES_128).build();
    Member a = world.join("a", 1, server);
    world.join("b", 2, suites(GCM_AES_256));
    world.runUntil(world::allAgree, SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_256);
  }

  @Test
  void aSuiteThatASilentMemberRefusesGivesWayToTheNext() {
    Member a = world.join("a", 1, suites(GCM_AES_XPN_256, GCM_AES_256, GCM_AES_128));
    Member b = world.join("b", 2, suites(GCM_AES_128).toBuilder().mkaVersion(1).build());
    // Twice two hello times, then the third suite.
    assertThat(world.runUntil(world::allAgree, 20 * SECONDS)).isLessThan(9 * SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
    assertThat(b.port.status().counters().dropped(org.macsec4j.mka.DropReason.SAK_CIPHER_SUITE))
        .isPositive();
    world.run(60 * SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(3);
    a.rekey();
    world.run(SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void othersKeepTheirFramesWhileASilentMemberRefuses() {
    MkaConfig all = suites(GCM_AES_256, GCM_AES_128);
    Member a = world.join("a", 1, all);
    world.join("b", 2, all);
    world.runUntil(world::allAgree, SECONDS);
    java.util.Map<String, Integer> lost = World.counter();
    world.traffic(MILLIS, lost);
    world.join("c", 3, suites(GCM_AES_128).toBuilder().mkaVersion(1).build());
    world.runUntil(world::allAgree, 20 * SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
    assertThat(lost).isEmpty();
  }

  @Test
  void whenEverySuiteWasIgnoredAllAreTriedAgainEachTimeLater() {
    Member a = world.join("a", 1, suites(GCM_AES_256, GCM_AES_128));
    ScriptedPeer peer = new ScriptedPeer(a.config, 2, "0102030405060708090a0b0c");
    List<CipherSuite> tried = new ArrayList<>();
    a.frame(peer.says());
    for (int i = 0; i < 100; i++) {
      world.run(SECONDS);
      a.frame(peer.says(live(a)));
    }
    for (MkaEvent event : a.events) {
      if (event instanceof MkaEvent.SakDistributed made) {
        tried.add(made.suite());
      }
    }
    assertThat(tried)
        .startsWith(GCM_AES_256, GCM_AES_128, GCM_AES_256, GCM_AES_128, GCM_AES_256)
        .hasSizeBetween(6, 12);
    // It takes the first after all, and then is given no other.
    Mkpdu handsOut = last(a);
    while (!suite(handsOut).equals(GCM_AES_256)) {
      world.run(SECONDS);
      a.frame(peer.says(live(a)));
      handsOut = last(a);
    }
    int before = tried.size();
    for (int i = 0; i < 60; i++) {
      a.frame(peer.says(live(a), takes(handsOut)));
      world.run(SECONDS);
    }
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_256);
    assertThat(a.isSecured()).isTrue();
    assertThat(a.port.status().counters().saksGenerated()).isBetween((long) before, before + 1L);
  }

  private static CipherSuite suite(Mkpdu handsOut) {
    return handsOut.distributedSak().orElseThrow().cipherSuite().orElseThrow();
  }

  private static ParameterSet takes(Mkpdu with) {
    DistributedSak sak = with.distributedSak().orElseThrow();
    MkaKeyIdentifier key =
        new MkaKeyIdentifier(with.basic().actorMemberIdentifier(), sak.keyNumber());
    KeyUse use = new KeyUse(sak.associationNumber(), true, true, key, 1);
    return MacsecSakUse.of(use, KeyUse.NONE, false, false, false);
  }

  /** First without an SA, then away from the SAs of another suite, and back. */
  @Test
  void aSecyWhoseSasFixTheSuiteIsEmptiedForAnotherOne() {
    Member a = world.join("a", 1, suites(GCM_AES_256, GCM_AES_128));
    Member b = world.join("b", 2, suites(GCM_AES_128));
    a.secy.suiteFixedBySas = true;
    b.secy.suiteFixedBySas = true;
    world.runUntil(world::allAgree, SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
    b.crash();
    world.run(10 * SECONDS);
    Member c = world.join("c", 3, suites(GCM_AES_256));
    c.secy.suiteFixedBySas = true;
    world.runUntil(world::allAgree, 10 * SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_256);
    assertThat(suiteOf(c)).isEqualTo(GCM_AES_256);
  }

  @Test
  void aSuiteThatIsIgnoredGivesWayWhereSasFixTheSuite() {
    Member a = world.join("a", 1, suites(GCM_AES_XPN_256, GCM_AES_256, GCM_AES_128));
    a.secy.suiteFixedBySas = true;
    world.join("b", 2, suites(GCM_AES_128).toBuilder().mkaVersion(1).build());
    assertThat(world.runUntil(world::allAgree, 20 * SECONDS)).isLessThan(9 * SECONDS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
  }

  @Test
  void aMemberWhoseSecyRefusesSaysWhyAndTheServerTurnsAtOnce() {
    Member a = world.join("a", 1, suites(GCM_AES_XPN_128, GCM_AES_128));
    Member b = world.join("b", 2, suites(GCM_AES_XPN_128, GCM_AES_128));
    b.secy.failure = refusing(GCM_AES_XPN_128, MacsecException.Kind.UNSUPPORTED);
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(30 * MILLIS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
    assertThat(b.events)
        .filteredOn(MkaEvent.SecyRefused.class::isInstance)
        .first()
        .asString()
        .contains("no such suite");
    assertThat(announced(b)).containsExactly(GCM_AES_128);
    assertThat(a.events)
        .contains(new MkaEvent.RekeyStarted(org.macsec4j.mka.RekeyReason.CIPHER_SUITE));
  }

  @Test
  void aMemberThatCanDoNoneIsDiagnosedOnBothSides() {
    Member a = world.join("a", 1, suites(GCM_AES_128));
    Member b = world.join("b", 2, suites(GCM_AES_128));
    b.secy.failure = refusing(GCM_AES_128, MacsecException.Kind.INVALID);
    world.run(SECONDS);
    assertThat(announced(b)).isEmpty();
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(MkaDiagnosis.Kind.NO_COMMON_SUITE);
    MkaDiagnosis said = b.port.status().diagnosis();
    assertThat(said.kind()).isIn(MkaDiagnosis.Kind.SECY_REFUSED, MkaDiagnosis.Kind.NO_COMMON_SUITE);
    assertThat(said.text()).contains("GCM-AES-128");
  }

  private static java.util.function.Function<SecyCommand, MacsecException> refusing(
      CipherSuite suite, MacsecException.Kind kind) {
    BiPredicate<Boolean, Integer> is =
        (xpn, length) -> xpn == suite.isXpn() && length == suite.keyLength();
    return command -> {
      boolean refused = false;
      if (command instanceof SecyCommand.InstallReceiveSa install) {
        refused =
            is.test(install.sa().key().salt().isPresent(), install.sa().key().toByteArray().length);
      }
      return refused ? new MacsecException(kind, "no such suite: " + suite) : null;
    };
  }

  @Test
  void aSecyThatCannotChangeItsSuiteKeepsTheFirst() {
    Member a = world.join("a", 1, suites(GCM_AES_256, GCM_AES_128));
    Member b = world.join("b", 2, suites(GCM_AES_128, GCM_AES_256));
    b.secy.failure =
        command ->
            command instanceof SecyCommand.Change
                ? new MacsecException(MacsecException.Kind.UNSUPPORTED, "the suite stays")
                : null;
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThan(30 * MILLIS);
    assertThat(suiteOf(a)).isEqualTo(GCM_AES_128);
    assertThat(announced(b)).containsExactly(GCM_AES_128);
  }

  @Test
  void theCapabilityIsNoMoreThanTheSuitesCanDo() {
    MacsecCapability most = MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50;
    Member xpn =
        world.join("a", 1, suites(GCM_AES_XPN_128).toBuilder().macsecCapability(most).build());
    Member both =
        world.join(
            "b",
            2,
            suites(GCM_AES_XPN_128, GCM_AES_128).toBuilder().macsecCapability(most).build());
    Member least =
        world.join(
            "c",
            3,
            suites(GCM_AES_XPN_128).toBuilder()
                .macsecCapability(MacsecCapability.INTEGRITY)
                .confidentialityOffset(org.macsec4j.ConfidentialityOffset.NO_CONFIDENTIALITY)
                .build());
    assertThat(last(xpn).basic().macsecCapability())
        .isEqualTo(MacsecCapability.CONFIDENTIALITY_OFFSET_0);
    assertThat(last(both).basic().macsecCapability()).isEqualTo(most);
    assertThat(last(least).basic().macsecCapability()).isEqualTo(MacsecCapability.INTEGRITY);
  }

  @Test
  void anAnnouncementThatComesLaterIsBelieved() {
    Member a = world.join("a", 1, suites(GCM_AES_256, GCM_AES_128));
    ScriptedPeer peer = new ScriptedPeer(a.config, 2, "0102030405060708090a0b0c");
    a.frame(peer.says(live(a)));
    world.run(MILLIS);
    assertThat(suite(last(a))).isEqualTo(GCM_AES_256);
    AnnouncementTlv only =
        AnnouncementTlv.ofCipherSuites(
            List.of(
                new AnnouncedSuite(
                    MacsecCapability.CONFIDENTIALITY_OFFSET_0, 0, GCM_AES_128.id())));
    a.frame(peer.says(live(a), new AnnouncementParameterSet(List.of(only))));
    world.run(10 * MILLIS);
    assertThat(suite(last(a))).isEqualTo(GCM_AES_128);
  }
}
