package org.macsec4j.netlink;

import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.Sci;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.SecyAccess.Fixed;
import org.macsec4j.netlink.SecyAccess.Target;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.macsec.ReplayFloor;
import org.macsec4j.netlink.macsec.SecyReport;

/** The commands about receive channels and their SAs. */
final class ReceiveCommands {
  private final SecyAccess access;

  ReceiveCommands(SecyAccess access) {
    this.access = access;
  }

  private static String about(String what, Sci sci) {
    return what + " receive channel " + sci + " of";
  }

  private static String about(String what, Sci sci, AssociationNumber an) {
    return what + " receive SA " + an + " of " + sci + " of";
  }

  private static String cannot(String about, SecyId secy) {
    return "cannot " + about + " " + secy;
  }

  void create(SecyId secy, Sci sci) {
    String about = about("create", sci);
    Fixed known = access.fixed(secy, about);
    if (sci.equals(known.sci())) {
      throw new MacsecException(
          Kind.INVALID, cannot(about, secy) + ": it is this SecY's own SCI; give that of the peer");
    }
    access.change(
        secy,
        cannot(about, secy),
        access.requests().addReceiveSc(secy.index(), sci),
        new Target(sci, null));
  }

  void enable(SecyId secy, Sci sci, boolean enabled) {
    access.change(
        secy,
        cannot(about(enabled ? "enable" : "disable", sci), secy),
        access.requests().enableReceiveSc(secy.index(), sci, enabled),
        new Target(sci, null));
  }

  void delete(SecyId secy, Sci sci) {
    access.change(
        secy,
        cannot(about("delete", sci), secy),
        access.requests().deleteReceiveSc(secy.index(), sci),
        new Target(sci, null));
  }

  void install(SecyId secy, Sci sci, ReceiveSa sa) {
    String about = about("install", sci, sa.an());
    String operation = cannot(about, secy);
    Fixed known = access.fixed(secy, about);
    sa.checkFor(known.suite());
    SecyAccess.requireKey(operation, sa.key().isDestroyed());
    PacketNumber next = sa.lowestPn();
    if (!next.equals(PacketNumber.FIRST)) {
      next =
          ReplayFloor.nextPn(
              next, MacsecLink.replayProtection(access.link(secy, about)), known.suite());
    }
    access.change(
        secy,
        operation,
        access.requests().addReceiveSa(secy.index(), sci, sa, next),
        new Target(sci, sa.an()));
  }

  void enable(SecyId secy, Sci sci, AssociationNumber an, boolean enabled) {
    access.change(
        secy,
        cannot(about(enabled ? "enable" : "disable", sci, an), secy),
        access.requests().enableReceiveSa(secy.index(), sci, an, enabled),
        new Target(sci, an));
  }

  /**
   * The kernel cannot compare and set. A frame that comes between the look and the change may be
   * accepted once more; disabling the SA for that moment would lose frames instead.
   */
  void raise(SecyId secy, Sci sci, AssociationNumber an, PacketNumber lowestPn) {
    String about = about("raise lowestPn of", sci, an);
    String operation = cannot(about, secy);
    SecyReport now = access.report(secy, about);
    CipherSuite suite = now.cipherSuite();
    SecyAccess.requireFits(operation, suite, lowestPn);
    ReceiveSaSnapshot sa =
        now.receiveSc(sci)
            .flatMap(channel -> channel.sa(an))
            .orElseThrow(() -> SecyAccess.notInstalled(operation));
    PacketNumber next = ReplayFloor.nextPn(lowestPn, now.replayProtection(), suite);
    if (sa.nextPn().isAtLeast(next)) {
      return;
    }
    access.change(
        secy,
        operation,
        access.requests().expectPn(secy.index(), sci, an, next, suite.isXpn()),
        new Target(sci, an));
  }

  void delete(SecyId secy, Sci sci, AssociationNumber an) {
    access.change(
        secy,
        cannot(about("delete", sci, an), secy),
        access.requests().deleteReceiveSa(secy.index(), sci, an),
        new Target(sci, an));
  }
}
