package org.macsec4j.mka.engine;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Ssci;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.PeerEntry;

/**
 * Peers and keys for tests of one class alone. We are number 1, and keys are for the peers 2 and 3;
 * the number of a key is its association number, too.
 */
final class Actors {
  private static final MemberIdentifier SELF = member(1);

  private Actors() {}

  /** The member identifier of the peer with a number. */
  static MemberIdentifier member(int number) {
    return MemberIdentifier.parse(("0" + number).repeat(MemberIdentifier.LENGTH));
  }

  static Peer peer(int number) {
    return peer(number, 3);
  }

  /** A peer with an MKA version. */
  static Peer peer(int number, int version) {
    return new Peer(
        new BasicParameterSet(
            version,
            16,
            false,
            true,
            MacsecCapability.CONFIDENTIALITY_OFFSET_0,
            World.sci(number),
            member(number),
            1,
            BasicParameterSet.ALGORITHM_AGILITY,
            Configs.group(128).keys().get(0).ckn()),
        0);
  }

  /** A participant with live peers. */
  static MkaParticipant participant(Peer... live) {
    MkaParticipant participant = mock(MkaParticipant.class);
    when(participant.isRunning()).thenReturn(true);
    when(participant.isSurePrincipal()).thenReturn(true);
    SakLifecycle lifecycle = mock(SakLifecycle.class);
    when(participant.lifecycle()).thenReturn(lifecycle);
    PeerTable peers = peers(live);
    when(participant.peers()).thenReturn(peers);
    return participant;
  }

  /** A table of live peers; whom they know beside each other is a stranger. */
  static PeerTable peers(Peer... live) {
    PeerTable peers = mock(PeerTable.class);
    Set<MemberIdentifier> known =
        Arrays.stream(live).map(Peer::memberIdentifier).collect(Collectors.toSet());
    when(peers.live()).thenReturn(List.of(live));
    when(peers.liveOf(any(MemberIdentifier.class)))
        .thenAnswer(
            call ->
                Arrays.stream(live)
                    .filter(peer -> peer.memberIdentifier().equals(call.getArgument(0)))
                    .findFirst()
                    .orElse(null));
    when(peers.hasStrangers(anyList(), any()))
        .thenAnswer(
            call ->
                call.<List<MemberIdentifier>>getArgument(0).stream()
                    .anyMatch(
                        listed -> !listed.equals(call.getArgument(1)) && !known.contains(listed)));
    return peers;
  }

  /** A key that was handed to us by peer 2; nobody's own. */
  static Sak key(int number, CipherSuite suite) {
    return key(null, member(2), number, suite, null);
  }

  static Sak key(int number) {
    return key(number, CipherSuite.GCM_AES_128);
  }

  /** A key of a participant that was handed to us by peer 2. */
  static Sak theirs(MkaParticipant owner, int number) {
    return key(owner, member(2), number, CipherSuite.GCM_AES_128, null);
  }

  /** A key of a participant that we hand out. */
  static Sak ours(MkaParticipant owner, int number) {
    DistributedSak set =
        DistributedSak.of(
            AssociationNumber.of(number),
            ConfidentialityOffset.OFFSET_0,
            number + 1,
            CipherSuite.GCM_AES_128,
            OctetString.of(new byte[24]));
    return key(owner, SELF, number, CipherSuite.GCM_AES_128, set);
  }

  private static Sak key(
      @Nullable MkaParticipant owner,
      MemberIdentifier server,
      int number,
      CipherSuite suite,
      @Nullable DistributedSak set) {
    Sak.AgreedKey agreed =
        new Sak.AgreedKey(
            new MkaKeyIdentifier(server, number + 1),
            AssociationNumber.of(number),
            suite,
            ConfidentialityOffset.OFFSET_0);
    Map<MemberIdentifier, Ssci> members =
        Map.of(SELF, Ssci.of(1), member(2), Ssci.of(2), member(3), Ssci.of(3));
    byte[] octets = new byte[suite.keyLength()];
    return new Sak(owner, SELF, agreed, SakLifecycle.key(agreed, octets), members, set, 0);
  }

  /** The peer lists live members by their numbers. */
  static void lists(Peer peer, int... numbers) {
    peer.lists(entries(numbers), List.of());
  }

  /** The peer lists potential members by their numbers, and no live ones. */
  static void hearsOf(Peer peer, int... numbers) {
    peer.lists(List.of(), entries(numbers));
  }

  private static List<PeerEntry> entries(int... numbers) {
    return Arrays.stream(numbers).mapToObj(number -> new PeerEntry(member(number), 1)).toList();
  }

  /** The peer says that it receives with a key, and whether it sends with it, too. */
  static void uses(Peer peer, Sak key, boolean sends) {
    says(peer, new KeyUse(key.an(), sends, true, key.identifier(), 1), false);
  }

  /** The peer has a key, and protects itself from delay. */
  static void protectsFromDelay(Peer peer, Sak key, long lowestPn) {
    says(peer, new KeyUse(key.an(), true, true, key.identifier(), lowestPn), true);
  }

  private static void says(Peer peer, KeyUse latest, boolean delayProtect) {
    MacsecSakUse use = MacsecSakUse.of(latest, KeyUse.NONE, false, false, delayProtect);
    peer.sakUse(new SakUseReport(use, Optional.empty()));
  }
}
