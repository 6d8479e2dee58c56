package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.List;

/** One step from one world to the next, and what must hold in the next. */
final class Transition {
  private final World from;
  private final Step step;
  private final Turn turn;
  private final Frame frame;
  private final World to;

  /**
   * Takes a step.
   *
   * @throws AssertionError when something happens that must not
   */
  Transition(World from, Step step, Turns turns) {
    this.from = from;
    this.step = step;
    this.frame = aboutFrame();
    long now = step.kind() == Step.Kind.TIMEOUT ? from.deadline() : from.now();
    MemberState member = from.members().get(step.member());
    boolean nobody =
        step.kind() == Step.Kind.LOSE
            || step.kind() == Step.Kind.HOLD
            || (frame != null && !member.up());
    this.turn = nobody ? null : turns.take(member, step, frame, now);
    this.to = next(now);
    check();
  }

  World to() {
    return to;
  }

  /** What came of it for the member; null when nothing happened to one. */
  Turn turn() {
    return turn;
  }

  /** The frame that the step is about; null when it is about none. */
  Frame frame() {
    return frame;
  }

  /** How many commands the SecY got. */
  int commands() {
    return turn == null ? 0 : turn.commands();
  }

  private Frame aboutFrame() {
    return switch (step.kind()) {
      case DELIVER, LOSE, HOLD, DUPLICATE -> from.arriving().get(step.member()).get(0);
      case RELEASE -> from.held().get(step.member()).get(step.index());
      default -> null;
    };
  }

  private World next(long now) {
    List<MemberState> members = from.members();
    Ledger ledger = from.ledger();
    if (turn != null) {
      members = with(members, step.member(), turn.after());
      ledger = ledger.after(turn.deeds());
    }
    return new World(
        now,
        members,
        arriving(),
        held(),
        ledger,
        from.faults() - step.cost(),
        from.rekeys() - (step.kind() == Step.Kind.REKEY ? 1 : 0));
  }

  private List<List<Frame>> arriving() {
    int member = step.member();
    List<List<Frame>> arriving = from.arriving();
    switch (step.kind()) {
      case DELIVER, LOSE, HOLD, DUPLICATE ->
          arriving = with(arriving, member, without(arriving.get(member), 0));
      case CRASH, CRASH_LEAVING_SECY -> arriving = with(arriving, member, List.of());
      default -> {
        // The frames that come next stay as they are.
      }
    }
    if (turn == null || turn.sent().isEmpty()) {
      return arriving;
    }
    List<List<Frame>> more = new ArrayList<>(arriving);
    for (int i = 0; i < more.size(); i++) {
      if (i != member && from.members().get(i).up()) {
        List<Frame> frames = new ArrayList<>(more.get(i));
        frames.addAll(turn.sent());
        more.set(i, frames);
      }
    }
    return more;
  }

  private List<List<Frame>> held() {
    List<List<Frame>> held = from.held();
    List<Frame> ofMember = held.get(step.member());
    return switch (step.kind()) {
      case RELEASE -> with(held, step.member(), without(ofMember, step.index()));
      case HOLD, DUPLICATE -> {
        List<Frame> more = new ArrayList<>(ofMember);
        more.add(frame);
        yield with(held, step.member(), more);
      }
      default -> held;
    };
  }

  private static <T> List<T> with(List<T> list, int index, T element) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, element);
    return changed;
  }

  private static <T> List<T> without(List<T> list, int index) {
    if (list.size() == 1) {
      return List.of();
    }
    List<T> rest = new ArrayList<>(list);
    rest.remove(index);
    return rest;
  }

  private void check() {
    MemberState member = to.members().get(step.member());
    if (member.secured() && member.sends() == null) {
      throw new AssertionError(member.sci() + " is secured and cannot send");
    }
    if (to.isQuiet()
        && to.isAgreed()
        && to.members().stream().filter(MemberState::server).count() != 1) {
      throw new AssertionError("not one key server when all is quiet");
    }
  }
}
