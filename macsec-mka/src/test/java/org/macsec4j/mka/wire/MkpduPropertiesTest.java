package org.macsec4j.mka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.macsec4j.AssociationNumber;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;

/** Whatever MKPDU can be made is written, and read back the same. */
class MkpduPropertiesTest {
  private static final long U32 = 0xFFFF_FFFFL;

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadAgain(
      @ForAll("headers") EapolHeader header, @ForAll("mkpdus") Mkpdu mkpdu)
      throws MalformedMkpduException {
    byte[] frame =
        MkpduEncoder.DEFAULT.withOrder(SetOrder.AS_GIVEN).encode(header, mkpdu, Samples::icv);
    ReceivedMkpdu received = decoder(header).open(frame);
    assertThat(received.header()).isEqualTo(header);
    assertThat(received.frameLength()).isEqualTo(frame.length);
    assertThat(received.mkpdu().basic()).isEqualTo(mkpdu.basic());
    assertThat(received.mkpdu().sets()).isEqualTo(mkpdu.sets());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void orderChangesNothingThatIsLookedUp(
      @ForAll("headers") EapolHeader header,
      @ForAll("mkpdus") Mkpdu mkpdu,
      @ForAll SetOrder order,
      @ForAll boolean indicator)
      throws MalformedMkpduException {
    byte[] frame =
        MkpduEncoder.DEFAULT
            .withOrder(order)
            .withIcvIndicator(indicator)
            .encode(header, mkpdu, Samples::icv);
    Mkpdu read = decoder(header).decode(frame);
    assertThat(read.livePeers()).isEqualTo(mkpdu.livePeers());
    assertThat(read.potentialPeers()).isEqualTo(mkpdu.potentialPeers());
    assertThat(read.sakUse()).isEqualTo(mkpdu.sakUse());
    assertThat(read.distributedSak()).isEqualTo(mkpdu.distributedSak());
    assertThat(read.distributedCak()).isEqualTo(mkpdu.distributedCak());
    assertThat(read.kmd()).isEqualTo(mkpdu.kmd());
    assertThat(read.announcement()).isEqualTo(mkpdu.announcement());
    assertThat(read.xpn()).isEqualTo(mkpdu.xpn());
    assertThat(read.duplicateSets()).isEqualTo(mkpdu.duplicateSets());
    assertThat(read.hasIcvIndicator()).isEqualTo(indicator);
  }

  /** Jumbo frames hold 4 sets of the largest kind; here are up to 6. */
  private static MkpduDecoder decoder(EapolHeader header) {
    return MkpduDecoder.DEFAULT
        .withLimits(new DecodeLimits(100_000, 64, LivePeerList.MAX_PEERS))
        .withEtherTypes(header.etherType())
        .withIndividualDestinations();
  }

  @Provide
  Arbitrary<EapolHeader> headers() {
    Arbitrary<MacAddress> addresses =
        Arbitraries.longs().between(0, 0xFFFF_FFFF_FFFFL).map(MacAddress::new);
    return Combinators.combine(
            addresses,
            addresses,
            Arbitraries.integers().between(0, 0xFFFF),
            Arbitraries.integers().between(0, 0xFF))
        .as(EapolHeader::new);
  }

  @Provide
  Arbitrary<Mkpdu> mkpdus() {
    Arbitrary<ParameterSet> sets =
        Arbitraries.oneOf(
            List.of(
                livePeerLists(),
                potentialPeerLists(),
                sakUses(),
                distributedSaks(),
                distributedCaks(),
                kmds(),
                announcements(),
                xpns(),
                unknowns()));
    return Combinators.combine(basics(), sets.list().ofMaxSize(6)).as(Mkpdu::new);
  }

  private static Arbitrary<BasicParameterSet> basics() {
    Arbitrary<Integer> octets = Arbitraries.integers().between(0, 0xFF);
    Arbitrary<Boolean> booleans = Arbitraries.of(true, false);
    Arbitrary<Ckn> names = octets(1, 32).map(string -> Ckn.of(string.toByteArray()));
    return Combinators.combine(
            octets,
            octets,
            Combinators.combine(booleans, booleans).as((a, b) -> new boolean[] {a, b}),
            Arbitraries.of(MacsecCapability.class),
            Arbitraries.longs().map(Sci::ofLong),
            members(),
            u32(),
            Combinators.combine(Arbitraries.integers(), names).as(AgilityAndName::new))
        .as(
            (version, priority, flags, capability, sci, member, number, rest) ->
                new BasicParameterSet(
                    version,
                    priority,
                    flags[0],
                    flags[1],
                    capability,
                    sci,
                    member,
                    number,
                    rest.agility(),
                    rest.name()));
  }

  private record AgilityAndName(int agility, Ckn name) {}

  private static Arbitrary<ParameterSet> livePeerLists() {
    return Combinators.combine(
            peers(),
            Arbitraries.integers().between(0, 0xFF),
            Arbitraries.integers().between(0, 0xF))
        .as(LivePeerList::new);
  }

  private static Arbitrary<ParameterSet> potentialPeerLists() {
    return Combinators.combine(peers(), specific()).as(PotentialPeerList::new);
  }

  private static Arbitrary<ParameterSet> sakUses() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<Boolean> bodies = Arbitraries.of(true, true, true, false);
    return bodies.flatMap(
        body ->
            Combinators.combine(
                    keyUses(body), keyUses(body), flags, flags, flags, Arbitraries.of(0, 2))
                .as(
                    (latest, old, tx, rx, delay, reserved) ->
                        new MacsecSakUse(body, latest, old, tx, rx, delay, reserved)));
  }

