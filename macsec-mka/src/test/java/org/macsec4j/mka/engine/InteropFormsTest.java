package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.live;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.AnnouncementTlv.AnnouncedSuite;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.IcvIndicator;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.SetOrder;

/** Every form in which switches and hosts are known to speak, against every other one. */
class InteropFormsTest {
  private static final int OLD_ETHERTYPE = 0x876F;

  private static Arguments row(
      String name, UnaryOperator<MkaConfigBuilder> first, UnaryOperator<MkaConfigBuilder> second) {
    return Arguments.of(name, build(first), build(second));
  }

  private static MkaConfig build(UnaryOperator<MkaConfigBuilder> change) {
    return change.apply(Configs.group(128).toBuilder()).build();
  }

  private static UnaryOperator<MkaConfigBuilder> version(int version) {
    return config -> config.mkaVersion(version);
  }

  private static UnaryOperator<MkaConfigBuilder> destination(String address) {
    return config -> config.destination(MacAddress.parse(address));
  }

  static Stream<Arguments> forms() {
    UnaryOperator<MkaConfigBuilder> always = c -> c.icvIndicator(IcvIndicatorPolicy.ALWAYS);
    UnaryOperator<MkaConfigBuilder> plain = UnaryOperator.identity();
    UnaryOperator<MkaConfigBuilder> old = c -> c.etherType(OLD_ETHERTYPE);
    UnaryOperator<MkaConfigBuilder> xpn = c -> c.cipherSuites(CipherSuite.GCM_AES_XPN_128);
    List<Arguments> rows =
        new ArrayList<>(
            List.of(
                row("ICV indicator always, by both", always, always),
                row("ICV indicator always, by the key server", always, plain),
                row("ICV indicator always, by the other", plain, always),
                row("EtherType 876F", old, old),
                row("nearest customer bridge", destination("01:80:c2:00:00:00"), plain),
                row("nearest non-TPMR bridge", destination("01:80:c2:00:00:03"), plain),
                row("nearest bridge", destination("01:80:c2:00:00:0e"), plain),
                row("broadcast", destination("ff:ff:ff:ff:ff:ff"), plain),
                row("null XPN set", c -> c.nullXpnSet(true), c -> c.nullXpnSet(true)),
                row("delay protection of one", c -> c.delayProtection(true), plain),
                row("no ramp-up", c -> c.helloRampUp(), c -> c.helloRampUp())));
    for (int first = 1; first <= 3; first++) {
      for (int second = 1; second <= 3; second++) {
        String name = "version " + first + " with version " + second;
        rows.add(row(name, version(first), version(second)));
        int one = first;
        int two = second;
        rows.add(
            row(
                name + ", XPN",
                c -> version(one).apply(xpn.apply(c)),
                c -> version(two).apply(xpn.apply(c))));
      }
    }
    return rows.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void membersAgreeAtOnceAndKeepTheirKey(String name, MkaConfig first, MkaConfig second) {
    World world = new World(131);
    Member a = world.join("a", 1, first);
    Member b = world.join("b", 2, second);
    assertThat(world.runUntil(world::allAgree, SECONDS)).isLessThanOrEqualTo(10 * MILLIS);
    Map<String, Integer> lost = World.counter();
    world.traffic(10 * MILLIS, lost);
    world.run(5 * SECONDS);
    a.rekey();
    world.run(10 * SECONDS);
    assertThat(world.allAgree()).isTrue();
    assertThat(lost).isEmpty();
    assertThat(a.port.status().counters().saksGenerated()).isEqualTo(2);
    for (Member member : world.members) {
      member.sent.forEach(frame -> assertForm(member.config, frame));
      assertThat(member.port.status().counters().drops()).isEmpty();
    }
    assertThat(b.port.status().self()).isFalse();
  }

  private static void assertForm(MkaConfig config, byte[] frame) {
    Mkpdu mkpdu = decode(frame);
    assertThat(MacAddress.of(frame, 0)).isEqualTo(config.destination());
    assertThat((frame[12] & 0xFF) << 8 | (frame[13] & 0xFF)).isEqualTo(config.etherType());
    assertThat(mkpdu.basic().version()).isEqualTo(config.mkaVersion());
    assertThat(mkpdu.hasIcvIndicator())
        .isEqualTo(config.icvIndicator() == IcvIndicatorPolicy.ALWAYS);
    assertThat(mkpdu.sets()).extracting(ParameterSet::type).isSorted().doesNotHaveDuplicates();
  }

  private static Mkpdu decode(byte[] frame) {
    try {
      return MkpduDecoder.DEFAULT
          .withEtherTypes(OLD_ETHERTYPE, EapolHeader.ETHERTYPE)
          .decode(frame);
    } catch (MalformedMkpduException e) {
      throw new AssertionError(e);
    }
  }

  // Orders.

  @Test
  void setsAreTakenInAnyOrder() {
    for (int seed = 0; seed < 40; seed++) {
      assertTakes(SetOrder.AS_GIVEN, new Random(seed));
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource(SetOrder.class)
  void setsAreTakenInEachOrderThatIsInUse(SetOrder order) {
    assertTakes(order, new Random(1));
  }

  /** A key server that hands out a key with every other set beside it. */
  private static void assertTakes(SetOrder order, Random random) {
    World world = new World(132);
    Member a = world.join("a", 2, Configs.group(128));
    ScriptedPeer server = new ScriptedPeer(a.config, 1, "0102030405060708090a0b0c");
    server.priority = 0;
    world.run(MILLIS);
    AnnouncementTlv suites =
        AnnouncementTlv.ofCipherSuites(
            List.of(
                new AnnouncedSuite(
                    MacsecCapability.CONFIDENTIALITY_OFFSET_0, 0, CipherSuite.GCM_AES_128.id())));
    List<ParameterSet> sets =
        new ArrayList<>(
            List.of(
                live(a),
                MacsecSakUse.of(KeyUse.NONE, KeyUse.NONE, false, false, false),
                ForeignPeersTest.sak(server, 1),
                new AnnouncementParameterSet(List.of(suites)),
                new org.macsec4j.mka.wire.XpnParameterSet(0, 0, 0),
                new IcvIndicator()));
    Collections.shuffle(sets, random);
    BasicParameterSet basic = ScriptedPeer.decode(server.says()).basic();
    byte[] frame =
        MkpduEncoder.DEFAULT
            .withOrder(order)
            .encode(
                EapolHeader.from(server.sci.address()),
                new Mkpdu(basic, sets),
                server.keys::computeIcv);
    a.frame(frame);
    assertThat(a.port.status().latest())
        .as("%s", sets)
        .map(key -> key.an())
        .contains(AssociationNumber.AN_1);
  }
}
