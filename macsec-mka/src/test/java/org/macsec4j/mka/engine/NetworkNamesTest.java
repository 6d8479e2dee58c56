package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.ScriptedPeer.last;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.KmdParameterSet;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;

/** The key management domain and the network identity, announced and heard. */
class NetworkNamesTest {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final MkaConfig NAMED =
      CONFIG.toBuilder().kmd("domain.example").nid("Büro 7").build();

  private final World world = new World(121);
  private final Member a = world.join("a", 1, CONFIG);
  private final ScriptedPeer peer = new ScriptedPeer(CONFIG, 2, "0102030405060708090a0b0c");

  private static OctetString octets(String text) {
    return OctetString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ParameterSet tlv(int type, OctetString value) {
    return new AnnouncementParameterSet(List.of(new AnnouncementTlv(type, value)));
  }

  private MkaPeer heard(ParameterSet... sets) {
    a.frame(peer.says(sets));
    return a.port.status().potentialPeers().get(0);
  }

  @Test
  void namesThatAreConfiguredAreHeardByTheOthers() {
    Member b = world.join("b", 3, NAMED);
    world.runUntil(world::allAgree, SECONDS);
    MkaPeer named = a.port.status().livePeers().get(0);
    assertThat(named.kmd()).contains("domain.example");
    assertThat(named.nid()).contains("Büro 7");
    assertThat(b.port.status().livePeers().get(0).kmd()).isEmpty();
    world.run(10 * SECONDS);
    assertThat(a.events)
        .filteredOn(MkaEvent.PeerAnnounced.class::isInstance)
        .containsExactly(
            new MkaEvent.PeerAnnounced(
                b.sci,
                named.memberIdentifier(),
                Optional.of("domain.example"),
                Optional.of("Büro 7")));
    assertThat(b.count(MkaEvent.PeerAnnounced.class)).isZero();
    assertThat(last(b).kmd()).contains(new KmdParameterSet(octets("domain.example")));
    assertThat(last(b).announcement().orElseThrow().tlvs())
        .extracting(AnnouncementTlv::type)
        .containsExactly(AnnouncementTlv.CIPHER_SUITES, AnnouncementTlv.KMD, AnnouncementTlv.NID);
  }

  @Test
  void version1AnnouncesNothing() {
    Member b = world.join("b", 3, NAMED.toBuilder().mkaVersion(1).build());
    world.runUntil(world::allAgree, SECONDS);
    assertThat(last(b).kmd()).isEmpty();
    assertThat(last(b).announcement()).isEmpty();
  }

  @Test
  void theDomainIsHeardFromEitherPlaceAndItsOwnSetCountsMore() {
    assertThat(heard(new KmdParameterSet(octets("first"))).kmd()).contains("first");
    assertThat(heard(tlv(AnnouncementTlv.KMD, octets("second"))).kmd()).contains("second");
    ParameterSet tlv = tlv(AnnouncementTlv.KMD, octets("third"));
    assertThat(heard(new KmdParameterSet(octets("fourth")), tlv).kmd()).contains("fourth");
    assertThat(heard().kmd()).contains("fourth");
    assertThat(heard(tlv(AnnouncementTlv.NID, octets("x"))).kmd()).isEmpty();
    assertThat(a.count(MkaEvent.PeerAnnounced.class)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 253, 254, 511})
  void namesThatAreTooLongAreNone(int length) {
    OctetString name = OctetString.of("x".repeat(length).getBytes(StandardCharsets.UTF_8));
    assertThat(heard(tlv(AnnouncementTlv.NID, name)).nid()).isEmpty();
    assertThat(heard(new KmdParameterSet(name)).kmd().isPresent()).isEqualTo(length <= 253);
  }

  @Test
  void aNameOfTheGreatestLengthAndAnEmptyOne() {
    String longest = "x".repeat(100);
    assertThat(heard(tlv(AnnouncementTlv.NID, octets(longest))).nid()).contains(longest);
    assertThat(heard(tlv(AnnouncementTlv.NID, OctetString.EMPTY)).nid()).isEmpty();
  }

  @Test
  void whatCannotBePrintedIsReplaced() {
    OctetString hostile = octets("a\n\u001b[31mb\u202ec\u0000\u2028");
    assertThat(heard(tlv(AnnouncementTlv.NID, hostile)).nid())
        .contains("a\uFFFD\uFFFD[31mb\uFFFDc\uFFFD\uFFFD");
    OctetString noUtf8 = OctetString.of(new byte[] {(byte) 0xC0, 'x', (byte) 0xFF});
    assertThat(heard(tlv(AnnouncementTlv.NID, noUtf8)).nid()).contains("\uFFFDx\uFFFD");
  }
}
