package org.macsec4j.netlink;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.PacketNumberLedger.Slot;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.macsec.MacsecRequests;
import org.macsec4j.netlink.macsec.ReplayFloor;
import org.macsec4j.netlink.macsec.SecyReport;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MessageBuilder;

/**
 * Carries out commands on SecYs, or refuses them with nothing changed.
 *
 * <p>The kernel obeys where it should not: it lowers a packet number, enables an SA whose numbers
 * are used up and then begins at 1 under the same key, sends with an SA that is not there, takes
 * settings of the SecTAG that exclude each other. Those are refused here, after a look at what is.
 * Everything else is left to the kernel, and what is, is looked at only to explain a refusal.
 */
final class SecyCommands {
  private final KernelLinks links;
  private final KernelSecys secys;
  private final PacketNumberLedger ledger;
  private final Map<Integer, Fixed> fixed = new ConcurrentHashMap<>();

  /** Transmit SAs that were installed here, and whether each was ever enabled; see readable. */
  private final Map<Slot, Boolean> installed = new ConcurrentHashMap<>();

  /** What of a SecY never changes while it exists. */
  record Fixed(Sci sci, CipherSuite suite) {}

  SecyCommands(KernelLinks links, KernelSecys secys, PacketNumberLedger ledger) {
    this.links = links;
    this.secys = secys;
    this.ledger = ledger;
  }

