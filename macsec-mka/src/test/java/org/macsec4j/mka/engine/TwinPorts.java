package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.wire.BasicParameterSet;

/**
 * A port and its twin. The twin gets the same inputs at the same times and has to say the same,
 * octet for octet. Commands wait in the hand until the test answers them; what was answered as done
 * is carried out by a {@link StubSecy}, which fails the test when a command breaks a rule.
 *
 * <p>What must hold whatever came before is checked after each input.
 */
final class TwinPorts {
  /** More than any input makes a port say: each peer may come, go and be answered. */
  private static final int MAX_OUTPUTS = 64;

  private final Member member;
  private final Consumer<byte[]> wire;
  private final Map<MemberIdentifier, Long> messageNumbers = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private MkaPort twin;
  private MkaOutput.Apply underWay;
  private long lastId;
  private boolean started;
  private boolean stopped;
  private boolean truthful = true;
  private MkaCounters before;
  private int lives;
  private boolean wasSecured;
  private long now;

  TwinPorts(String name, int number, MkaConfig config, Consumer<byte[]> wire) {
    this.member = new Member(new World(number), name, World.sci(number), config);
    this.wire = wire;
    beBorn();
  }

  private void beBorn() {
    lives++;
    long seed = member.world.seed * 1000 + lives;
    member.port = MkaPort.create(member.config, member.sci, EntropySource.seeded(seed));
    twin = MkaPort.create(member.config, member.sci, EntropySource.seeded(seed));
    member.secy = new StubSecy(member);
    underWay = null;
    lastId = 0;
    started = false;
    stopped = false;
    truthful = true;
    before = member.port.status().counters();
  }

  MkaPort port() {
    return member.port;
  }

