package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * Packet numbers that members tell each other: with delay protection how old a frame may be, and
 * always when a key comes to its end.
 */
class DelayProtectionTest {
  private static final MkaConfig CONFIG =
      Configs.group(128).toBuilder().delayProtection(true).build();

  private record Sent(long at, long pn) {}

  private final World world = new World(91);
  private final List<Sent> userFrames = new ArrayList<>();

  /** A member sends a user frame each millisecond; the runtime reads the number now and then. */
  private void sendUserFrames(Member from, long pn) {
    userFrames.add(new Sent(world.now(), pn));
    world.at(world.now() + MILLIS, () -> sendUserFrames(from, pn + 1));
  }

  private void readPacketNumbers(Member of) {
    long next = userFrames.get(userFrames.size() - 1).pn + 1;
    of.port.handlePacketNumber(world.now(), of.secy.selected(), PacketNumber.of(next));
    of.drain();
    world.at(world.now() + of.port.packetNumberInterval(), () -> readPacketNumbers(of));
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void whatIsOlderThanTwoSecondsIsRefusedAndWhatIsFreshIsNot(CipherSuite suite) {
    MkaConfig config = CONFIG.toBuilder().cipherSuites(suite).build();
    Member a = world.join("a", 1, config);
    // The other one does not send the bit; what it is told it obeys all the same.
    Member b = world.join("b", 2, config.toBuilder().delayProtection(false).build());
    world.runUntil(world::allAgree, SECONDS);
    // So that the upper half of an XPN number changes meanwhile.
    sendUserFrames(a, suite.isXpn() ? 0xFFFF_FFFFL - 3000 : 1);
    readPacketNumbers(a);
    for (int i = 0; i < 200; i++) {
      world.run(37 * MILLIS);
      // One hello in eight is lost.
      boolean lost = world.now() / (500 * MILLIS) % 8 == 0;
      world.cut = (from, to) -> lost && from == a;
      PacketNumber lowest = b.secy.lowestPn(a.sci, a.secy.selected());
      assertThat(numberSentBefore(150 * MILLIS))
          .satisfies(pn -> assertThat(pn).isGreaterThanOrEqualTo(lowest.value()));
      if (world.now() > 3 * SECONDS) {
        assertThat(numberSentBefore(2 * SECONDS)).isLessThan(lowest.value());
      }
    }
    assertThat(b.count(MkaEvent.SecyRefused.class)).isZero();
    assertThat(a.secy.commands).noneMatch(SecyCommand.RaiseLowestPn.class::isInstance);
  }

  private long numberSentBefore(long nanos) {
    long pn = userFrames.get(0).pn;
    for (Sent sent : userFrames) {
      if (sent.at <= world.now() - nanos) {
        pn = sent.pn;
      }
    }
    return pn;
  }

  @Test
  void hellosComeTwiceASecondAndNumbersAreReadForEach() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(5 * SECONDS);
    int sent = a.sent.size();
    int others = b.sent.size();
    world.run(20 * SECONDS);
    assertThat(a.sent.size() - sent).isBetween(40, 44);
    assertThat(b.sent.size() - others).isBetween(10, 11);
    assertThat(a.port.packetNumberInterval()).isEqualTo(250 * MILLIS);
    assertThat(b.port.packetNumberInterval()).isEqualTo(SECONDS);
  }

  @Test
  void aShorterHelloTimeStays() {
    MkaConfig config = CONFIG.toBuilder().helloTime(Duration.ofMillis(100)).build();
    Member a = world.join("a", 1, config);
    world.join("b", 2, config);
    world.run(SECONDS);
    int sent = a.sent.size();
    world.run(10 * SECONDS);
    assertThat(a.sent.size() - sent).isBetween(100, 108);
  }

