package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.AssociationNumber.AN_0;
import static org.macsec4j.AssociationNumber.AN_1;
import static org.macsec4j.AssociationNumber.AN_2;
import static org.macsec4j.AssociationNumber.AN_3;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;

/**
 * Which number is taken when some are free, only linger, are received with, are sent with. What the
 * port and the peers use is given here, as it is hard to bring about all of it with keys.
 */
class AssociationNumberChoiceTest {
  private static final MemberIdentifier MEMBER = MemberIdentifier.parse("ab".repeat(12));
  private static final long GIVEN_AT = 1_000;
  private static final long FIRST_NUMBER = 41;

  private final PortContext context =
      new PortContext(Configs.group(128), Sci.parse("0200000000010001"), octets -> {});
  private final ControlledPort port = mock(ControlledPort.class);
  private final ControlledPort.Peers peers = mock(ControlledPort.Peers.class);
  private final AssociationNumberChoice choice = new AssociationNumberChoice(context, port, peers);

  @BeforeEach
  void nobodyUsesAny() {
    uses(Set.of(), Set.of());
    when(peers.inEveryCa()).thenReturn(List.of());
  }

  private void uses(Set<AssociationNumber> used, Set<AssociationNumber> lingering) {
    EnumSet<AssociationNumber> both = EnumSet.noneOf(AssociationNumber.class);
    both.addAll(used);
    both.addAll(lingering);
    when(port.associationNumbers(false)).thenReturn(used);
    when(port.associationNumbers(true)).thenReturn(both);
  }

  private void sends(AssociationNumber... numbers) {
    for (AssociationNumber number : numbers) {
      when(port.transmits(number)).thenReturn(true);
    }
  }

  private void peersUse(Peer... said) {
    when(peers.inEveryCa()).thenReturn(List.of(said));
  }

  private static Peer peer(AssociationNumber number, boolean sends) {
    KeyUse use = new KeyUse(number, sends, true, new MkaKeyIdentifier(MEMBER, 1), 1);
    Peer peer = mock(Peer.class);
    when(peer.sakUse())
        .thenReturn(
            new SakUseReport(
                MacsecSakUse.of(use, KeyUse.NONE, false, false, false), Optional.empty()));
    return peer;
  }

  /** A key was made for a member that has acknowledged no more than a message number. */
  private void given(AssociationNumber number, long acknowledged) {
    Peer member = mock(Peer.class);
    when(member.memberIdentifier()).thenReturn(MEMBER);
    when(member.acknowledged()).thenReturn(acknowledged);
    PeerTable table = mock(PeerTable.class);
    when(table.live()).thenReturn(List.of(member));
    ActorIdentity identity = mock(ActorIdentity.class);
    when(identity.messageNumber()).thenReturn(FIRST_NUMBER - 1);
    MkaParticipant owner = mock(MkaParticipant.class);
    when(owner.identity()).thenReturn(identity);
    when(owner.peers()).thenReturn(table);
    Sak sak = mock(Sak.class);
    when(sak.owner()).thenReturn(owner);
    when(sak.an()).thenReturn(number);
    when(sak.members()).thenReturn(Set.of(MEMBER));
    choice.handedOut(sak, GIVEN_AT);
  }

  private AssociationNumber next() {
    return choice.next(GIVEN_AT);
  }

  @Test
  void theNumbersGoRound() {
    assertThat(next()).isEqualTo(AN_0);
    given(AN_2, FIRST_NUMBER);
    assertThat(next()).isEqualTo(AN_3);
    given(AN_3, FIRST_NUMBER);
    assertThat(next()).isEqualTo(AN_0);
  }

  @Test
  void oneThatIsUsedIsPassedOver() {
    uses(Set.of(AN_0), Set.of());
    assertThat(next()).isEqualTo(AN_1);
    peersUse(peer(AN_1, false));
    assertThat(next()).isEqualTo(AN_2);
  }

  @Test
  void oneThatOnlyLingersIsTheNextBest() {
    uses(Set.of(AN_0), Set.of(AN_1));
    assertThat(next()).isEqualTo(AN_2);
    uses(Set.of(AN_0, AN_3), Set.of(AN_1, AN_2));
    assertThat(next()).isEqualTo(AN_1);
    peersUse(peer(AN_1, false));
    assertThat(next()).isEqualTo(AN_2);
  }

  @Test
  void thenOneThatNobodySendsWith() {
    uses(EnumSet.allOf(AssociationNumber.class), Set.of());
    sends(AN_0);
    assertThat(next()).isEqualTo(AN_1);
    peersUse(peer(AN_1, true), peer(AN_2, true));
    assertThat(next()).isEqualTo(AN_3);
    assertThat(choice.isCrowded(GIVEN_AT)).isFalse();
  }

  /** The key of another key server: nobody tells us when its members begin to send with it. */
  @Test
  void thenOneThatNobodyWasReadyToSendWith() {
    uses(EnumSet.allOf(AssociationNumber.class), Set.of());
    peersUse(peer(AN_0, false));
    assertThat(next()).as("it may send by now, without having said so").isEqualTo(AN_1);
    peersUse(peer(AN_2, false));
    sends(AN_0, AN_1, AN_3);
    assertThat(choice.isCrowded(GIVEN_AT)).isTrue();
    assertThat(next()).as("better than one that is sent with").isEqualTo(AN_2);
  }

  @Test
  void thenOneThatWeDoNotUseOurselves() {
    uses(Set.of(AN_0, AN_1, AN_3), Set.of());
    peersUse(peer(AN_0, true), peer(AN_1, true), peer(AN_2, true), peer(AN_3, true));
    assertThat(next()).isEqualTo(AN_2);
    assertThat(choice.isCrowded(GIVEN_AT)).isTrue();
  }

  @Test
  void andAnyWhenAllAreSentWith() {
    uses(EnumSet.allOf(AssociationNumber.class), Set.of());
    sends(AN_0, AN_1, AN_2, AN_3);
    assertThat(next()).isEqualTo(AN_0);
    given(AN_1, FIRST_NUMBER);
    assertThat(next()).isEqualTo(AN_2);
  }

  @Test
  void oneIsInDoubtUntilTheMemberAnswersTheMkpduThatGaveIt() {
    given(AN_0, FIRST_NUMBER - 1);
    uses(Set.of(AN_1, AN_2, AN_3), Set.of());
    assertThat(next()).as("whoever has it may send with it").isNotEqualTo(AN_0);
    given(AN_0, FIRST_NUMBER);
    assertThat(next()).isEqualTo(AN_0);
  }

  @Test
  void oneIsInDoubtForALifeTimeAtMost() {
    given(AN_0, FIRST_NUMBER - 1);
    uses(Set.of(AN_1, AN_2, AN_3), Set.of());
    long end = GIVEN_AT + context.lifeNanos;
    assertThat(choice.next(end - 1)).isNotEqualTo(AN_0);
    assertThat(choice.next(end)).isEqualTo(AN_0);
  }
}
