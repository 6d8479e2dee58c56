package org.macsec4j.mka.statespace;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets members take their turns, and remembers what came of it.
 *
 * <p>Most worlds differ from each other in one member alone, and what happens to the other one
 * happened to it before. The engine gives equal outputs for equal inputs, so that need not be
 * computed again.
 */
final class Turns {
  /** So many turns and members are remembered; then all is forgotten at once. */
  private static final int ROOM = 1 << 17;

  private record Question(
      int member, int frame, long now, Step.Kind kind, int command, Step.Fault fault) {}

  private final ObjectGraph graph;
  private final Consumer<Object> log;
  private final Map<Question, Turn> known = new HashMap<>();
  private final Map<Fingerprint.Key, MemberState> members = new HashMap<>();

  Turns(ObjectGraph graph) {
    this(graph, what -> {});
  }

  /** One that tells what is sent, commanded and reported in the turns that it does not know. */
  Turns(ObjectGraph graph, Consumer<Object> log) {
    this.graph = graph;
    this.log = log;
  }

  /** What comes of a step that happens to a member; the frame is null when none comes. */
  Turn take(MemberState before, Step step, Frame frame, long now) {
    int which = frame == null ? 0 : frame.number();
    Question question =
        new Question(before.number(), which, now, step.kind(), step.command(), step.fault());
    Turn turn = known.get(question);
    if (turn == null) {
      SmallMember member = (SmallMember) graph.thaw(before.frozen());
      turn = new Turn.Course(graph, member, step, now, log).run(frame);
      turn = new Turn(known(turn.after()), turn.sent(), turn.deeds(), turn.commands());
      if (known.size() >= ROOM) {
        known.clear();
        members.clear();
      }
      known.put(question, turn);
    }
    return turn;
  }

  /** The same member, if there was one, so that its turns are known. */
  private MemberState known(MemberState state) {
    Fingerprint exact = state.frozen().exact();
    exact.add(state.lastCalled());
    MemberState before = members.putIfAbsent(exact.key(), state);
    return before == null ? state : before;
  }
}
