package org.macsec4j.netlink;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.PacketNumberLedger.Slot;
import org.macsec4j.netlink.SecyAccess.Fixed;
import org.macsec4j.netlink.SecyAccess.Target;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.macsec.SecyReport;
import org.macsec4j.netlink.transport.NetlinkException;

/**
 * The commands about transmit SAs, and the guards that no nonce is used twice.
 *
 * <p>The kernel lowers a packet number, enables an SA whose numbers are used up and then begins at
 * 1 under the same key, takes a key twice, and sends with an SA that is not there. All of that is
 * refused here, after a look at what is. A SecY that the kernel's report hides cannot be looked at;
 * there what was done through this backend is known, and what is not known is refused.
 */
final class TransmitCommands {
  private final SecyAccess access;
  private final PacketNumberLedger ledger;

  /** Transmit SAs that were installed here, and whether each was ever enabled. */
  private final Map<Slot, Boolean> installed = new ConcurrentHashMap<>();

  TransmitCommands(SecyAccess access, PacketNumberLedger ledger) {
    this.access = access;
    this.ledger = ledger;
  }

  private static String cannot(String what, SecyId secy, AssociationNumber an) {
    return "cannot " + about(what, an) + " " + secy;
  }

  private static String about(String what, AssociationNumber an) {
    return what + " transmit SA " + an + " of";
  }

  void install(SecyId secy, TransmitSa sa) {
    String operation = cannot("install", secy, sa.an());
    Fixed known = access.fixed(secy, about("install", sa.an()));
    sa.checkFor(known.suite());
    SecyAccess.requireKey(operation, sa.key().isDestroyed());
    Slot slot = new Slot(secy.index(), sa.an());
    claim(secy, slot, known.sci(), sa, operation);
    try {
      access.change(
          secy,
          operation,
          access.requests().addTransmitSa(secy.index(), sa),
          new Target(null, sa.an()));
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
      Optional<SecyReport> now = access.reportUnlessHidden(secy, about("look at", sa.an()));
      if (now.flatMap(report -> report.transmitSc().sa(sa.an())).isPresent()) {
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

  void select(SecyId secy, AssociationNumber an) {
    String operation = "cannot send with transmit SA " + an + " of " + secy;
    try {
      read(secy, an, operation);
    } catch (DumpTruncatedException e) {
      if (!installed.containsKey(new Slot(secy.index(), an))) {
        throw e;
      }
    }
    access.changeLink(operation, MacsecLink.select(secy.index(), an));
  }

  void enable(SecyId secy, AssociationNumber an, boolean enabled) {
    String operation = cannot(enabled ? "enable" : "disable", secy, an);
    Slot slot = new Slot(secy.index(), an);
    // One that was never enabled has all its numbers left, whether it can be read or not.
    if (enabled && installed.getOrDefault(slot, true)) {
      requireNumbersLeft(operation, read(secy, an, operation));
    }
    access.change(
        secy,
        operation,
        access.requests().enableTransmitSa(secy.index(), an, enabled),
        new Target(null, an));
    installed.computeIfPresent(slot, (same, before) -> before || enabled);
  }

  private static void requireNumbersLeft(String operation, TransmitSaSnapshot sa) {
    if (sa.isExhausted()) {
      throw new MacsecException(
          Kind.PACKET_NUMBER,
          operation
              + ": all packet numbers of its key are used, and the kernel would begin anew at 1;"
              + " install an SA with another key");
    }
  }

  /**
   * An SA that sends goes on counting between a look and a change, and would be set back. So it is
   * disabled for that moment, in which its frames are lost.
   */
  void raise(SecyId secy, AssociationNumber an, PacketNumber nextPn) {
    String operation = cannot("raise nextPn of", secy, an);
    Fixed known = access.fixed(secy, about("raise nextPn of", an));
    SecyAccess.requireFits(operation, known.suite(), nextPn);
    TransmitSaSnapshot before = read(secy, an, operation);
    requireRaise(operation, before, nextPn);
    if (before.enabled()) {
      enable(secy, an, false);
    }
    try {
      requireRaise(operation, read(secy, an, operation), nextPn);
      access.change(
          secy,
          operation,
          access.requests().setNextPn(secy.index(), an, nextPn, known.suite().isXpn()),
          new Target(null, an));
    } finally {
      if (before.enabled()) {
        enable(secy, an, true);
      }
    }
  }

  private static void requireRaise(String operation, TransmitSaSnapshot now, PacketNumber nextPn) {
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
  }

  /**
   * Disabled, an SA does not send any more, so that the number read is the last word. Where it
   * cannot be read it goes all the same, and its key stays refused.
   */
  void delete(SecyId secy, AssociationNumber an) {
    String operation = cannot("delete", secy, an);
    Slot slot = new Slot(secy.index(), an);
    Optional<SecyReport> now = access.reportUnlessHidden(secy, about("delete", an));
    Optional<TransmitSaSnapshot> last = now.map(report -> sa(report, an, operation));
    access.change(
        secy,
        operation,
        access.requests().deleteTransmitSa(secy.index(), an),
        new Target(null, an));
    installed.remove(slot);
    last.ifPresent(sa -> ledger.release(slot, now.get().transmitSc().sci(), sa.key(), sa.nextPn()));
  }

  /** A SecY is gone; with its last report the packet numbers of its keys are known. */
  void forget(SecyId secy, Optional<SecyReport> last) {
    installed.keySet().removeIf(slot -> slot.secy() == secy.index());
    last.ifPresent(
        report ->
            report
                .transmitSc()
                .sas()
                .forEach(
                    sa ->
                        ledger.release(
                            new Slot(secy.index(), sa.an()),
                            report.transmitSc().sci(),
                            sa.key(),
                            sa.nextPn())));
  }

  private TransmitSaSnapshot read(SecyId secy, AssociationNumber an, String operation) {
    return sa(access.report(secy, about("look at", an)), an, operation);
  }

  private static TransmitSaSnapshot sa(SecyReport now, AssociationNumber an, String operation) {
    return now.transmitSc().sa(an).orElseThrow(() -> SecyAccess.notInstalled(operation));
  }
}