  boolean isStarted() {
    return started;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean wasSecured() {
    return wasSecured;
  }

  boolean hasCommand() {
    return underWay != null;
  }

  // Inputs.

  void input(long time, Consumer<MkaPort> input) {
    now = time;
    input.accept(member.port);
    input.accept(twin);
    drain();
    if (member.port.nextDeadline() <= now) {
      // An input that changed nothing; the deadline was there before, and one timeout serves it.
      member.port.handleTimeout(now);
      twin.handleTimeout(now);
      drain();
    }
    check();
  }

  /** A restart of the process: a new port, and a SecY made for it. */
  void restart(long time) {
    beBorn();
    start(time);
  }

  void start(long time) {
    started = true;
    input(time, port -> port.start(time));
  }

  void stop(long time) {
    stopped = true;
    input(time, port -> port.stop(time));
  }

  /** Answers the command that is under way: carried out, or refused for a cause. */
  void answer(long time, MacsecException.Kind refusal) {
    if (underWay == null) {
      return;
    }
    MkaOutput.Apply apply = underWay;
    underWay = null;
    // These two say what a SecY holds, and it is not so.
    truthful &= refusal != MacsecException.Kind.NOT_FOUND && refusal != MacsecException.Kind.EXISTS;
    member.secy.failure =
        command -> refusal == null ? null : new MacsecException(refusal, "refused by the test");
    SecyResult result = member.secy.apply(apply.command());
    input(time, port -> port.handleResult(time, apply.id(), result));
  }

  /** Carries out commands until there is none. */
  void work(long time) {
    for (int commands = 0; underWay != null; commands++) {
      assertThat(commands).as("commands at one moment").isLessThan(200);
      answer(time, null);
    }
  }

  /** An answer that nobody waits for. */
  void answerNothing(long time, long offset) {
    long id = lastId + offset;
    if (underWay == null || id != underWay.id()) {
      input(time, port -> port.handleResult(time, id, SecyResult.done()));
    }
  }

  // Outputs.

  private void drain() {
    int count = 0;
    for (MkaOutput output; (output = member.port.poll()) != null; count++) {
      assertSame(output, twin.poll());
      if (output instanceof MkaOutput.Transmit transmit) {
        transmitted(transmit.frame());
      } else if (output instanceof MkaOutput.Apply apply) {
        assertThat(underWay).as("commands under way before %s", apply.command()).isNull();
        assertThat(apply.id()).isGreaterThan(lastId);
        assertThat(answered.add(lives + " " + apply.id())).isTrue();
        lastId = apply.id();
        underWay = apply;
      }
    }
    assertThat(twin.poll()).isNull();
    assertThat(count).as("outputs for one input").isLessThanOrEqualTo(MAX_OUTPUTS);
  }

  private static void assertSame(MkaOutput output, MkaOutput ofTwin) {
    if (output instanceof MkaOutput.Transmit mine && ofTwin instanceof MkaOutput.Transmit other) {
      assertThat(other.frame()).isEqualTo(mine.frame());
    } else if (output instanceof MkaOutput.Event mine) {
      // Causes of refusals are the same object, everything else a value.
      assertThat(ofTwin).isEqualTo(mine);
    } else {
      assertThat(ofTwin).isEqualTo(output);
    }
  }

  private void transmitted(byte[] frame) {
    assertThat(stopped).as("a frame after the stop").isFalse();
    BasicParameterSet basic = ScriptedPeer.decode(frame).basic();
    Long last = messageNumbers.put(basic.actorMemberIdentifier(), basic.actorMessageNumber());
    assertThat(basic.actorMessageNumber())
        .as("message numbers rise")
        .isGreaterThan(last == null ? 0 : last);
    member.sent.add(frame);
    wire.accept(frame);
  }

  // What must hold always.

  private void check() {
    MkaStatus status = member.port.status();
    assertThat(twin.status()).isEqualTo(status);
    assertThat(twin.nextDeadline()).isEqualTo(member.port.nextDeadline());
    assertThat(member.port.nextDeadline()).as("a deadline lies ahead").isGreaterThan(now);
    checkCounters(status.counters());
    checkPeers(status);
    checkSecured(status);
    if (member.config.accessPolicy().isMustSecure()) {
      assertThat(member.secy.passesInClear()).as("in clear under must-secure").isFalse();
    }
  }

  private void checkCounters(MkaCounters counters) {
    for (ToLongFunction<MkaCounters> counter : CountersTest.ALL) {
      assertThat(counter.applyAsLong(counters)).isGreaterThanOrEqualTo(counter.applyAsLong(before));
    }
    for (DropReason reason : before.drops().keySet()) {
      assertThat(counters.dropped(reason)).isGreaterThanOrEqualTo(before.dropped(reason));
    }
    before = counters;
  }

  private void checkPeers(MkaStatus status) {
    Set<Ckn> names = new HashSet<>();
    for (MkaStatus.Participant participant : status.participants()) {
      assertThat(names.add(participant.ckn())).as("one participant for a key").isTrue();
      assertThat(participant.peers()).hasSizeLessThanOrEqualTo(member.config.maxPeers());
      Set<Object> live = new HashSet<>();
      Set<MemberIdentifier> members = new HashSet<>();
      for (MkaPeer peer : participant.peers()) {
        assertThat(members.add(peer.memberIdentifier())).isTrue();
        assertThat(peer.sci()).isNotEqualTo(member.sci);
        assertThat(!peer.live() || live.add(peer.sci())).as("one live peer for an SCI").isTrue();
      }
    }
    assertThat(status.participants().stream().filter(MkaStatus.Participant::principal)).hasSize(1);
    assertThat(status.keyServer().isPresent())
        .as("a key server where somebody is live")
        .isEqualTo(!status.livePeers().isEmpty());
  }

  private void checkSecured(MkaStatus status) {
    assertThat(member.port.isSecured()).isEqualTo(status.secured());
    if (status.latest().isPresent() && status.old().isPresent()) {
      assertThat(status.latest().get().an()).isNotEqualTo(status.old().get().an());
      assertThat(status.latest().get().identifier()).isNotEqualTo(status.old().get().identifier());
    }
    if (!status.secured()) {
      return;
    }
    wasSecured = true;
    boolean alone =
        status.participants().stream().flatMap(p -> p.peers().stream()).noneMatch(MkaPeer::live);
    if (alone || stopped) {
      boolean closing = underWay != null || status.counters().commandsFailed() > 0;
      assertThat(closing).as("without a live peer the port is being closed").isTrue();
    } else {
      assertThat(status.transmitKey().or(status::receiveKey)).as("a key in use").isPresent();
    }
    if (truthful) {
      assertThat(member.secy.transmitKey()).as("the SecY transmits with a key").isNotNull();
    }
  }
}