  private static Arbitrary<KeyUse> keyUses(boolean named) {
    Arbitrary<MkaKeyIdentifier> keys =
        Combinators.combine(members(), u32()).as(MkaKeyIdentifier::new);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.of(AssociationNumber.class),
            flags,
            flags,
            named ? keys : Arbitraries.just(MkaKeyIdentifier.NONE),
            named ? u32() : Arbitraries.just(0L))
        .as(KeyUse::new);
  }

  private static Arbitrary<ParameterSet> distributedSaks() {
    Arbitrary<OctetString> keys =
        Arbitraries.of(0, 24, 32, 40, 25, 4083).flatMap(length -> octets(length, length));
    return Combinators.combine(
            Arbitraries.of(AssociationNumber.class),
            Arbitraries.of(ConfidentialityOffset.class),
            u32(),
            Arbitraries.longs(),
            keys,
            Arbitraries.integers().between(0, 0xFF),
            Arbitraries.of(true, false))
        .as(
            (an, offset, number, suite, key, reserved, name) -> {
              boolean named = key.length() > 24 || (name && !key.isEmpty());
              return new DistributedSak(
                  an,
                  offset,
                  key.isEmpty() ? 0 : number,
                  named ? OptionalLong.of(suite) : OptionalLong.empty(),
                  key,
                  reserved);
            });
  }

  private static Arbitrary<ParameterSet> distributedCaks() {
    return Combinators.combine(octets(25, 72), specific()).as(DistributedCak::new);
  }

  private static Arbitrary<ParameterSet> kmds() {
    return Combinators.combine(octets(0, 253), specific()).as(KmdParameterSet::new);
  }

  private static Arbitrary<ParameterSet> announcements() {
    Arbitrary<AnnouncementTlv> tlvs =
        Combinators.combine(Arbitraries.integers().between(0, 127), octets(0, 511))
            .as(AnnouncementTlv::new);
    // A remainder that is no TLV: a single octet, or a head that claims more than there is.
    Arbitrary<OctetString> remainders =
        Arbitraries.of(OctetString.EMPTY, OctetString.parse("aa"), OctetString.parse("e00a00"));
    return Combinators.combine(tlvs.list().ofMaxSize(4), remainders, specific())
        .as(AnnouncementParameterSet::new);
  }

  private static Arbitrary<ParameterSet> xpns() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 0xFF),
            u32(),
            u32(),
            Arbitraries.integers().between(0, 0xF))
        .as(XpnParameterSet::new);
  }

  private static Arbitrary<ParameterSet> unknowns() {
    Arbitrary<Integer> types =
        Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(9, 254));
    return Combinators.combine(types, specific(), octets(0, 4095)).as(UnknownParameterSet::new);
  }

  private static Arbitrary<List<PeerEntry>> peers() {
    return Combinators.combine(members(), u32())
        .as(PeerEntry::new)
        .list()
        .ofMaxSize(LivePeerList.MAX_PEERS)
        .map(ArrayList::new);
  }

  private static Arbitrary<MemberIdentifier> members() {
    return octets(12, 12).map(string -> MemberIdentifier.of(string.toByteArray()));
  }

  private static Arbitrary<Integer> specific() {
    return Arbitraries.integers().between(0, 0xFFF);
  }

  private static Arbitrary<Long> u32() {
    return Arbitraries.longs().between(0, U32);
  }

  private static Arbitrary<OctetString> octets(int min, int max) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(min)
        .ofMaxSize(max)
        .map(OctetString::of);
  }
}
