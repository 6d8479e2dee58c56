package org.macsec4j.netlink.ethtool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.libc.Sockets;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.NetlinkMessage;
import org.macsec4j.spi.Registration;

/**
 * Asks the kernel what the drivers of interfaces say of themselves. Nothing is changed, and no
 * privilege is needed.
 *
 * <p>Features and PHYs are asked by netlink. Who drives an interface is in no message of netlink;
 * it is asked by {@code ioctl}, and not read from {@code /sys}: a socket stays in the network
 * namespace it was opened in, while {@code /sys} shows the one of whoever mounted it, so that a
 * name found there may be another interface.
 *
 * <p>A kernel without ethtool netlink (before 5.6, or built without it) answers {@link
 * Kind#UNSUPPORTED} when features are asked for.
 *
 * <p>Safe for several threads.
 */
public final class Ethtool implements AutoCloseable {
  private final Libc libc;
  private final Surroundings around;
  private final NetlinkConnection connection;
  private final int ioctlSocket;

  /** Null on a kernel without the family. */
  private final @Nullable GenericFamily family;

  // Guarded by this.
  private @Nullable List<String> featureNames;
  private @Nullable FeatureMonitor monitor;
  private boolean closed;

  /** What it works in. */
  public interface Surroundings {
    /**
     * Does something in the network namespace, where sockets are opened.
     *
     * @param work what to do
     * @param <T> what comes of it
     * @return what came of it
     */
    <T> T inside(Supplier<T> work);

    /**
     * Waits for a socket too.
     *
     * @param descriptor the socket; is closed when the waiting ends
     * @param onReadable runs on one thread whenever it can be read
     * @return ends it when closed
     */
    Registration whenReadable(int descriptor, Runnable onReadable);
  }

  private Ethtool(
      Libc libc,
      Surroundings around,
      NetlinkConnection connection,
      int ioctlSocket,
      @Nullable GenericFamily family) {
    this.libc = libc;
    this.around = around;
    this.connection = connection;
    this.ioctlSocket = ioctlSocket;
    this.family = family;
  }

  /**
   * Opens it.
   *
   * @param libc the system
   * @param around the namespace, and who waits for notices
   * @return to be closed
   * @throws MacsecException when no socket can be opened
   */
  public static Ethtool open(Libc libc, Surroundings around) {
    return answered("ask ethtool", () -> around.inside(() -> openHere(libc, around)));
  }

