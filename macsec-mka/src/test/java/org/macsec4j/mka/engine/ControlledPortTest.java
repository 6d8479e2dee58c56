package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.AssociationNumber.AN_0;
import static org.macsec4j.AssociationNumber.AN_1;
import static org.macsec4j.AssociationNumber.AN_2;
import static org.macsec4j.mka.engine.Actors.ours;
import static org.macsec4j.mka.engine.Actors.participant;
import static org.macsec4j.mka.engine.Actors.peer;
import static org.macsec4j.mka.engine.Actors.theirs;
import static org.macsec4j.mka.engine.Actors.uses;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.RekeyReason;

/** The keys of a port, from the offer to their end, without anybody who makes or sends them. */
class ControlledPortTest implements ControlledPort.Peers {
  private static final MkaConfig CONFIG = Configs.group(128);
  private static final long HELLO = CONFIG.helloTime().toNanos();
  private static final long LIFE = CONFIG.lifeTime().toNanos();
  private static final long RETIRE = CONFIG.sakRetireTime().toNanos();

  private final PortContext context = new PortContext(CONFIG, World.sci(1), octets -> {});
  private final ControlledPort port = new ControlledPort(context, this);
  private final Peer peer = peer(2);
  private final Peer other = peer(3);
  private final MkaParticipant owner = participant(peer, other);
  private final List<String> events = new ArrayList<>();
  private List<Peer> live = List.of(peer, other);
  private Function<SecyCommand, MacsecException> failure = command -> null;
  private long now = 1_000;

  ControlledPortTest() {
    port.start(now);
  }

  @Override
  public List<Peer> live() {
    return live;
  }

  @Override
  public List<Peer> inEveryCa() {
    return live;
  }

  @Override
  public boolean isWithoutMacsec() {
    return false;
  }

  private static MacsecException refused(MacsecException.Kind kind) {
    return new MacsecException(kind, "refused by the test");
  }

  /** Lets the SecY carry out all that the port wants of it. */
  private void settle() {
    boolean more = true;
    while (more) {
      port.settle(now);
      more = false;
      MkaOutput output;
      while ((output = context.poll()) != null) {
        if (output instanceof MkaOutput.Apply apply) {
          MacsecException cause = failure.apply(apply.command());
          SecyResult result = cause == null ? SecyResult.done() : new SecyResult.Failed(cause);
          port.handleResult(now, apply.id(), result);
          more = true;
        } else if (output instanceof MkaOutput.Event event) {
          events.add(word(event.event()));
        }
      }
    }
  }

  private static String word(MkaEvent event) {
    if (event instanceof MkaEvent.SakInstalled installed) {
      return "installed " + installed.an();
    } else if (event instanceof MkaEvent.SakInUse inUse) {
      return "in use " + inUse.an();
    } else if (event instanceof MkaEvent.SakRetired retired) {
      return "retired " + retired.an();
    } else if (event instanceof MkaEvent.Secured secured) {
      return "secured with " + secured.key().keyNumber();
    }
    return event.getClass().getSimpleName();
  }

  /** A key is offered, and all are ready for it. */
  private void take(Sak key) {
    port.offer(key);
    settle();
    uses(peer, key, true);
    uses(other, key, true);
    settle();
  }

  private void later(long nanos) {
    now += nanos;
    settle();
  }

  // The life of a key.

  @Test
  void aKeyIsReceivedThenSentWithThenSecuresThePort() {
    Sak key = ours(owner, 0);
    port.offer(key);
    assertThat(port.newest()).isSameAs(key);
    assertThat(port.isSettled()).isFalse();
    settle();
    assertThat(events).containsExactly("installed 0");
    assertThat(port.isInUse(owner)).isFalse();
    uses(peer, key, false);
    uses(other, key, false);
    settle();
    assertThat(events).containsExactly("installed 0", "in use 0", "secured with 1");
    assertThat(port.isSecured()).isTrue();
    assertThat(port.isInUse(owner)).isTrue();
    assertThat(port.isInUse(participant())).isFalse();
    assertThat(port.isSettled()).isTrue();
    assertThat(context.counters.saksInstalled).isEqualTo(1);
  }

  @Test
  void theNextKeyTakesOverAndTheOldOneRetiresOnceAllSendWithTheNext() {
    Sak first = ours(owner, 0);
    Sak second = ours(owner, 1);
    take(first);
    events.clear();
    port.offer(second);
    settle();
    assertThat(port.isSettled()).isFalse();
    assertThat(port.transmits(AN_0)).isTrue();
    assertThat(port.transmits(AN_1)).isFalse();
    uses(peer, second, false);
    uses(other, second, false);
    settle();
    assertThat(events).containsExactly("installed 1", "in use 1");
    assertThat(port.transmits(AN_1)).isTrue();
    uses(peer, second, true);
    uses(other, second, true);
    settle();
    assertThat(port.transmits(AN_0)).isFalse();
    // Others' frames may be under way.
    assertThat(port.associationNumbers(false)).containsExactly(AN_1);
    assertThat(port.associationNumbers(true)).containsExactly(AN_0, AN_1);
    later(RETIRE - 1);
    assertThat(first.isDestroyed()).isFalse();
    later(1);
    assertThat(events).containsExactly("installed 1", "in use 1", "retired 0");
    assertThat(first.isDestroyed()).isTrue();
    assertThat(port.associationNumbers(true)).containsExactly(AN_1);
  }

