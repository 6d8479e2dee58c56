package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.CipherSuite.GCM_AES_128;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_128;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.AnnouncementTlv.AnnouncedSuite;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.PeerEntry;

/** What is known of a peer, and which suite and offset follow from that. */
class SuiteChoiceTest {
  private static final MemberIdentifier SERVER = MemberIdentifier.parse("aa".repeat(12));
  private static final MemberIdentifier PEER = MemberIdentifier.parse("bb".repeat(12));
  private static final MemberIdentifier OTHER = MemberIdentifier.parse("cc".repeat(12));
  private static final MkaConfig CONFIG =
      Configs.group(128).toBuilder().cipherSuites(GCM_AES_256, GCM_AES_128).build();

  private final Peer peer = peer(false, MacsecCapability.CONFIDENTIALITY_OFFSET_0);

  private static Peer peer(boolean keyServer, MacsecCapability capability) {
    return new Peer(basic(keyServer, true, capability), 0);
  }

  private static BasicParameterSet basic(
      boolean keyServer, boolean desired, MacsecCapability capability) {
    return new BasicParameterSet(
        3,
        16,
        keyServer,
        desired,
        capability,
        World.sci(2),
        PEER,
        1,
        BasicParameterSet.ALGORITHM_AGILITY,
        Ckn.parse("01"));
  }

  private static Sak sak(int number, CipherSuite suite, MemberIdentifier member) {
    MkaKeyIdentifier identifier = new MkaKeyIdentifier(SERVER, number);
    Sak.AgreedKey agreed =
        new Sak.AgreedKey(
            identifier, AssociationNumber.AN_0, suite, ConfidentialityOffset.OFFSET_0);
    SecureAssociationKey key = SakLifecycle.key(agreed, new byte[suite.keyLength()]);
    return new Sak(null, SERVER, agreed, key, Map.of(member, Ssci.of(1)), null, 0);
  }

  private void says(MkaKeyIdentifier key, boolean transmits, boolean receives) {
    KeyUse use = new KeyUse(AssociationNumber.AN_0, transmits, receives, key, 1);
    MacsecSakUse set = MacsecSakUse.of(use, KeyUse.NONE, false, false, false);
    peer.sakUse(new SakUseReport(set, Optional.empty()));
  }

  private Optional<CipherSuite> chosen(CipherSuite... refused) {
    return SuiteChoice.choose(CONFIG, Set.of(refused), List.of(peer)).map(SuiteChoice::suite);
  }

  @Test
  void aSuiteThatAPeerIgnoredGivesWayAndWhenAllDidTheFirstIsTriedAgainAtOnce() {
    assertThat(chosen()).contains(GCM_AES_256);
    peer.ignoredKey(sak(1, GCM_AES_256, PEER));
    assertThat(chosen()).contains(GCM_AES_128);
    peer.ignoredKey(sak(2, GCM_AES_128, PEER));
    assertThat(chosen()).contains(GCM_AES_256);
    assertThat(peer.forgiveIgnored()).isFalse();
  }

  @Test
  void whatOurSecyRefusedIsNotForgiven() {
    peer.ignoredKey(sak(1, GCM_AES_128, PEER));
    assertThat(chosen(GCM_AES_256)).contains(GCM_AES_128);
    assertThat(chosen(GCM_AES_256, GCM_AES_128)).isEmpty();
  }

  @Test
  void whatAPeerAnnouncesIsNotForgivenEither() {
    announces(GCM_AES_XPN_128);
    assertThat(chosen()).isEmpty();
    announces(GCM_AES_128);
    assertThat(chosen()).contains(GCM_AES_128);
  }

  private void announces(CipherSuite suite) {
    AnnouncedSuite announced =
        new AnnouncedSuite(MacsecCapability.CONFIDENTIALITY_OFFSET_0, 0, suite.id());
    AnnouncementTlv tlv = AnnouncementTlv.ofCipherSuites(List.of(announced));
    BasicParameterSet basic = basic(false, true, MacsecCapability.CONFIDENTIALITY_OFFSET_0);
    peer.announces(new Mkpdu(basic, List.of(new AnnouncementParameterSet(List.of(tlv)))));
  }

