package org.macsec4j.testkit.jqwik;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.IcvIndicator;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.KmdParameterSet;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.PotentialPeerList;
import org.macsec4j.mka.wire.UnknownParameterSet;
import org.macsec4j.mka.wire.XpnParameterSet;

/** Arbitrary values of MKA: names, keys, identifiers and whole MKPDUs (IEEE 802.1X 11.11). */
@SuppressWarnings("exports") // whoever uses this class has the module of these types
public final class MkpduArbitraries {
  private static final long MAX_U32 = 0xFFFF_FFFFL;
  private static final int MAX_OCTET = 0xFF;
  private static final int MAX_LISTED_PEERS = 8;
  private static final int MAX_UNKNOWN_OCTETS = 64;

  /** Neither 1 to 8, nor 255. */
  private static final int FIRST_UNKNOWN_TYPE = 9;

  private static final int LAST_UNKNOWN_TYPE = 254;

  private MkpduArbitraries() {}

  /**
   * CKNs.
   *
   * @return names of 1 to 32 octets
   */
  public static Arbitrary<Ckn> ckns() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(Ckn.MIN_LENGTH)
        .ofMaxSize(Ckn.MAX_LENGTH)
        .map(Ckn::of);
  }

  /**
   * CAKs.
   *
   * @return keys of 128 and 256 bits
   */
  public static Arbitrary<Cak> caks() {
    return Arbitraries.of(Cak.LENGTH_128, Cak.LENGTH_256)
        .flatMap(MacsecArbitraries::octets)
        .map(Cak::of);
  }

  /**
   * Member identifiers.
   *
   * @return identifiers, never {@link MemberIdentifier#ZERO}
   */
  public static Arbitrary<MemberIdentifier> memberIdentifiers() {
    return MacsecArbitraries.octets(MemberIdentifier.LENGTH)
        .map(octets -> MemberIdentifier.of(octets))
        .filter(identifier -> !identifier.isZero());
  }

  /**
   * Headers of MKPDUs.
   *
   * @return headers to a group address, with the EtherType of EAPOL
   */
  public static Arbitrary<EapolHeader> headers() {
    return Combinators.combine(
            MacsecArbitraries.individualMacAddresses(), Arbitraries.integers().between(1, 3))
        .as(
            (source, version) ->
                new EapolHeader(
                    EapolHeader.PAE_GROUP_ADDRESS, source, EapolHeader.ETHERTYPE, version));
  }

  /**
   * Basic parameter sets.
   *
   * @return sets of versions 1 to 3 with the standard's algorithms
   */
  public static Arbitrary<BasicParameterSet> basicParameterSets() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, MAX_OCTET),
            Arbitraries.of(true, false).tuple2(),
            Arbitraries.of(MacsecCapability.class),
            MacsecArbitraries.secyScis(),
            memberIdentifiers(),
            u32(),
            ckns())
        .as(
            (version, priority, flags, capability, sci, actor, messageNumber, ckn) ->
                new BasicParameterSet(
                    version,
                    priority,
                    flags.get1(),
                    flags.get2(),
                    capability,
                    sci,
                    actor,
                    messageNumber,
                    BasicParameterSet.ALGORITHM_AGILITY,
                    ckn));
  }

  /**
   * MKPDUs with any of the parameter sets, each at most once and in the order of their types, so
   * that the default encoder writes them as they are and a decoder gives an equal MKPDU, but for
   * its ICV.
   *
   * @return MKPDUs without an ICV
   */
  public static Arbitrary<Mkpdu> mkpdus() {
    Arbitrary<List<ParameterSet>> known =
        Combinators.combine(
                maybe(livePeerLists()),
                maybe(potentialPeerLists()),
                maybe(sakUses()),
                maybe(distributedSaks()),
                maybe(distributedCaks()),
                maybe(kmds()),
                maybe(announcements()),
                maybe(xpns()))
            .as((a, b, c, d, e, f, g, h) -> present(a, b, c, d, e, f, g, h));
    return Combinators.combine(
            basicParameterSets(),
            known,
            maybe(unknownParameterSets()),
            maybe(Arbitraries.create(IcvIndicator::new)))
        .as(
            (basic, sets, unknown, indicator) -> {
              List<ParameterSet> all = new ArrayList<>(sets);
              all.addAll(present(unknown, indicator));
              all.sort(Comparator.comparingInt(ParameterSet::type));
              return new Mkpdu(basic, all);
            });
  }

  /**
   * Live Peer Lists.
   *
   * @return lists of up to eight peers
   */
  public static Arbitrary<LivePeerList> livePeerLists() {
    return Combinators.combine(peers(), Arbitraries.integers().between(0, MAX_OCTET))
        .as((entries, ssci) -> new LivePeerList(entries, ssci));
  }

  /**
   * Potential Peer Lists.
   *
   * @return lists of up to eight peers
   */
  public static Arbitrary<PotentialPeerList> potentialPeerLists() {
    return peers().map(entries -> new PotentialPeerList(entries));
  }

  /**
   * MACsec SAK Use sets.
   *
   * @return sets with and without a body
   */
  public static Arbitrary<MacsecSakUse> sakUses() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<MacsecSakUse> withBody =
        Combinators.combine(keyUses(), keyUses(), flags, flags, flags).as(MacsecSakUse::of);
    return Arbitraries.oneOf(withBody, Arbitraries.create(MacsecSakUse::withoutMacsec));
  }

  /**
   * Distributed SAKs, whose wrapped keys are octets without a meaning.
   *
   * @return sets of each suite, and the form without a key
   */
  public static Arbitrary<DistributedSak> distributedSaks() {
    Arbitrary<DistributedSak> withKey =
        MacsecArbitraries.cipherSuites()
            .flatMap(
                suite ->
                    Combinators.combine(
                            MacsecArbitraries.associationNumbers(),
                            Arbitraries.of(ConfidentialityOffset.class),
                            u32(),
                            Arbitraries.just(suite),
                            wrapped(suite))
                        .as(DistributedSak::of));
    return Arbitraries.oneOf(withKey, Arbitraries.create(DistributedSak::withoutMacsec));
  }

  private static Arbitrary<OctetString> wrapped(CipherSuite suite) {
    return MacsecArbitraries.octets(suite.keyLength() + Long.BYTES).map(OctetString::of);
  }

  /**
   * Distributed CAKs, whose wrapped keys are octets without a meaning.
   *
   * @return sets with keys of 128 and 256 bits
   */
  public static Arbitrary<DistributedCak> distributedCaks() {
    Arbitrary<OctetString> wrapped =
        Arbitraries.of(Cak.LENGTH_128, Cak.LENGTH_256)
            .flatMap(length -> MacsecArbitraries.octets(length + Long.BYTES))
            .map(OctetString::of);
    return Combinators.combine(wrapped, ckns()).as(DistributedCak::of);
  }

  /**
   * Key Management Domains.
   *
   * @return short names
   */
  public static Arbitrary<KmdParameterSet> kmds() {
    return Arbitraries.strings()
        .alpha()
        .ofMinLength(1)
        .ofMaxLength(20)
        .map(name -> new KmdParameterSet(OctetString.ofUtf8(name)));
  }

  /**
   * Announcements of cipher suites, a domain, and TLVs without a meaning.
   *
   * @return sets of one to three TLVs
   */
  public static Arbitrary<AnnouncementParameterSet> announcements() {
    Arbitrary<AnnouncementTlv> suites =
        Combinators.combine(
                Arbitraries.of(MacsecCapability.class), MacsecArbitraries.cipherSuites())
            .as(
                (capability, suite) ->
                    new AnnouncementTlv.AnnouncedSuite(capability, 0, suite.id()))
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(AnnouncementTlv::ofCipherSuites);
    Arbitrary<AnnouncementTlv> others =
        Combinators.combine(Arbitraries.integers().between(113, 127), someOctets())
            .as(AnnouncementTlv::new);
    return Arbitraries.oneOf(suites, others)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(tlvs -> new AnnouncementParameterSet(tlvs));
  }

  /**
   * XPN parameter sets.
   *
   * @return sets with any halves of packet numbers
   */
  public static Arbitrary<XpnParameterSet> xpns() {
    return Combinators.combine(Arbitraries.integers().between(0, MAX_OCTET), u32(), u32())
        .as((suspension, latest, old) -> new XpnParameterSet(suspension, latest, old));
  }

  /**
   * Parameter sets of types that the standard does not define.
   *
   * @return sets of up to 64 octets
   */
  public static Arbitrary<UnknownParameterSet> unknownParameterSets() {
    return Combinators.combine(
            Arbitraries.integers().between(FIRST_UNKNOWN_TYPE, LAST_UNKNOWN_TYPE),
            Arbitraries.integers().between(0, 0xFFF),
            someOctets())
        .as(UnknownParameterSet::new);
  }

  private static Arbitrary<List<PeerEntry>> peers() {
    return Combinators.combine(memberIdentifiers(), u32())
        .as(PeerEntry::new)
        .list()
        .ofMaxSize(MAX_LISTED_PEERS);
  }

  private static Arbitrary<KeyUse> keyUses() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<KeyUse> present =
        Combinators.combine(
                MacsecArbitraries.associationNumbers(),
                flags,
                flags,
                Combinators.combine(memberIdentifiers(), u32()).as(MkaKeyIdentifier::new),
                u32())
            .as(KeyUse::new);
    return Arbitraries.oneOf(present, Arbitraries.just(KeyUse.NONE));
  }

  private static Arbitrary<OctetString> someOctets() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(MAX_UNKNOWN_OCTETS)
        .map(OctetString::of);
  }

  private static Arbitrary<Long> u32() {
    return Arbitraries.longs().between(0, MAX_U32);
  }

  /** Nulls stand for absence here, as an arbitrary of optionals would need a map for each kind. */
  @SuppressWarnings("NullAway") // injectNull has no nullable type to give
  private static <T> Arbitrary<@Nullable T> maybe(Arbitrary<T> values) {
    return values.injectNull(0.5);
  }

  private static List<ParameterSet> present(@Nullable ParameterSet... sets) {
    List<ParameterSet> found = new ArrayList<>();
    for (ParameterSet set : sets) {
      if (Objects.nonNull(set)) {
        found.add(set);
      }
    }
    return found;
  }
}