  @Test
  void aKeyThatSomebodyStillSendsWithLingersLonger() {
    Sak first = ours(owner, 0);
    Sak second = ours(owner, 1);
    take(first);
    port.offer(second);
    settle();
    uses(peer, second, true);
    uses(other, first, true);
    later(LIFE);
    later(RETIRE + 2 * LIFE);
    later(RETIRE);
    assertThat(first.isDestroyed()).isFalse();
    uses(other, second, true);
    settle();
    assertThat(first.isDestroyed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsNotReadyIsWaitedForALifeTimeOrAHelloWhenSomebodyHasNoKey(boolean urgent) {
    take(ours(owner, 0));
    Sak second = ours(owner, 1);
    if (urgent) {
      second.setUrgent();
    }
    port.offer(second);
    settle();
    uses(peer, second, false);
    later((urgent ? HELLO : LIFE) - 1);
    assertThat(port.transmits(AN_1)).isFalse();
    later(1);
    assertThat(port.transmits(AN_1)).isTrue();
  }

  @Test
  void aKeyThatIsOfferedBeforeTheLastOneWasTakenTakesItsPlace() {
    Sak passed = ours(owner, 0);
    port.offer(passed);
    port.offer(ours(owner, 1));
    settle();
    assertThat(passed.isDestroyed()).isTrue();
    assertThat(events).containsExactly("retired 0", "installed 1");
  }

  // Whose it is.

  @Test
  void aKeyWorksWhileItIsFreshOrReceivedBySomebody() {
    assertThat(port.isWorking(0, owner)).isFalse();
    port.offer(ours(owner, 0));
    assertThat(port.isWorking(HELLO - 1, owner)).isTrue();
    assertThat(port.isWorking(HELLO - 1, participant())).isFalse();
    assertThat(port.isWorking(HELLO, owner)).isFalse();
    when(owner.isReceivedByAny(any())).thenReturn(true);
    assertThat(port.isWorking(HELLO, owner)).isTrue();
  }

  @Test
  void aPacketNumberBeyondItsThresholdIsNewsOnce() {
    take(ours(owner, 0));
    PacketNumber threshold = CONFIG.pnThreshold(CipherSuite.GCM_AES_128);
    clearInvocations(owner);
    assertThat(port.handlePacketNumber(AN_1, threshold)).isFalse();
    assertThat(port.handlePacketNumber(AN_0, PacketNumber.of(threshold.value() - 1))).isFalse();
    verify(owner, never()).news();
    assertThat(port.handlePacketNumber(AN_0, threshold)).isTrue();
    verify(owner).news();
    assertThat(port.handlePacketNumber(AN_0, threshold)).isFalse();
    verify(owner).news();
  }

  // Room.

  @Test
  void aKeyWithTheNumberOfOneThatLingersEndsIt() {
    Sak first = ours(owner, 0);
    take(first);
    take(ours(owner, 1));
    assertThat(first.isDestroyed()).isFalse();
    port.offer(ours(owner, 0));
    settle();
    assertThat(first.isDestroyed()).isTrue();
    assertThat(events).contains("retired 0").endsWith("installed 0");
  }

  @Test
  void aKeyWithTheNumberOfTheOldOneEndsIt() {
    Sak first = ours(owner, 0);
    take(first);
    port.offer(ours(owner, 1));
    settle();
    assertThat(port.old()).isSameAs(first);
    port.offer(theirs(owner, 0));
    settle();
    assertThat(first.isDestroyed()).isTrue();
    assertThat(port.isSecured()).isFalse();
    assertThat(events).contains("retired 0", "Unsecured");
  }

  @Test
  void aKeyWithTheNumberOfTheLatestOneEndsIt() {
    Sak first = ours(owner, 0);
    take(first);
    port.offer(theirs(owner, 0));
    settle();
    assertThat(first.isDestroyed()).isTrue();
    assertThat(port.latest()).isNotSameAs(first);
    assertThat(events).containsSubsequence("retired 0", "installed 0");
  }

  /** It may send with it already, and to turn back would lose frames to those who have it alone. */
  @Test
  void aNewerKeyWaitsWhileTheSecyIsToldToSendWithTheLatest() {
    take(ours(owner, 0));
    Sak second = ours(owner, 1);
    port.offer(second);
    settle();
    uses(peer, second, false);
    uses(other, second, false);
    port.settle(now);
    Sak third = ours(owner, 2);
    port.offer(third);
    port.settle(now);
    assertThat(port.latest()).isSameAs(second);
    assertThat(port.newest()).isSameAs(third);
    assertThat(port.associationNumbers(false)).containsExactly(AN_0, AN_1, AN_2);
  }

  // The end.

  @Test
  void withoutAPeerAllKeysGoAndThePortIsUnsecuredOnce() {
    Sak first = ours(owner, 0);
    Sak second = ours(owner, 1);
    take(first);
    take(second);
    Sak offered = ours(owner, 2);
    port.offer(offered);
    events.clear();
    live = List.of();
    settle();
    assertThat(List.of(first, second, offered)).allMatch(Sak::isDestroyed);
    assertThat(events)
        .containsExactlyInAnyOrder("retired 0", "retired 1", "retired 2", "Unsecured");
    later(1);
    assertThat(events).hasSize(4);
    assertThat(port.associationNumbers(true)).isEmpty();
    // Our own keys need nobody's help to be replaced.
    verify(owner, never()).keyForgotten(any());
  }

  @Test
  void aKeyServersKeyThatIsForgottenIsToldItsParticipantUnlessThePortStops() {
    Sak first = theirs(owner, 0);
    take(first);
    live = List.of();
    settle();
    verify(owner).keyForgotten(first);
    live = List.of(peer, other);
    Sak second = theirs(owner, 1);
    take(second);
    port.stop();
    settle();
    assertThat(second.isDestroyed()).isTrue();
    verify(owner, never()).keyForgotten(second);
  }

  @Test
  void theKeyOfACaThatIsNoMoreGoesAfterTwoLifeTimes() {
    Sak key = ours(owner, 0);
    take(key);
    when(owner.isRunning()).thenReturn(false);
    later(1);
    later(2 * LIFE - 1);
    assertThat(key.isDestroyed()).isFalse();
    later(1);
    assertThat(key.isDestroyed()).isTrue();
    assertThat(port.isSecured()).isFalse();
    assertThat(events).endsWith("Unsecured");
  }

  @Test
  void theKeyOfACaThatCameBackStays() {
    Sak key = ours(owner, 0);
    take(key);
    when(owner.isRunning()).thenReturn(false);
    later(LIFE);
    when(owner.isRunning()).thenReturn(true);
    later(1);
    when(owner.isRunning()).thenReturn(false);
    later(1);
    later(2 * LIFE - 1);
    assertThat(key.isDestroyed()).isFalse();
  }

  // What the SecY lost.

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyThatCannotBeSentWithGoesAndAnotherIsWanted(boolean ours) {
    Sak key = ours ? ours(owner, 0) : theirs(owner, 0);
    failure =
        command ->
            command instanceof SecyCommand.InstallTransmitSa
                ? refused(MacsecException.Kind.PACKET_NUMBER)
                : null;
    port.offer(key);
    settle();
    assertThat(key.isDestroyed()).isTrue();
    assertThat(port.latest()).isNull();
    assertWanted(ours);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyThatCannotBeReceivedWithAnyMoreIsReplaced(boolean ours) {
    Sak key = ours ? ours(owner, 0) : theirs(owner, 0);
    take(key);
    failure =
        command ->
            command instanceof SecyCommand.RaiseLowestPn
                ? refused(MacsecException.Kind.NOT_FOUND)
                : null;
    Actors.protectsFromDelay(peer, key, 9);
    settle();
    assertThat(key.isDestroyed()).isFalse();
    assertWanted(ours);
  }

  private void assertWanted(boolean ours) {
    if (ours) {
      verify(owner.lifecycle()).request(RekeyReason.SECY_REFUSED);
      verify(owner, never()).startOver();
    } else {
      verify(owner).startOver();
    }
  }

  @Test
  void whatIsLostOfAnOlderKeyWantsNoOther() {
    take(ours(owner, 0));
    failure =
        command ->
            command instanceof SecyCommand.InstallReceiveSa
                ? refused(MacsecException.Kind.NOT_FOUND)
                : null;
    port.offer(ours(owner, 1));
    settle();
    verify(owner.lifecycle(), never()).request(any());
  }

  @Test
  void aSuiteThatTheSecyRefusesIsToldToTheParticipant() {
    failure =
        command ->
            command instanceof SecyCommand.InstallReceiveSa
                ? refused(MacsecException.Kind.UNSUPPORTED)
                : null;
    port.offer(ours(owner, 0));
    settle();
    verify(owner, atLeastOnce()).suiteRefused(CipherSuite.GCM_AES_128);
    assertThat(port.complaint()).contains("install the receive SA");
  }
}
