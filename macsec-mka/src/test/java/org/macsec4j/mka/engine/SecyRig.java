package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaConfig;

/**
 * A {@link SecyDriver} alone: the test says what the SecY shall be, and how it answers. Commands
 * are told in short words, such as {@code "rx 2/1"} for the receive SA of peer 2 with AN 1.
 */
final class SecyRig implements SecyDriver.Listener {
  static final MkaConfig CONFIG = Configs.group(128);

  final PortContext context = new PortContext(CONFIG, World.sci(1), octets -> {});
  final SecyDriver driver = new SecyDriver(context, this);

  /** What the listener heard. */
  final List<String> heard = new ArrayList<>();

  private final TimerTable<PortTimer> timers = new TimerTable<>(PortTimer.values().length);
  private List<Sak> receive = List.of();
  private List<Peer> peers = List.of();
  private @Nullable Sak latest;
  private @Nullable Sak transmit;
  private boolean open;
  private long commandId;
  long now = 1_000;

  // What the SecY shall be.

  SecyRig peers(Peer... wanted) {
    peers = List.of(wanted);
    return this;
  }

  /** The keys to receive with, the latest one first, which has a transmit SA, too. */
  SecyRig keys(Sak... wanted) {
    receive = List.of(wanted);
    latest = wanted.length == 0 ? null : wanted[0];
    return this;
  }

  /** Sends under a key through the open port; or null for neither. */
  SecyRig transmits(@Nullable Sak wanted) {
    transmit = wanted;
    open = wanted != null;
    return this;
  }

  // What it does.

  /** The next command in words, which is under way then; null for none. */
  @Nullable String next() {
    driver.pursue(
        now, new SecyPlan(receive, peers, latest, transmit, open, context.protection), timers);
    String word = null;
    MkaOutput output;
    while ((output = context.poll()) != null) {
      if (output instanceof MkaOutput.Apply apply) {
        commandId = apply.id();
        word = word(apply.command());
      }
    }
    return word;
  }

  /** Gives commands that are all carried out, until there is none. */
  List<String> settle() {
    List<String> words = new ArrayList<>();
    for (String word = next(); word != null; word = next()) {
      words.add(word);
      done();
    }
    return words;
  }

  /** Carries out commands up to one, which is under way then. */
  void upTo(String wanted) {
    String word = Objects.requireNonNull(next(), wanted);
    while (!word.equals(wanted)) {
      done();
      word = Objects.requireNonNull(next(), wanted);
    }
  }

  void done() {
    answer(SecyResult.done());
  }

  void refuse(MacsecException.Kind kind) {
    answer(new SecyResult.Failed(new MacsecException(kind, "said " + kind)));
  }

  private void answer(SecyResult result) {
    if (!driver.handleResult(now, commandId, result)) {
      throw new AssertionError("the answer was not waited for");
    }
  }

  /** An answer to some command. */
  boolean answers(long id) {
    return driver.handleResult(now, id, SecyResult.done());
  }

  long commandId() {
    return commandId;
  }

  /** When the driver wants to be called again. */
  long timer() {
    return timers.deadline(PortTimer.COMMAND);
  }

  private static String word(SecyCommand command) {
    if (command instanceof SecyCommand.SetControlledPort port) {
      return port.enabled() ? "open" : "close";
    } else if (command instanceof SecyCommand.Change change) {
      return "change" + change.change().cipherSuite().map(suite -> " to " + suite).orElse("");
    } else if (command instanceof SecyCommand.CreateReceiveSc create) {
      return "channel " + number(create.sci());
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      return "no channel " + number(delete.sci());
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      return "rx " + place(install.sci(), install.sa().an());
    } else if (command instanceof SecyCommand.RaiseLowestPn raise) {
      return "raise " + place(raise.sci(), raise.an()) + " to " + raise.lowestPn();
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      return "rx " + place(enable.sci(), enable.an()) + (enable.enabled() ? " on" : " off");
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      return "no rx " + place(delete.sci(), delete.an());
    } else if (command instanceof SecyCommand.InstallTransmitSa install) {
      return "tx " + install.sa().an();
    } else if (command instanceof SecyCommand.EnableTransmitSa enable) {
      return "tx " + enable.an() + (enable.enabled() ? " on" : " off");
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      return "select " + select.an();
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      return "no tx " + delete.an();
    }
    throw new AssertionError("a command that the engine does not need: " + command);
  }

  private static String place(Sci sci, AssociationNumber an) {
    return number(sci) + "/" + an;
  }

  private static int number(Sci sci) {
    for (int number = 1; number <= 9; number++) {
      if (World.sci(number).equals(sci)) {
        return number;
      }
    }
    throw new AssertionError("nobody has the SCI " + sci);
  }

  @Override
  public void transmitKeyLost(Sak key) {
    heard.add("transmit key lost: " + key.an());
  }

  @Override
  public void receiveKeyLost(Sak key) {
    heard.add("receive key lost: " + key.an());
  }

  @Override
  public void suiteRefused(Sak key) {
    heard.add("suite refused: " + key.suite());
  }
}