  /** Carries a command out; throws a {@link MacsecException} when it is refused. */
  void run(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.Change change) {
      change(secy, change.change());
    } else if (command instanceof SecyCommand.SetControlledPort port) {
      String operation = "cannot set " + secy + (port.enabled() ? " up" : " down");
      link(operation, LinkRequests.setUp(secy.index(), port.enabled()));
    } else if (!runTransmit(secy, command)) {
      runReceive(secy, command);
    }
  }

  private boolean runTransmit(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.InstallTransmitSa install) {
      install(secy, install.sa());
    } else if (command instanceof SecyCommand.EnableTransmitSa enable) {
      enable(secy, enable.an(), enable.enabled());
    } else if (command instanceof SecyCommand.RaiseNextPn raise) {
      raise(secy, raise.an(), raise.nextPn());
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      select(secy, select.an());
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      delete(secy, delete.an());
    } else {
      return false;
    }
    return true;
  }

  private void runReceive(SecyId secy, SecyCommand command) {
    if (command instanceof SecyCommand.CreateReceiveSc create) {
      create(secy, create.sci());
    } else if (command instanceof SecyCommand.EnableReceiveSc enable) {
      String operation = cannot(enable.enabled() ? "enable" : "disable", secy, enable.sci());
      change(
          secy,
          operation,
          requests().enableReceiveSc(secy.index(), enable.sci(), enable.enabled()),
          new Target(enable.sci(), null));
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      String operation = cannot("delete", secy, delete.sci());
      change(
          secy,
          operation,
          requests().deleteReceiveSc(secy.index(), delete.sci()),
          new Target(delete.sci(), null));
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      install(secy, install);
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      String what = enable.enabled() ? "enable" : "disable";
      change(
          secy,
          cannot(what, secy, enable.sci(), enable.an()),
          requests().enableReceiveSa(secy.index(), enable.sci(), enable.an(), enable.enabled()),
          new Target(enable.sci(), enable.an()));
    } else if (command instanceof SecyCommand.RaiseLowestPn raise) {
      raise(secy, raise);
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      change(
          secy,
          cannot("delete", secy, delete.sci(), delete.an()),
          requests().deleteReceiveSa(secy.index(), delete.sci(), delete.an()),
          new Target(delete.sci(), delete.an()));
    } else {
      throw new MacsecException(
          Kind.UNSUPPORTED, "cannot carry out " + command.getClass().getSimpleName());
    }
  }

  private MacsecRequests requests() {
    return secys.requests();
  }

  private void change(SecyId secy, SecyChange wanted) {
    String operation = "cannot change " + secy;
    LinkInfo now = secys.requireLink(secy, "change");
    SecyChange change = withoutSuite(operation, wanted, MacsecLink.cipherSuite(now));
    SecyCreation.requireOffset(operation, change.confidentialityOffset());
    requireConsistent(now, change);
    if (!change.equals(SecyChange.builder().build())) {
      link(operation, MacsecLink.change(secy.index(), change));
    }
  }

  /** The suite is fixed; asking for the one that is there is no change. */
  private static SecyChange withoutSuite(String operation, SecyChange change, CipherSuite now) {
    if (change.cipherSuite().filter(suite -> suite != now).isPresent()) {
      throw new MacsecException(
          Kind.UNSUPPORTED,
          operation
              + ": the kernel cannot change the cipher suite of a SecY from "
              + now
              + "; delete it and create it anew");
    }
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
  private static void requireConsistent(LinkInfo now, SecyChange change) {
    boolean touchesTag =
        change.includeSci().isPresent()
            || change.endStation().isPresent()
            || change.singleCopyBroadcast().isPresent();
    if (touchesTag || change.replayProtection().isPresent()) {
      MacsecLink.config(now, "?").with(change);
    }
  }

  private void install(SecyId secy, TransmitSa sa) {
    String operation = "cannot install transmit SA " + sa.an() + " of " + secy;
    Fixed known = fixed(secy, "install transmit SA " + sa.an() + " of");
    sa.checkFor(known.suite);
    requireKey(operation, sa.key().isDestroyed());
    Slot slot = new Slot(secy.index(), sa.an());
    claim(secy, slot, known.sci, sa, operation);
    try {
      change(
          secy, operation, requests().addTransmitSa(secy.index(), sa), new Target(null, sa.an()));
      installed.put(slot, sa.enabled());
    } catch (MacsecException e) {
      if (!isUnanswered(e)) {
        ledger.abandon(slot);
      }
      throw e;
    }
  }

  private void claim(SecyId secy, Slot slot, Sci sci, TransmitSa sa, String operation) {
    try {
      ledger.claim(slot, sci, sa, operation);
    } catch (MacsecException e) {
      SecyReport now = secys.require(secy, "look at transmit SA " + sa.an() + " of");
      if (now.transmitSc().sa(sa.an()).isPresent()) {
        throw new MacsecException(Kind.EXISTS, operation + ": " + SaRefusals.INSTALLED);
      }
      throw e;
    }
  }

  /** Whether the kernel may have done it all the same. */
  private static boolean isUnanswered(MacsecException e) {
    return e.getCause() instanceof NetlinkException cause
        && (cause.errno() == Errno.ETIMEDOUT || cause.errno() == Errno.ENOBUFS);
  }

  /** The kernel would take an SA that is not there, and send nothing. */
  private void select(SecyId secy, AssociationNumber an) {
    String operation = "cannot send with transmit SA " + an + " of " + secy;
    try {
      transmitSa(secy, an, operation);
    } catch (DumpTruncatedException e) {
      if (!installed.containsKey(new Slot(secy.index(), an))) {
        throw e;
      }
    }
    link(operation, MacsecLink.select(secy.index(), an));
  }

  private void enable(SecyId secy, AssociationNumber an, boolean enabled) {
    String operation =
        "cannot " + (enabled ? "enable" : "disable") + " transmit SA " + an + " of " + secy;
    Slot slot = new Slot(secy.index(), an);
    if (enabled) {
      requireNumbersLeft(secy, slot, operation);
    }
    change(
        secy,
        operation,
        requests().enableTransmitSa(secy.index(), an, enabled),
        new Target(null, an));
    installed.computeIfPresent(slot, (same, before) -> before || enabled);
  }

  /** An SA that was never enabled has all its numbers left, whether it can be read or not. */
  private void requireNumbersLeft(SecyId secy, Slot slot, String operation) {
    try {
      requireNumbersLeft(operation, transmitSa(secy, slot.an(), operation));
    } catch (DumpTruncatedException e) {
      if (installed.getOrDefault(slot, true)) {
        throw e;
      }
    }
  }

  private void raise(SecyId secy, AssociationNumber an, PacketNumber nextPn) {
    String operation = "cannot raise nextPn of transmit SA " + an + " of " + secy;
    Fixed known = fixed(secy, "raise nextPn of transmit SA " + an + " of");
    requireFits(operation, known.suite, nextPn);
    TransmitSaSnapshot now = transmitSa(secy, an, operation);
    requireNumbersLeft(operation, now);
    if (!nextPn.isAtLeast(now.nextPn())) {
      throw new MacsecException(
          Kind.PACKET_NUMBER,
          operation
              + ": "
              + nextPn
              + " is below "
              + now.nextPn()
              + ", so that packet numbers would be used twice; it can only be raised");
    }
    change(
        secy,
        operation,
        requests().setNextPn(secy.index(), an, nextPn, known.suite.isXpn()),
        new Target(null, an));
  }

  private static void requireNumbersLeft(String operation, TransmitSaSnapshot sa) {
    if (sa.nextPn().value() == 0) {
      throw new MacsecException(
          Kind.PACKET_NUMBER,
          operation
              + ": all packet numbers of its key are used, and the kernel would begin anew at 1;"
              + " install an SA with another key");
    }
  }

  /**
   * Disabled, an SA does not send any more, so that the number read is the last word. Where it
   * cannot be read it goes all the same, and its key stays refused.
   */
  private void delete(SecyId secy, AssociationNumber an) {
    String operation = "cannot delete transmit SA " + an + " of " + secy;
    Target target = new Target(null, an);
    Slot slot = new Slot(secy.index(), an);
    Optional<SecyReport> now = readable(secy, "delete transmit SA " + an + " of");
    Optional<TransmitSaSnapshot> sa = now.map(report -> transmitSa(report, an, operation));
    change(secy, operation, requests().deleteTransmitSa(secy.index(), an), target);
    installed.remove(slot);
    sa.ifPresent(
        last -> ledger.release(slot, now.get().transmitSc().sci(), last.key(), last.nextPn()));
  }

  private Optional<SecyReport> readable(SecyId secy, String what) {
    try {
      return Optional.of(secys.require(secy, what));
    } catch (DumpTruncatedException e) {
      return Optional.empty();
    }
  }

  private void create(SecyId secy, Sci sci) {
    String operation = cannot("create", secy, sci);
    Fixed known = fixed(secy, "create receive channel " + sci + " of");
    if (sci.equals(known.sci)) {
      throw new MacsecException(
          Kind.INVALID, operation + ": it is this SecY's own SCI; give that of the peer");
    }
    change(secy, operation, requests().addReceiveSc(secy.index(), sci), new Target(sci, null));
  }

  private void install(SecyId secy, SecyCommand.InstallReceiveSa install) {
    String what = "install receive SA " + install.sa().an() + " of " + install.sci() + " of";
    String operation = "cannot " + what + " " + secy;
    Fixed known = fixed(secy, what);
    install.sa().checkFor(known.suite);
    requireKey(operation, install.sa().key().isDestroyed());
    PacketNumber lowest = install.sa().lowestPn();
    PacketNumber next =
        lowest.equals(PacketNumber.FIRST)
            ? lowest
            : ReplayFloor.nextPn(lowest, replayOf(secy, what), known.suite);
    change(
        secy,
        operation,
        requests().addReceiveSa(secy.index(), install.sci(), install.sa(), next),
        new Target(install.sci(), install.sa().an()));
  }

  private ReplayProtection replayOf(SecyId secy, String what) {
    return MacsecLink.replayProtection(secys.requireLink(secy, what));
  }

  private void raise(SecyId secy, SecyCommand.RaiseLowestPn raise) {
    String operation = cannot("raise lowestPn of", secy, raise.sci(), raise.an());
    SecyReport now = secys.require(secy, "raise lowestPn of");
    CipherSuite suite = now.cipherSuite();
    requireFits(operation, suite, raise.lowestPn());
    ReceiveSaSnapshot sa = receiveSa(now, raise.sci(), raise.an(), operation);
    PacketNumber next = ReplayFloor.nextPn(raise.lowestPn(), now.replayProtection(), suite);
    if (sa.nextPn().isAtLeast(next)) {
      return;
    }
    change(
        secy,
        operation,
        requests().expectPn(secy.index(), raise.sci(), raise.an(), next, suite.isXpn()),
        new Target(raise.sci(), raise.an()));
  }

  private TransmitSaSnapshot transmitSa(SecyId secy, AssociationNumber an, String operation) {
    SecyReport now = secys.require(secy, "look at transmit SA " + an + " of");
    return transmitSa(now, an, operation);
  }

  private static TransmitSaSnapshot transmitSa(
      SecyReport now, AssociationNumber an, String operation) {
    return now.transmitSc()
        .sa(an)
        .orElseThrow(
            () -> new MacsecException(Kind.NOT_FOUND, operation + ": it is not installed"));
  }

  private static ReceiveSaSnapshot receiveSa(
      SecyReport now, Sci sci, AssociationNumber an, String operation) {
    return channel(now, sci)
        .flatMap(channel -> channel.sa(an))
        .orElseThrow(
            () -> new MacsecException(Kind.NOT_FOUND, operation + ": it is not installed"));
  }

  private static void requireFits(String operation, CipherSuite suite, PacketNumber pn) {
    if (pn.value() == 0 || (!suite.isXpn() && !pn.fits32())) {
      throw new MacsecException(
          Kind.INVALID,
          operation
              + ": packet number "
              + pn
              + " is not in 1.."
              + suite.maxPacketNumber()
              + ", which is what "
              + suite
              + " takes");
    }
  }

  private static void requireKey(String operation, boolean destroyed) {
    if (destroyed) {
      throw new MacsecException(Kind.INVALID, operation + ": its key was destroyed before");
    }
  }

  /** What never changes of a SecY; asked for once. */
  private Fixed fixed(SecyId secy, String operation) {
    return fixed.computeIfAbsent(
        secy.index(),
        index -> {
          LinkInfo link = secys.requireLink(secy, operation);
          return new Fixed(MacsecLink.sci(link), MacsecLink.cipherSuite(link));
        });
  }

  void forget(SecyId secy) {
    fixed.remove(secy.index());
    installed.keySet().removeIf(slot -> slot.secy() == secy.index());
  }

  private void link(String operation, MessageBuilder request) {
    try {
      links.change(operation, request);
    } catch (NetlinkException e) {
      throw Refusals.of(operation, e);
    }
  }

  private void change(SecyId secy, String operation, MessageBuilder request, Target target) {
    try {
      secys.change(operation, request);
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENODEV) {
        fixed.remove(secy.index());
      }
      throw new SaRefusals(links, secys).explain(secy, operation, target, e);
    }
  }

  private static String cannot(String what, SecyId secy, Sci sci) {
    return "cannot " + what + " receive channel " + sci + " of " + secy;
  }

  private static String cannot(String what, SecyId secy, Sci sci, AssociationNumber an) {
    return "cannot " + what + " receive SA " + an + " of " + sci + " of " + secy;
  }

  /** What a request was about: a channel when it names one, an SA when it names one. */
  record Target(@Nullable Sci sci, @Nullable AssociationNumber an) {}

  /** A channel of a report. */
  static Optional<ReceiveScSnapshot> channel(SecyReport now, Sci sci) {
    return now.receiveScs().stream().filter(channel -> channel.sci().equals(sci)).findFirst();
  }
}
