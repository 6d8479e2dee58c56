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
import org.macsec4j.Sci;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.macsec.MacsecRequests;
import org.macsec4j.netlink.macsec.SecyReport;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MessageBuilder;

/**
 * What the commands of both directions need: a SecY's facts, and requests whose refusal is said.
 */
final class SecyAccess {
  private final KernelLinks links;
  private final KernelSecys secys;
  private final SaRefusals refusals;
  private final Map<Integer, Fixed> fixed = new ConcurrentHashMap<>();

  /** What of a SecY never changes while it exists. */
  record Fixed(Sci sci, CipherSuite suite) {}

  /** What a request was about: a channel when it names one, an SA when it names one. */
  record Target(@Nullable Sci sci, @Nullable AssociationNumber an) {}

  SecyAccess(KernelLinks links, KernelSecys secys) {
    this.links = links;
    this.secys = secys;
    this.refusals = new SaRefusals(links, secys);
  }

  MacsecRequests requests() {
    return secys.requests();
  }

  /** The secured interface, with the settings of the SecY. */
  LinkInfo link(SecyId secy, String operation) {
    return secys.requireLink(secy, operation);
  }

  /** All of the SecY. */
  SecyReport report(SecyId secy, String operation) {
    return secys.require(secy, operation);
  }

  /** All of the SecY; empty when the kernel hides it. */
  Optional<SecyReport> reportUnlessHidden(SecyId secy, String operation) {
    try {
      return Optional.of(secys.require(secy, operation));
    } catch (DumpTruncatedException e) {
      return Optional.empty();
    }
  }

  /** What never changes of a SecY; asked for once. */
  Fixed fixed(SecyId secy, String operation) {
    return fixed.computeIfAbsent(
        secy.index(),
        index -> {
          LinkInfo link = secys.requireLink(secy, operation);
          return new Fixed(MacsecLink.sci(link), MacsecLink.cipherSuite(link));
        });
  }

  void forget(SecyId secy) {
    fixed.remove(secy.index());
  }

  /** Changes the SecY itself. */
  void changeLink(String operation, MessageBuilder request) {
    try {
      links.change(operation, request);
    } catch (NetlinkException e) {
      throw Refusals.of(operation, e);
    }
  }

  /** Changes a channel or an SA. */
  void change(SecyId secy, String operation, MessageBuilder request, Target target) {
    try {
      secys.change(operation, request);
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENODEV) {
        forget(secy);
      }
      throw refusals.explain(secy, operation, target, e);
    }
  }

  static void requireFits(String operation, CipherSuite suite, PacketNumber pn) {
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

  static void requireKey(String operation, boolean destroyed) {
    if (destroyed) {
      throw new MacsecException(Kind.INVALID, operation + ": its key was destroyed before");
    }
  }

  static MacsecException notInstalled(String operation) {
    return new MacsecException(Kind.NOT_FOUND, operation + ": it is not installed");
  }
}
