package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.List;
import org.macsec4j.mka.statespace.Step.Kind;

/** Which steps a world can take. */
final class Steps {
  private Steps() {}

  /**
   * The step of a world that is well-meaning: who is down starts, what is late comes, frames come
   * in order, and when there are none the next deadline does. What is held back stays so, like
   * lost.
   */
  static Step fair(World world) {
    for (int i = 0; i < world.members().size(); i++) {
      if (!world.members().get(i).up()) {
        return new Step(Kind.START, i, 0);
      }
    }
    for (int i = 0; i < world.members().size(); i++) {
      if (world.members().get(i).late()) {
        return new Step(Kind.ANSWER, i, 0);
      }
    }
    for (int i = 0; i < world.members().size(); i++) {
      if (!world.arriving().get(i).isEmpty()) {
        return new Step(Kind.DELIVER, i, 0);
      }
    }
    for (int i = 0; i < world.members().size(); i++) {
      if (world.members().get(i).deadline() == world.deadline()) {
        return new Step(Kind.TIMEOUT, i, 0);
      }
    }
    throw new AssertionError("nobody waits for anything");
  }

  /** All steps but those that spoil the answer to a command, the fair one first. */
  static List<Step> all(World world) {
    List<Step> steps = new ArrayList<>();
    boolean deliverable = world.arriving().stream().anyMatch(frames -> !frames.isEmpty());
    for (int i = 0; i < world.members().size(); i++) {
      MemberState member = world.members().get(i);
      if (!member.up()) {
        steps.add(new Step(Kind.START, i, 0));
        continue;
      }
      if (member.late()) {
        steps.add(new Step(Kind.ANSWER, i, 0));
      }
      if (!world.arriving().get(i).isEmpty()) {
        steps.add(new Step(Kind.DELIVER, i, 0));
      } else if (!deliverable && member.deadline() == world.deadline()) {
        steps.add(new Step(Kind.TIMEOUT, i, 0));
      }
      for (int frame = 0; frame < world.held().get(i).size(); frame++) {
        steps.add(new Step(Kind.RELEASE, i, frame));
      }
      if (world.rekeys() > 0 && member.server()) {
        steps.add(new Step(Kind.REKEY, i, 0));
      }
      if (world.faults() > 0) {
        addFaults(steps, i, !world.arriving().get(i).isEmpty());
      }
    }
    Step fair = fair(world);
    steps.remove(fair);
    steps.add(0, fair);
    return steps;
  }

  private static void addFaults(List<Step> steps, int member, boolean frame) {
    if (frame) {
      steps.add(new Step(Kind.LOSE, member, 0));
      steps.add(new Step(Kind.HOLD, member, 0));
      steps.add(new Step(Kind.DUPLICATE, member, 0));
    }
    steps.add(new Step(Kind.CRASH, member, 0));
    steps.add(new Step(Kind.CRASH_LEAVING_SECY, member, 0));
  }
}
