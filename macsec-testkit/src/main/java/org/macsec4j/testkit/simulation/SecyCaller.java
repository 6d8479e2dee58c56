package org.macsec4j.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.engine.MkaOutput;

/**
 * Carries commands from an engine to its SecY and answers back: at once, late, or with a refusal
 * that nothing explains.
 *
 * <p>What is refused here does not reach the SecY, as a refusal says that nothing was changed. The
 * kinds of refusal are those that an engine has to expect of each command; one that denies what is
 * there, or asserts what is not, makes the engine's picture of the SecY wrong.
 */
final class SecyCaller {
  private final SimulatedHost host;
  private final World world;
  private final SplittableRandom random;
  private double refusal;
  private long lateNanos;
  private long lateUntil;
  private double repetition;

  SecyCaller(SimulatedHost host, World world, SplittableRandom random) {
    this.host = host;
    this.world = world;
    this.random = random;
  }

  /** From now on commands are refused with a probability. */
  void refuse(double probability) {
    refusal = probability;
  }

  /** From now on commands, or their answers, take up to so long, but never beyond a time. */
  void beLate(long nanos, long until) {
    lateNanos = nanos;
    lateUntil = until;
  }

  /** From now on answers come again, much later, with a probability. */
  void repeatAnswers(double probability) {
    repetition = probability;
  }

  void heal() {
    refusal = 0;
    lateNanos = 0;
    repetition = 0;
  }

  void call(MkaOutput.Apply apply) {
    if (wantsWhatIsLacking(apply.command())) {
      world.faults.count(Fault.SUITE_UNSUPPORTED);
      answer(apply, host.spec.commandNanos(), refused(MacsecException.Kind.UNSUPPORTED));
    } else if (refusal > 0 && random.nextDouble() < refusal) {
      world.faults.count(Fault.COMMAND_REFUSED);
      answer(apply, host.spec.commandNanos(), refused(kindFor(apply.command())));
    } else if (lateNanos > 0 && random.nextBoolean()) {
      long late = random.nextLong(1, lateNanos + 1);
      callLate(apply, Math.max(1, Math.min(late, lateUntil - world.now())));
    } else {
      answer(apply, host.spec.commandNanos(), host.carryOut(apply.command()));
    }
  }

  private boolean wantsWhatIsLacking(SecyCommand command) {
    return command instanceof SecyCommand.Change change
        && change.change().cipherSuite().filter(host.spec.lacking()::contains).isPresent();
  }

  private static SecyResult refused(MacsecException.Kind kind) {
    return new SecyResult.Failed(new MacsecException(kind, "refused by the simulation as " + kind));
  }

  private void callLate(MkaOutput.Apply apply, long nanos) {
    if (random.nextBoolean()) {
      world.faults.count(Fault.ANSWER_LATE);
      answer(apply, nanos, host.carryOut(apply.command()));
      return;
    }
    world.faults.count(Fault.COMMAND_LATE);
    int life = host.life();
    world.schedule.after(
        nanos,
        () -> {
          if (host.life() == life) {
            answer(apply, 0, host.carryOut(apply.command()));
          }
        });
  }

  private void answer(MkaOutput.Apply apply, long nanos, SecyResult result) {
    tell(apply, result, nanos);
    if (nanos == 0) {
      host.answer(apply.id(), result);
    } else {
      host.answerAfter(nanos, apply.id(), result);
    }
    if (repetition > 0 && random.nextDouble() < repetition) {
      world.faults.count(Fault.ANSWER_REPEATED);
      host.answerAfter(random.nextLong(1, Schedule.SECONDS), apply.id(), result);
    }
  }

  private void tell(MkaOutput.Apply apply, SecyResult result, long nanos) {
    if (world.trace.isOn()) {
      String outcome =
          result instanceof SecyResult.Failed failed ? " -> " + failed.cause().kind() : "";
      String when = nanos == 0 ? "" : ", said " + nanos / Schedule.MICROS + " us later";
      world.trace.line(host.spec.name(), "  SecY: " + text(apply.command()) + outcome + when);
    }
  }

  /** A command in words; the records would print the keys' names alone, but at great length. */
  private String text(SecyCommand command) {
    String text = command.getClass().getSimpleName();
    if (command instanceof SecyCommand.InstallReceiveSa install) {
      return text
          + " "
          + name(install.sci())
          + " AN "
          + install.sa().an()
          + " from "
          + install.sa().lowestPn();
    } else if (command instanceof SecyCommand.InstallTransmitSa install) {
      return text + " AN " + install.sa().an();
    } else if (command instanceof SecyCommand.CreateReceiveSc create) {
      return text + " " + name(create.sci());
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      return text + " " + name(delete.sci());
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      return text + " " + name(delete.sci()) + " AN " + delete.an();
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      return text + " " + name(enable.sci()) + " AN " + enable.an() + " " + enable.enabled();
    }
    return command.toString();
  }

  private String name(org.macsec4j.Sci sci) {
    return world.names.of(sci);
  }

  private MacsecException.Kind kindFor(SecyCommand command) {
    List<MacsecException.Kind> kinds = List.of();
    if (command instanceof SecyCommand.CreateReceiveSc) {
      kinds = List.of(MacsecException.Kind.EXISTS, MacsecException.Kind.LIMIT);
    } else if (command instanceof SecyCommand.InstallReceiveSa) {
      kinds =
          List.of(
              MacsecException.Kind.EXISTS,
              MacsecException.Kind.NOT_FOUND,
              MacsecException.Kind.LIMIT);
    } else if (command instanceof SecyCommand.InstallTransmitSa) {
      kinds =
          List.of(
              MacsecException.Kind.EXISTS,
              MacsecException.Kind.PACKET_NUMBER,
              MacsecException.Kind.LIMIT);
    } else if (command instanceof SecyCommand.EnableTransmitSa) {
      kinds = List.of(MacsecException.Kind.NOT_FOUND, MacsecException.Kind.PACKET_NUMBER);
    } else if (command instanceof SecyCommand.SelectTransmitSa) {
      kinds = List.of(MacsecException.Kind.NOT_FOUND);
    }
    int choice = random.nextInt(kinds.size() + 3);
    return switch (choice) {
      case 0 -> MacsecException.Kind.BACKEND;
      case 1 -> MacsecException.Kind.BUSY;
      case 2 -> MacsecException.Kind.PERMISSION;
      default -> kinds.get(choice - 3);
    };
  }
}