  private static Ethtool openHere(Libc libc, Surroundings around) {
    NetlinkConnection connection = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_GENERIC);
    try {
      GenericFamily family = find(connection);
      int type = Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC;
      int socket = libc.socket(Sockets.AF_UNIX, type, 0);
      if (socket < 0) {
        throw new NetlinkException("open a socket for ioctl", -socket);
      }
      return new Ethtool(libc, around, connection, socket, family);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static @Nullable GenericFamily find(NetlinkConnection connection) {
    try {
      return GenericFamily.find(connection, EthtoolMessages.FAMILY);
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  /**
   * The names of all features that this kernel has, whichever interface has them.
   *
   * @return the names, by their numbers; an empty one where a number is not used
   * @throws MacsecException when they cannot be read
   */
  public List<String> featureNames() {
    return answered("read the names of features", this::names);
  }

  private synchronized List<String> names() {
    if (featureNames == null) {
      NetlinkMessage answer = connection.get("read the names", messages().featureNames());
      featureNames = EthtoolMessages.featureNames(answer);
    }
    return featureNames;
  }

  /**
   * The features of an interface.
   *
   * @param interfaceName the interface
   * @return its features
   * @throws MacsecException {@link Kind#NOT_FOUND} when there is no such interface, {@link
   *     Kind#UNSUPPORTED} when this kernel does not tell
   */
  public DeviceFeatures features(String interfaceName) {
    String what = "read the features of " + interfaceName;
    requireName(what, interfaceName);
    return answered(
        what, () -> decode(connection.get(what, messages().features(interfaceName, true))));
  }

  /**
   * The features of all interfaces of the namespace.
   *
   * @return their features, in the kernel's order
   * @throws MacsecException {@link Kind#UNSUPPORTED} when this kernel does not tell
   */
  public List<DeviceFeatures> allFeatures() {
    String what = "read the features of all interfaces";
    return answered(
        what,
        () -> connection.dump(what, messages().allFeatures()).stream().map(this::decode).toList());
  }

  private DeviceFeatures decode(NetlinkMessage message) {
    return EthtoolMessages.features(message, names());
  }

  /**
   * Who drives an interface.
   *
   * @param interfaceName the interface
   * @return its driver; empty when it has none that says so, as most that are only software
   * @throws MacsecException {@link Kind#NOT_FOUND} when there is no such interface
   */
  public Optional<DriverInfo> driver(String interfaceName) {
    String what = "read the driver of " + interfaceName;
    requireName(what, interfaceName);
    ByteBuffer data = DriverInfo.question();
    int result = libc.ioctl(ioctlSocket, Sockets.SIOCETHTOOL, interfaceName, data);
    if (result == -Errno.EOPNOTSUPP) {
      return Optional.empty();
    }
    if (result < 0) {
      throw refusal(what, new NetlinkException(what, -result));
    }
    return Optional.of(DriverInfo.of(data));
  }

  /**
   * The PHYs of an interface that the kernel has in its care. Kernels tell from 6.12 on; before
   * that {@code /sys} alone knew, see above.
   *
   * @param interfaceName the interface
   * @return what the kernel tells
   * @throws MacsecException {@link Kind#NOT_FOUND} when there is no such interface
   */
  public PhyInfo phy(String interfaceName) {
    String what = "read the PHYs of " + interfaceName;
    requireName(what, interfaceName);
    try {
      List<NetlinkMessage> found =
          answered(what, () -> connection.dump(what, messages().phys(interfaceName)));
      return EthtoolMessages.phys(found);
    } catch (MacsecException e) {
      if (e.kind() == Kind.UNSUPPORTED) {
        return new PhyInfo(PhyPresence.UNKNOWN, List.of());
      }
      throw e;
    }
  }

  /**
   * Watches the features of all interfaces of the namespace. An interface that comes or goes is not
   * told; its links are.
   *
   * @param listener hears on the backend's thread
   * @return ends it when closed
   * @throws MacsecException {@link Kind#UNSUPPORTED} when this kernel does not tell
   */
  public Registration watch(FeatureListener listener) {
    return answered("watch features", () -> monitor().listen(listener));
  }

  private synchronized FeatureMonitor monitor() {
    if (closed) {
      throw new MacsecException(Kind.BACKEND, "cannot watch features: it is closed");
    }
    if (monitor == null) {
      GenericFamily found = requireFamily();
      // Before the first notice: asked for on the thread of the notices, names would delay them.
      names();
      int protocol = NetlinkSocket.NETLINK_GENERIC;
      NetlinkSocket socket = around.inside(() -> NetlinkSocket.open(libc, protocol));
      monitor = new FeatureMonitor(around, socket, found, this::decode);
    }
    return monitor;
  }

  private EthtoolMessages messages() {
    return new EthtoolMessages(requireFamily());
  }

  private GenericFamily requireFamily() {
    if (family == null) {
      throw new MacsecException(
          Kind.UNSUPPORTED, "this kernel has no ethtool netlink (CONFIG_ETHTOOL_NETLINK)");
    }
    return family;
  }

  /** The kernel refuses such a name as malformed, and not as unknown. */
  private static void requireName(String what, String interfaceName) {
    int length = interfaceName.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length >= Sockets.INTERFACE_NAME) {
      throw new MacsecException(
          Kind.NOT_FOUND,
          "cannot " + what + ": the name of an interface has 1..15 octets, not " + length);
    }
  }

  private static <T> T answered(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (NetlinkException e) {
      throw refusal(what, e);
    } catch (MalformedMessageException e) {
      throw new MacsecException(Kind.BACKEND, "cannot " + what + ": the kernel's answer is odd", e);
    }
  }

  private static MacsecException refusal(String what, NetlinkException e) {
    Kind kind =
        switch (e.errno()) {
          case Errno.ENODEV -> Kind.NOT_FOUND;
          case Errno.EOPNOTSUPP -> Kind.UNSUPPORTED;
          case Errno.EPERM, Errno.EACCES -> Kind.PERMISSION;
          default -> Kind.BACKEND;
        };
    String said = e.kernelText().map(text -> " (kernel: " + text + ")").orElse("");
    return new MacsecException(kind, "cannot " + what + ": " + Errno.describe(e.errno()) + said, e);
  }

  /** Closes its sockets, and ends its watches. Repeating it does no harm. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (monitor != null) {
        monitor.close();
      }
    }
    connection.close();
    libc.close(ioctlSocket);
  }
}
