package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.engine.MkaOutput;
import org.macsec4j.mka.statespace.Ledger.Deed;
import org.macsec4j.mka.statespace.Step.Fault;

/**
 * One thing that happens to one member, and all that comes of it.
 *
 * @param after what the member is then
 * @param sent the frames that it sent
 * @param deeds what it did with keys
 * @param commands how many commands its SecY got
 */
record Turn(MemberState after, List<Frame> sent, List<Deed> deeds, int commands) {
  /** More commands in one turn than any plan needs would be a circle. */
  private static final int MAX_COMMANDS = 100;

  /** A turn under way. */
  static final class Course {
    private final ObjectGraph graph;
    private final SmallMember member;
    private final Step step;
    private final long now;
    private final Consumer<Object> log;
    private final List<Frame> sent = new ArrayList<>(1);
    private final List<Deed> deeds = new ArrayList<>(1);
    private int commands;

    Course(ObjectGraph graph, SmallMember member, Step step, long now, Consumer<Object> log) {
      this.graph = graph;
      this.member = member;
      this.step = step;
      this.now = now;
      this.log = log;
    }

    /** Lets it happen; the frame is the one that comes, null when none does. */
    Turn run(Frame frame) {
      switch (step.kind()) {
        case START -> member.start(now);
        case ANSWER -> member.answerLate(now);
        case REKEY -> member.port.rekey(now);
        case TIMEOUT -> member.port.handleTimeout(now);
        case DELIVER, RELEASE, DUPLICATE -> member.port.handleFrame(now, frame.octets());
        case CRASH -> member.crash(false);
        case CRASH_LEAVING_SECY -> member.crash(true);
        case LOSE, HOLD -> throw new AssertionError("nothing happens to a member: " + step);
      }
      if (member.isUp()) {
        drain();
      }
      return new Turn(MemberState.of(graph, member, now), sent, deeds, commands);
    }

    private void drain() {
      MkaOutput output;
      while ((output = member.port.poll()) != null) {
        if (output instanceof MkaOutput.Transmit transmit) {
          Frame frame = Frame.of(graph, transmit.frame());
          log.accept(frame.mkpdu());
          sent.add(frame);
        } else if (output instanceof MkaOutput.Apply apply) {
          apply(apply);
        } else if (output instanceof MkaOutput.Event event) {
          log.accept(event.event());
        }
      }
    }

    private void apply(MkaOutput.Apply apply) {
      Fault fault = commands == step.command() ? step.fault() : Fault.NONE;
      if (++commands > MAX_COMMANDS) {
        throw new AssertionError("no end of commands");
      }
      SecyResult result =
          fault == Fault.REFUSED ? SmallSecy.REFUSED : member.secy.apply(apply.command(), deeds);
      log.accept(apply.command() + " " + result + (fault == Fault.LATE ? ", later" : ""));
      if (fault == Fault.LATE) {
        member.keepAnswer(apply, result);
      } else {
        member.port.handleResult(now, apply.id(), result);
      }
    }
  }
}
