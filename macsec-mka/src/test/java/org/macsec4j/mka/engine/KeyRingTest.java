package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.macsec4j.Sci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;

/** The keys of a port, without any peer: their order, their times and their end. */
class KeyRingTest {
  private static final Cak CAK = Cak.parse("000102030405060708090a0b0c0d0e0f");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final long NOW = 5_000;

  private final PortContext context;
  private final KeyRing ring;

  KeyRingTest() {
    MkaConfig config = MkaConfig.builder().keys(key(1), key(2)).build();
    context =
        new PortContext(config, Sci.parse("0200000000010001"), octets -> octets[0] = (byte) 1);
    ring = new PortParts(context).ring;
  }

  private static Ckn name(int number) {
    return Ckn.parse("0%d".formatted(number));
  }

  private static PreSharedKey key(int number) {
    return PreSharedKey.of(name(number), CAK);
  }

  private MkaParticipant participant(int number) {
    return Objects.requireNonNull(ring.participant(name(number)));
  }

  private List<Ckn> names() {
    return ring.keys().stream().map(PreSharedKey::ckn).toList();
  }

  private static List<Ckn> names(int... numbers) {
    return Arrays.stream(numbers).mapToObj(KeyRingTest::name).toList();
  }

  private List<MkaEvent> events() {
    return Stream.generate(context::poll)
        .takeWhile(Objects::nonNull)
        .flatMap(
            output ->
                output instanceof MkaOutput.Event event ? Stream.of(event.event()) : Stream.empty())
        .toList();
  }

  private void start() {
    ring.handleClock(NOW, NOON);
    ring.settle(NOW);
  }

  @Test
  void aKeyThatIsTakenAwayIsZeroedAndTold() {
    start();
    MkaParticipant first = participant(1);
    events();
    assertThat(ring.remove(name(1), MkaEvent.KeyEnded.Cause.REMOVED)).isTrue();
    assertThat(first.isRunning()).isFalse();
    assertThat(first.keys().isDestroyed()).isTrue();
    assertThat(participant(2).keys().isDestroyed()).isFalse();
    assertThat(names()).isEqualTo(names(2));
    assertThat(events()).contains(new MkaEvent.KeyEnded(name(1), MkaEvent.KeyEnded.Cause.REMOVED));
  }

  @Test
  void aKeyThatIsNotThereIsNotTakenAway() {
    assertThat(ring.remove(name(7), MkaEvent.KeyEnded.Cause.REMOVED)).isFalse();
    assertThat(names()).isEqualTo(names(1, 2));
  }

  @Test
  void allKeysAreZeroedInTheEnd() {
    start();
    List<MkaParticipant> all = new ArrayList<>(ring.running());
    ring.stop();
    assertThat(all).hasSize(2).noneMatch(MkaParticipant::isRunning);
    ring.destroy();
    assertThat(all).allMatch(participant -> participant.keys().isDestroyed());
  }

  @Test
  void whatIsToReplaceNothingIsAdded() {
    ring.replace(name(7), key(3));
    assertThat(names()).isEqualTo(names(1, 2, 3));
    start();
    ring.inUse(participant(3));
    assertThat(names()).isEqualTo(names(1, 2, 3));
  }

  @Test
  void whatReplacesAKeyComesBeforeItAndEndsItWhenItIsInUse() {
    ring.replace(name(2), key(3));
    assertThat(names()).isEqualTo(names(1, 3, 2));
    start();
    ring.inUse(participant(1));
    ring.inUse(participant(2));
    assertThat(names()).isEqualTo(names(1, 3, 2));
    ring.inUse(participant(3));
    assertThat(names()).isEqualTo(names(1, 3));
  }

  /** Else the new key would wait behind one that began later than it, and never come into use. */
  @Test
  void whatReplacesAKeyThatBeganBeginsNoEarlierThanIt() {
    PreSharedKey morning = key(4).validFrom(NOON.minusSeconds(3600));
    ring.add(morning);
    assertThat(names()).isEqualTo(names(4, 1, 2));
    ring.replace(name(4), key(5));
    assertThat(names()).isEqualTo(names(5, 4, 1, 2));
    ring.replace(name(5), key(6).validFrom(NOON));
    assertThat(names()).isEqualTo(names(6, 5, 4, 1, 2));
  }

  @Test
  void theFirstOfTheKeysThatRunIsPreferred() {
    ring.add(key(3).asFallback());
    start();
    assertThat(ring.isPreferred(participant(1), participant(2))).isTrue();
    assertThat(ring.isPreferred(participant(2), participant(1))).isFalse();
    assertThat(ring.isPreferred(participant(2), participant(2))).isFalse();
    assertThat(ring.isPreferred(participant(3), participant(2))).isFalse();
  }

  @Test
  void keysBeginAndEndWhenTheClockSaysSo() {
    ring.add(key(3).validFrom(NOON.plusSeconds(10)).validUntil(NOON.plusSeconds(30)));
    start();
    assertThat(participant(3).isRunning()).isFalse();
    long begin = NOW + Duration.ofSeconds(10).toNanos();
    long end = NOW + Duration.ofSeconds(30).toNanos();
    assertThat(ring.nextDeadlineAfter(NOW)).isEqualTo(begin);
    assertThat(ring.restsUntil()).isEqualTo(begin);
    ring.settle(begin - 1);
    assertThat(participant(3).isRunning()).isFalse();
    ring.settle(begin);
    assertThat(participant(3).isRunning()).isTrue();
    assertThat(ring.nextDeadlineAfter(begin)).isEqualTo(end);
    ring.settle(end);
    assertThat(names()).isEqualTo(names(1, 2));
    assertThat(ring.nextDeadlineAfter(end)).isEqualTo(TimerTable.NEVER);
    assertThat(events()).endsWith(new MkaEvent.KeyEnded(name(3), MkaEvent.KeyEnded.Cause.EXPIRED));
  }

  @Test
  void aBeginTooFarAwayToBeCountedIsNoDeadline() {
    ring.add(key(3).validFrom(NOON.plus(Duration.ofDays(36_501))));
    start();
    assertThat(ring.nextDeadlineAfter(NOW)).isEqualTo(TimerTable.NEVER);
    ring.add(key(4).validFrom(NOON.plus(Duration.ofDays(36_500))));
    ring.settle(NOW);
    assertThat(ring.nextDeadlineAfter(NOW)).isEqualTo(NOW + Duration.ofDays(36_500).toNanos());
  }

  @Test
  void anotherRingWithTheSameKeysTakesOverWhatIsUnderWay() {
    ring.replace(name(2), key(3));
    PortContext other =
        new PortContext(
            MkaConfig.builder().keys(ring.keys().toArray(new PreSharedKey[0])).build(),
            context.sci,
            context.entropy);
    KeyRing next = new PortParts(other).ring;
    next.keep(ring);
    next.settle(NOW);
    next.inUse(Objects.requireNonNull(next.participant(name(3))));
    assertThat(next.keys().stream().map(PreSharedKey::ckn)).isEqualTo(names(1, 3));
  }
}
