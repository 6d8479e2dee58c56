package org.macsec4j.netlink;

import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.macsec.SecyReport;

/**
 * Carries out commands on SecYs, or refuses them with nothing changed.
 *
 * <p>What the kernel would do and must not is refused before, by {@link TransmitCommands} above
 * all. Everything else is left to the kernel, and what is, is looked at only to explain a refusal.
 */
final class SecyCommands {
  private final SecyAccess access;
  private final Recreation recreation;
  private final TransmitCommands transmit;
  private final ReceiveCommands receive;

  SecyCommands(KernelLinks links, KernelSecys secys, SecyCreation creation) {
    this.access = new SecyAccess(links, secys);
    this.recreation = new Recreation(links, access, creation, this);
    this.transmit = new TransmitCommands(access, new PacketNumberLedger());
    this.receive = new ReceiveCommands(access);
  }

  /** Carries a command out; throws a {@link MacsecException} when it is refused. */
  void run(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.Change change) {
      change(secy, change.change());
    } else if (command instanceof SecyCommand.SetControlledPort port) {
      setUp(secy, port.enabled());
    } else if (!runTransmit(secy, command) && !runReceiveSc(secy, command)) {
      runReceiveSa(secy, command);
    }
  }

  private boolean runTransmit(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      transmit.install(secy, install.sa());
    } else if (command instanceof SecyCommand.EnableTransmitSa enable) {
      transmit.enable(secy, enable.an(), enable.enabled());
    } else if (command instanceof SecyCommand.RaiseNextPn raise) {
      transmit.raise(secy, raise.an(), raise.nextPn());
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      transmit.select(secy, select.an());
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      transmit.delete(secy, delete.an());
    } else {
      return false;
    }
    return true;
  }

  private boolean runReceiveSc(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.CreateReceiveSc create) {
      receive.create(secy, create.sci());
    } else if (command instanceof SecyCommand.EnableReceiveSc enable) {
      receive.enable(secy, enable.sci(), enable.enabled());
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      receive.delete(secy, delete.sci());
    } else {
      return false;
    }
    return true;
  }

  private void runReceiveSa(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.InstallReceiveSa install) {
      receive.install(secy, install.sci(), install.sa());
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      receive.enable(secy, enable.sci(), enable.an(), enable.enabled());
    } else if (command instanceof SecyCommand.RaiseLowestPn raise) {
      receive.raise(secy, raise.sci(), raise.an(), raise.lowestPn());
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      receive.delete(secy, delete.sci(), delete.an());
    } else {
      throw new MacsecException(
          Kind.UNSUPPORTED, "cannot carry out " + command.getClass().getSimpleName());
    }
  }

  private void setUp(SecyId secy, boolean up) {
    String what = up ? "enable the controlled port of" : "disable the controlled port of";
    access.link(secy, what);
    access.changeLink("cannot " + what + " " + secy, LinkRequests.setUp(secy.index(), up));
  }

  private void change(SecyId secy, SecyChange wanted) {
    String operation = "cannot change " + secy;
    LinkInfo now = access.link(secy, "change");
    SecyChange change = withoutSuite(wanted);
    SecyCreation.requireOffset(operation, change.confidentialityOffset());
    requireConsistent(operation, now, change);
    CipherSuite before = MacsecLink.cipherSuite(now);
    if (wanted.cipherSuite().orElse(before) != before) {
      recreation.carryOut(operation, secy, now, wanted.cipherSuite().get());
    }
    if (!change.equals(SecyChange.builder().build())) {
      access.changeLink(operation, MacsecLink.change(secy.index(), change));
    }
  }

  /** The suite is fixed; only another SecY has another one. */
  private static SecyChange withoutSuite(SecyChange change) {
    return new SecyChange(
        Optional.empty(),
        change.confidentialityOffset(),
        change.protectFrames(),
        change.validateFrames(),
        change.replayProtection(),
        change.includeSci(),
        change.endStation(),
        change.singleCopyBroadcast());
  }

  /** The kernel looks at one request alone; what it and the present settings make is seen here. */
  private static void requireConsistent(String operation, LinkInfo now, SecyChange change) {
    boolean touchesTag =
        change.includeSci().isPresent()
            || change.endStation().isPresent()
            || change.singleCopyBroadcast().isPresent();
    if (touchesTag || change.replayProtection().isPresent()) {
      SecyConfig result = MacsecLink.config(now, "?").with(change);
      if (touchesTag) {
        SecyCreation.requireOneBit(operation, result);
      }
    }
  }

  /** A SecY is there for the first time, whatever had its number before. */
  void begin(SecyId secy) {
    access.forget(secy);
  }

  /** A SecY is gone; with its last report the packet numbers of its keys are known. */
  void end(SecyId secy, Optional<SecyReport> last) {
    access.forget(secy);
    transmit.forget(secy, last);
  }
}
