package org.macsec4j.netlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.macsec4j.netlink.jnr.JnrLibc;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.macsec.MacsecRequests;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.spi.Availability;

/**
 * How far this process can use the kernel's MACsec, found out without changing anything.
 *
 * @param state how far
 * @param detail what was found, for a person
 */
public record Readiness(State state, String detail) {
  private static final int CAP_NET_ADMIN = 12;
  private static final Path STATUS = Path.of("/proc/thread-self/status");
  private static final String EFFECTIVE = "CapEff:";

  /** How far the kernel's MACsec can be used. */
  public enum State {
    /** This is no Linux, or native calls do not work in this JVM. */
    NOT_LINUX,
    /** The kernel has no MACsec driver, or its module is not loaded. */
    NO_MACSEC,
    /** The process lacks CAP_NET_ADMIN. It can read, not change. */
    NO_CAPABILITY,
    /**
     * The process has CAP_NET_ADMIN of a user namespace only, as in a rootless container. It can
     * make SecYs, but no channel and no SA.
     */
    USER_NAMESPACE_ONLY,
    /** Everything can be used. */
    READY
  }

  /**
   * Finds it out for the network namespace of this process.
   *
   * @return the state, with what would help
   */
  public static Readiness probe() {
    String system = System.getProperty("os.name", "unknown");
    if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
      return new Readiness(State.NOT_LINUX, "the operating system is " + system + ", not Linux");
    }
    try {
      return probe(JnrLibc.system(), hasNetAdmin());
    } catch (LinkageError e) {
      return new Readiness(
          State.NOT_LINUX, "native calls do not work in this JVM: " + e.getMessage());
    }
  }

  static Readiness probe(Libc libc, boolean netAdmin) {
    try (NetlinkConnection generic = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_GENERIC)) {
      GenericFamily family = GenericFamily.find(generic, MacsecRequests.FAMILY);
      return privilege(generic, new MacsecRequests(family), netAdmin);
    } catch (NetlinkException e) {
      return e.errno() == Errno.ENOENT
          ? new Readiness(
              State.NO_MACSEC,
              "this kernel ("
                  + kernel()
                  + ") has no MACsec: load the module macsec, or use a"
                  + " kernel built with CONFIG_MACSEC")
          : new Readiness(State.NO_MACSEC, "netlink does not work: " + e.getMessage());
    }
  }

  private static Readiness privilege(
      NetlinkConnection generic, MacsecRequests requests, boolean netAdmin) {
    try {
      generic.change("probe the privilege", requests.probe());
    } catch (NetlinkException e) {
      if (e.errno() == Errno.EPERM || e.errno() == Errno.EACCES) {
        return netAdmin
            ? new Readiness(
                State.USER_NAMESPACE_ONLY,
                "this process has CAP_NET_ADMIN in a user namespace only: links can be made, but"
                    + " channels and SAs need CAP_NET_ADMIN of the initial user namespace")
            : new Readiness(
                State.NO_CAPABILITY,
                "this process lacks CAP_NET_ADMIN: run it as root, or give it the capability"
                    + " (AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW of a systemd service)");
      }
    }
    return new Readiness(State.READY, "Linux " + kernel());
  }

  private static String kernel() {
    return System.getProperty("os.version", "unknown");
  }

  private static boolean hasNetAdmin() {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      return lines.stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).trim(), 16))
          .anyMatch(capabilities -> (capabilities >>> CAP_NET_ADMIN & 1) != 0);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The same as a provider says it.
   *
   * @return available when everything can be used
   */
  public Availability toAvailability() {
    return state == State.READY ? Availability.yes(detail) : Availability.no(detail);
  }
}