  @Test
  void noNumberOnTheWireIsEverZero() {
    MkaConfig config = CONFIG.toBuilder().cipherSuites(CipherSuite.GCM_AES_XPN_128).build();
    Member a = world.join("a", 1, config);
    Member b = world.join("b", 2, config);
    world.runUntil(world::allAgree, SECONDS);
    tell(a, 1L << 32);
    world.run(3 * SECONDS);
    a.rekey();
    world.run(5 * SECONDS);
    List<MacsecSakUse> uses =
        Stream.of(a, b)
            .flatMap(member -> ScriptedPeer.all(member).stream())
            .flatMap(mkpdu -> mkpdu.sakUse().stream())
            .toList();
    assertThat(uses)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            use -> {
              assertThat(use.delayProtect()).isTrue();
              assertThat(use.latest().lowestPn()).isPositive();
              assertThat(use.old().lowestPn()).isPositive();
            });
    assertThat(uses).anyMatch(use -> use.latest().lowestPn() == 0xFFFF_FFFFL);
  }

  @Test
  void aBurstOfMkpdusTellsNothingTooNew() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    world.run(2 * SECONDS);
    tell(a, 1000);
    long known = world.now();
    while (world.now() < known + 200 * MILLIS) {
      // News make it speak again and again.
      a.port.participant(CONFIG.keys().get(0).ckn()).news();
      a.port.handleTimeout(world.now());
      a.drain();
      world.run(2 * MILLIS);
      assertThat(b.secy.lowestPn(a.sci, a.secy.selected())).isEqualTo(PacketNumber.FIRST);
    }
    world.run(SECONDS);
    assertThat(b.secy.lowestPn(a.sci, a.secy.selected())).isEqualTo(PacketNumber.of(1000));
  }

  @Test
  void theOldKeyIsProtectedTooAndTheNewOneBeginsAnew() {
    Member a = world.join("a", 1, CONFIG);
    world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    tell(a, 5000);
    world.run(2 * SECONDS);
    int before = a.sent.size();
    a.rekey();
    world.run(2 * SECONDS);
    List<KeyUse> old =
        ScriptedPeer.all(a).stream()
            .skip(before)
            .flatMap(mkpdu -> mkpdu.sakUse().stream())
            .map(MacsecSakUse::old)
            .filter(KeyUse::isPresent)
            .toList();
    assertThat(old).isNotEmpty().allMatch(use -> use.lowestPn() == 5000);
    assertThat(last(a).sakUse().orElseThrow().latest().lowestPn()).isEqualTo(1);
  }

  private void tell(Member member, long pn) {
    member.port.handlePacketNumber(world.now(), member.secy.selected(), PacketNumber.of(pn));
    member.drain();
  }

  // What a peer tells, in every form.

  private Member server;
  private ScriptedPeer peer;
  private MkaKeyIdentifier key;
  private AssociationNumber an;

  private void secureWithPeer(CipherSuite suite) {
    server = world.join("a", 1, Configs.group(128).toBuilder().cipherSuites(suite).build());
    peer = new ScriptedPeer(server.config, 2, "0102030405060708090a0b0c");
    server.frame(peer.says(live(server)));
    world.run(MILLIS);
    Mkpdu handsOut = last(server);
    DistributedSak sak = handsOut.distributedSak().orElseThrow();
    key = new MkaKeyIdentifier(handsOut.basic().actorMemberIdentifier(), sak.keyNumber());
    an = sak.associationNumber();
    says(latest(1, false), new XpnParameterSet(0, 0, 0));
    assertThat(server.isSecured()).isTrue();
    world.run(SECONDS);
  }

  private void says(ParameterSet... sets) {
    List<ParameterSet> all = new ArrayList<>(List.of(sets));
    all.add(live(server));
    server.frame(peer.says(all.toArray(new ParameterSet[0])));
    world.run(10 * MILLIS);
  }

  private MacsecSakUse latest(long pn, boolean delayProtect) {
    return MacsecSakUse.of(
        new KeyUse(an, true, true, key, pn), KeyUse.NONE, false, false, delayProtect);
  }

  private MacsecSakUse old(long pn, boolean delayProtect) {
    return MacsecSakUse.of(
        KeyUse.NONE, new KeyUse(an, true, true, key, pn), false, false, delayProtect);
  }

  private boolean isRekeyed() {
    return server.events.contains(new MkaEvent.RekeyStarted(RekeyReason.PACKET_NUMBER));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPeersNumberEndsAKeyWhicheverSlotItIsIn(boolean inOldSlot) {
    secureWithPeer(CipherSuite.GCM_AES_128);
    long threshold = server.config.pnThreshold().value();
    says(inOldSlot ? old(threshold - 1, false) : latest(threshold - 1, false));
    assertThat(isRekeyed()).isFalse();
    says(inOldSlot ? old(threshold, false) : latest(threshold, false));
    assertThat(isRekeyed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPeersExtendedNumberEndsAKeyWhicheverSlotItIsIn(boolean inOldSlot) {
    secureWithPeer(CipherSuite.GCM_AES_XPN_128);
    long high = server.config.xpnThreshold().value() >>> 32;
    XpnParameterSet forLatest = new XpnParameterSet(0, high, 0);
    XpnParameterSet forOld = new XpnParameterSet(0, 0, high);
    MacsecSakUse use = inOldSlot ? old(0, false) : latest(0, false);
    // The upper half that belongs to the other slot is not this key's.
    says(use, inOldSlot ? forLatest : forOld);
    assertThat(isRekeyed()).isFalse();
    says(use, inOldSlot ? forOld : forLatest);
    assertThat(isRekeyed()).isTrue();
  }

  @Test
  void withoutTheXpnSetHalfANumberSaysNothing() {
    secureWithPeer(CipherSuite.GCM_AES_XPN_128);
    says(latest(0xFFFF_FFFFL, true));
    assertThat(isRekeyed()).isFalse();
    assertThat(server.secy.lowestPn(peer.sci, an)).isEqualTo(PacketNumber.FIRST);
    says(latest(7, true), new XpnParameterSet(0, 2, 0));
    assertThat(server.secy.lowestPn(peer.sci, an)).isEqualTo(PacketNumber.of(2L << 32 | 7));
    // A number that falls back raises nothing; nor does half of one.
    says(latest(6, true), new XpnParameterSet(0, 2, 0));
    says(latest(0xFFFF_FFFFL, true));
    assertThat(server.secy.lowestPn(peer.sci, an)).isEqualTo(PacketNumber.of(2L << 32 | 7));
  }

  @Test
  void aNumberInTheOldSlotRaisesToo() {
    secureWithPeer(CipherSuite.GCM_AES_128);
    says(old(4711, true));
    assertThat(server.secy.lowestPn(peer.sci, an)).isEqualTo(PacketNumber.of(4711));
    says(old(4712, false));
    assertThat(server.secy.lowestPn(peer.sci, an)).isEqualTo(PacketNumber.of(4711));
  }

  @Test
  void ourOwnNumberEndsAKeyAlsoWhenItIsToldLate() {
    Member a = world.join("a", 1, CONFIG);
    Member b = world.join("b", 2, CONFIG);
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    tell(b, CONFIG.pnThreshold().value());
    world.run(1200 * MILLIS);
    assertThat(a.events).contains(new MkaEvent.RekeyStarted(RekeyReason.PACKET_NUMBER));
    world.run(SECONDS);
    assertThat(world.allAgree()).isTrue();
  }

  @Test
  void aNumberThatDoesNotFitAnyMoreIsToldAsTheGreatest() {
    Member a = world.join("a", 1, Configs.group(128));
    Member b = world.join("b", 2, Configs.group(128));
    world.runUntil(world::allAgree, SECONDS);
    world.run(SECONDS);
    tell(b, 1L << 32);
    world.run(MILLIS);
    assertThat(ScriptedPeer.all(b))
        .anyMatch(
            mkpdu ->
                mkpdu.sakUse().map(use -> use.latest().lowestPn() == 0xFFFF_FFFFL).orElse(false));
    world.run(SECONDS);
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(2);
  }
}
