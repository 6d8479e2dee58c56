package org.macsec4j.netlink;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.Sci;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.SecyAccess.Target;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.SecyReport;
import org.macsec4j.netlink.transport.NetlinkException;

/**
 * Finds out why the kernel refused a request about channels or SAs: it has one number for a SecY, a
 * channel and an SA that is not there, and one for whatever is in use.
 */
final class SaRefusals {
  static final String INSTALLED = "it is installed already; disable and delete it first";

  private final KernelLinks links;
  private final KernelSecys secys;

  SaRefusals(KernelLinks links, KernelSecys secys) {
    this.links = links;
    this.secys = secys;
  }

  MacsecException explain(SecyId secy, String operation, Target target, NetlinkException cause) {
    try {
      return switch (cause.errno()) {
        case Errno.ENODEV -> missing(secy, operation, target, cause);
        case Errno.EEXIST -> taken(secy, operation, target, cause);
        case Errno.EBUSY -> busy(secy, operation, target, cause);
        default -> Refusals.of(operation, cause);
      };
    } catch (MacsecException unreadable) {
      MacsecException plain = Refusals.of(operation, cause);
      plain.addSuppressed(unreadable);
      return plain;
    }
  }

  private MacsecException missing(
      SecyId secy, String operation, Target target, NetlinkException cause) {
    if (links.find(secy.index()).filter(LinkInfo::isMacsec).isEmpty()) {
      return Refusals.of(operation, cause, "there is no SecY " + secy + " any more");
    }
    SecyReport now = secys.require(secy, "read");
    Sci sci = target.sci();
    if (sci != null && now.receiveSc(sci).isEmpty()) {
      return Refusals.of(
          operation, cause, "there is no receive channel " + sci + "; create it first");
    }
    return Refusals.of(operation, cause, "it is not installed");
  }

  /** A receive channel's SCI is unique among all SecYs of a parent. */
  private MacsecException taken(
      SecyId secy, String operation, Target target, NetlinkException cause) {
    SecyReport now = secys.require(secy, "read");
    Sci sci = target.sci();
    if (sci == null || now.receiveSc(sci).isPresent()) {
      return Refusals.of(operation, cause, "it exists already");
    }
    return Refusals.of(
        operation,
        cause,
        "another SecY on the same parent has a receive channel of that SCI; a peer belongs to one"
            + " SecY of a parent");
  }

  private MacsecException busy(
      SecyId secy, String operation, Target target, NetlinkException cause) {
    AssociationNumber an = target.an();
    Optional<Boolean> enabled =
        an == null ? Optional.empty() : isEnabled(secys.require(secy, "read"), target.sci(), an);
    if (enabled.isEmpty()) {
      return Refusals.of(operation, cause);
    }
    boolean installing = operation.startsWith("cannot install");
    return installing
        ? Refusals.of(Kind.EXISTS, operation, cause, INSTALLED)
        : Refusals.of(operation, cause, "it is enabled; disable it first");
  }

  private static Optional<Boolean> isEnabled(
      SecyReport now, @Nullable Sci sci, AssociationNumber an) {
    return sci == null
        ? now.transmitSc().sa(an).map(sa -> sa.enabled())
        : now.receiveSc(sci).flatMap(channel -> channel.sa(an)).map(sa -> sa.enabled());
  }
}
