package org.macsec4j.netlink;

import java.util.Map;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.AttributeNames;
import org.macsec4j.netlink.transport.NetlinkException;

/**
 * Turns a bare error number into a sentence: what was tried on what, why not, what to do.
 *
 * <p>The driver says hardly anything in words, and gives one number for several reasons. So whoever
 * asked adds what it knows, by error number, and this class says what is the same everywhere.
 */
final class Refusals {
  static final String NEEDS_CAP =
      "it needs CAP_NET_ADMIN, for channels and SAs that of the initial user namespace, so root of"
          + " the host and not of a container without its privileges";

  /** All that this module knows to be wrong was refused before. */
  private static final String LOG =
      ", which were in range as far as macsec4j knows; its log may say more (dmesg)";

  private static final Map<Integer, Kind> KINDS =
      Map.of(
          Errno.EPERM, Kind.PERMISSION,
          Errno.EACCES, Kind.PERMISSION,
          Errno.ENODEV, Kind.NOT_FOUND,
          Errno.EEXIST, Kind.EXISTS,
          Errno.EBUSY, Kind.BUSY,
          Errno.EOPNOTSUPP, Kind.UNSUPPORTED,
          Errno.ENOSPC, Kind.LIMIT,
          Errno.EINVAL, Kind.INVALID,
          Errno.ERANGE, Kind.INVALID);

  private static final Map<Integer, String> HINTS =
      Map.of(
          Errno.EPERM, NEEDS_CAP,
          Errno.EACCES, NEEDS_CAP,
          Errno.ENODEV, "the interface, the channel or the SA is not there",
          Errno.EBUSY, "it is in use",
          Errno.EEXIST, "it exists already",
          Errno.EOPNOTSUPP, "the kernel or the hardware cannot do that",
          Errno.ENOSPC, "the hardware has no room left",
          Errno.EINVAL, "the kernel takes not one of the values" + LOG,
          Errno.ERANGE, "a value is out of the kernel's range" + LOG,
          Errno.ETIMEDOUT, "the kernel did not answer; whether it was done is not known");

  private Refusals() {}

  /** An exception that says what is the same everywhere. */
  static MacsecException of(String operation, NetlinkException cause) {
    return of(operation, cause, HINTS.getOrDefault(cause.errno(), "the kernel said no more"));
  }

  /** An exception with a reason that the caller found. */
  static MacsecException of(String operation, NetlinkException cause, String reason) {
    return of(KINDS.getOrDefault(cause.errno(), Kind.BACKEND), operation, cause, reason);
  }

  /** An exception with a kind and a reason that the caller found. */
  static MacsecException of(Kind kind, String operation, NetlinkException cause, String reason) {
    StringBuilder text = new StringBuilder(operation).append(": ");
    text.append(Errno.name(cause.errno()));
    cause.kernelText().ifPresent(said -> text.append(" (kernel: ").append(said).append(')'));
    if (!cause.attribute().isEmpty()) {
      text.append(", attribute ").append(AttributeNames.of(cause.attribute()));
    }
    return new MacsecException(kind, text.append(", ").append(reason).toString(), cause);
  }
}