  @Test
  void onlyAMemberThatNeverHadTheKeyIgnoredIt() {
    Sak key = sak(1, GCM_AES_256, PEER);
    peer.ignoredKey(sak(1, GCM_AES_256, OTHER));
    assertThat(chosen()).contains(GCM_AES_256);
    says(key.identifier(), false, true);
    peer.ignoredKey(key);
    assertThat(chosen()).contains(GCM_AES_256);
    // It took it and lost it: that is not the suite.
    assertThat(peer.hasForgotten(key.identifier())).isFalse();
    says(MkaKeyIdentifier.NONE, false, false);
    peer.ignoredKey(key);
    assertThat(chosen()).contains(GCM_AES_256);
  }

  @ParameterizedTest
  @CsvSource({
    "OFFSET_50, CONFIDENTIALITY_OFFSET_0_30_50, OFFSET_50",
    "OFFSET_50, CONFIDENTIALITY_OFFSET_0, OFFSET_0",
    "OFFSET_0, CONFIDENTIALITY_OFFSET_0, OFFSET_0",
    "OFFSET_30, INTEGRITY, NO_CONFIDENTIALITY",
    "OFFSET_0, INTEGRITY, NO_CONFIDENTIALITY",
    "NO_CONFIDENTIALITY, CONFIDENTIALITY_OFFSET_0, NO_CONFIDENTIALITY",
    "NO_CONFIDENTIALITY, INTEGRITY, NO_CONFIDENTIALITY"
  })
  void theOffsetIsNoMoreThanAPeerCanDo(
      ConfidentialityOffset wanted, MacsecCapability capability, ConfidentialityOffset agreed) {
    MkaConfig config =
        CONFIG.toBuilder()
            .macsecCapability(MacsecCapability.CONFIDENTIALITY_OFFSET_0_30_50)
            .confidentialityOffset(wanted)
            .build();
    assertThat(SuiteChoice.choose(config, Set.of(), List.of(peer(false, capability))))
        .contains(new SuiteChoice(GCM_AES_256, agreed));
  }

  @Test
  void aPeerTransmitsWhenItSaysSoOfEitherKey() {
    MkaKeyIdentifier key = new MkaKeyIdentifier(SERVER, 1);
    assertThat(peer.transmits()).isFalse();
    says(key, false, true);
    assertThat(peer.transmits()).isFalse();
    assertThat(peer.transmits(key)).isFalse();
    says(key, true, true);
    assertThat(peer.transmits()).isTrue();
    assertThat(peer.transmits(key)).isTrue();
    KeyUse old = new KeyUse(AssociationNumber.AN_1, true, true, key, 1);
    peer.sakUse(
        new SakUseReport(MacsecSakUse.of(KeyUse.NONE, old, false, false, false), Optional.empty()));
    assertThat(peer.transmits()).isTrue();
  }

  @Test
  void aPeerKnowsWhomItListsAsLiveAndClaimsToLeadWithThemInMind() {
    Peer server = peer(true, MacsecCapability.CONFIDENTIALITY_OFFSET_0);
    assertThat(server.knows(OTHER)).isFalse();
    server.lists(List.of(new PeerEntry(SERVER, 1), new PeerEntry(OTHER, 1)), List.of());
    assertThat(server.knows(OTHER)).isTrue();
    assertThat(server.knows(PEER)).isFalse();
    assertThat(server.claimsKeyServerBefore(OTHER)).isTrue();
    assertThat(server.claimsKeyServerBefore(PEER)).isFalse();
    peer.lists(List.of(new PeerEntry(OTHER, 1)), List.of());
    assertThat(peer.claimsKeyServerBefore(OTHER)).isFalse();
  }

  @Test
  void whoWantsMacsecCanDoItToo() {
    assertThat(peer.wantsMacsec()).isTrue();
    assertThat(new Peer(basic(false, false, MacsecCapability.INTEGRITY), 0).wantsMacsec())
        .isFalse();
    assertThat(new Peer(basic(false, true, MacsecCapability.NONE), 0).wantsMacsec()).isFalse();
    assertThat(new Peer(basic(false, true, MacsecCapability.INTEGRITY), 0).wantsMacsec()).isTrue();
  }
}
