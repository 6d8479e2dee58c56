package org.macsec4j.netlink;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.LeftOver;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;
import org.macsec4j.netlink.ethtool.Ethtool;
import org.macsec4j.netlink.jnr.JnrLibc;
import org.macsec4j.netlink.libc.Libc;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.macsec.SecyReport;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.spi.BackendCapabilities;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.Registration;
import org.macsec4j.spi.UncontrolledPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MACsec driver of the Linux kernel: everything that {@code ip macsec} and {@code ip link …
 * type macsec} can do, in this process, with the guards that the kernel lacks.
 *
 * <p>It talks to the namespace in which it was opened, see {@link #builder()}. Beside what every
 * backend can do it knows what only Linux has: the MTU, the name and the namespace of a secured
 * interface, and the choice of what happens to a SecY that an earlier process left behind.
 *
 * <p>Safe for several threads.
 */
public final class LinuxBackend implements MacsecBackend {
  private static final BackendCapabilities CAPABILITIES =
      new BackendCapabilities(
          Set.copyOf(EnumSet.allOf(CipherSuite.class)),
          Set.of(ConfidentialityOffset.NO_CONFIDENTIALITY, ConfidentialityOffset.OFFSET_0),
          false);
  static final Logger LOG = LoggerFactory.getLogger(LinuxBackend.class);

  private final Libc libc;
  private final Namespace namespace;
  private final Connections connections;
  private final KernelLinks links;
  private final KernelSecys secys;
  private final SecyCreation creation;
  private final SecyCommands commands;
  private final Adoption adoption;
  private final LeftOver leftOver;
  private final Live live;
  private final ReentrantLock change = new ReentrantLock();
  private volatile boolean closed;

  LinuxBackend(Libc libc, Namespace namespace, LeftOver leftOver) {
    this.libc = libc;
    this.namespace = namespace;
    this.connections = Connections.open(libc, namespace);
    this.links = new KernelLinks(connections.route());
    this.secys = new KernelSecys(connections.generic(), connections.requests(), links);
    this.live = new Live(libc, namespace, links, secys::snapshots);
    this.creation = new SecyCreation(links, secys, live::tell);
    this.commands = new SecyCommands(links, secys, creation);
    this.leftOver = leftOver;
    this.adoption =
        new Adoption(
            links, new Adoption.Operations(this::make, this::read, this::remove, commands::run));
  }

  /**
   * What to choose before opening.
   *
   * @return a builder for the network namespace of this process, which refuses what is left over
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return LinuxProvider.NAME;
  }

  @Override
  public BackendCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SecyId create(SecyConfig config) {
    return create(config, leftOver);
  }

  @Override
  public LeftOver leftOver() {
    return leftOver;
  }

  @Override
  public SecyId create(SecyConfig config, LeftOver policy) {
    return changing(
        "create a SecY on " + config.parent(),
        () -> {
          SecyId made = adoption.create(config, policy);
          live.changed();
          return made;
        });
  }

  /**
   * Makes a SecY on an interface of this namespace that lives in another network namespace from the
   * first moment on, so that nothing of this one ever sees it. EAPOL stays here, with the interface
   * below. A SecY that is left over there is refused, whatever the policy.
   *
   * @param config what it shall be; a name must be free in both namespaces, as the kernel looks
   *     into both
   * @param file stands for the namespace to live in, such as {@code /run/netns/blue}
   * @return what a backend that is opened in that namespace calls it
   * @throws MacsecException when it is refused; nothing is left behind
   */
  public SecyId create(SecyConfig config, Path file) {
    String what = "create a SecY on " + config.parent() + " that lives in " + file;
    return changing(what, () -> make(config, file));
  }

  private SecyId make(SecyConfig config, Path file) {
    try (Namespace home = Namespace.at(libc, file);
        Connections there = Connections.open(libc, home)) {
      KernelLinks linksThere = new KernelLinks(there.route());
      KernelSecys secysThere = new KernelSecys(there.generic(), there.requests(), linksThere);
      OptionalInt elsewhere = OptionalInt.of(home.descriptor());
      return new SecyCreation(links, linksThere, secysThere, elsewhere, event -> {}).create(config);
    }
  }

  private SecyId make(SecyConfig config) {
    SecyId made = creation.create(config);
    commands.begin(made);
    return made;
  }

  @Override
  public void delete(SecyId secy) {
    changing("delete " + secy, () -> remove(secy));
  }

  /** Down first: then nothing is sent any more, and the packet numbers read are the last word. */
  private SecyId remove(SecyId secy) {
    secys.requireLink(secy, "delete");
    commands.run(secy, new SecyCommand.SetControlledPort(false));
    Optional<SecyReport> last = secys.find(secy);
    creation.delete(secy);
    commands.end(secy, last);
    return secy;
  }

  @Override
  public SecyResult apply(SecyId secy, SecyCommand command) {
    try {
      changing("change " + secy, () -> run(secy, command));
      return SecyResult.done();
    } catch (MacsecException e) {
      return new SecyResult.Failed(e);
    }
  }

  private SecyId run(SecyId secy, SecyCommand command) {
    commands.run(secy, command);
    live.changed();
    return secy;
  }

  /**
   * Installs new SAs as a whole or not at all, and sends with the new transmit SA if there is one;
   * the one before is removed then, and any other transmit SA that was left. What stands in the
   * place of a new SA is removed first.
   *
   * @param secy which SecY
   * @param rotation the new SAs
   * @throws MacsecException when it is refused; the SecY sends and receives as before then
   */
  public void rotate(SecyId secy, SaRotation rotation) {
    changing(
        "rotate " + secy,
        () -> {
          new Rotation(secy, this::run).carryOut(secys.require(secy, "rotate"), rotation);
          return secy;
        });
  }

  @Override
  public SecySnapshot read(SecyId secy) {
    return answered(
        "read " + secy,
        () -> {
          SecyReport report = secys.require(secy, "read");
          LinkInfo link = secys.requireLink(secy, "read");
          return report.snapshot(link, links.parentName(link));
        });
  }

  /**
   * Reads all SecYs at once, which is much faster than one after the other.
   *
   * @return the SecYs, by index
   * @throws DumpTruncatedException when the kernel hides one
   */
  @Override
  public List<SecySnapshot> readAll() {
    return answered("read the SecYs", secys::snapshots);
  }

  @Override
  public List<SecyId> list() {
    return answered(
        "list the SecYs",
        () -> links.macsec().stream().map(link -> new SecyId(link.index(), link.name())).toList());
  }

  /**
   * Watches the SecYs. As the kernel tells of links alone, everything else is seen by looking: once
   * a second, and up to twenty times a second before packet numbers reach the threshold or their
   * end. Where hardware counts the packet numbers most drivers tell the one that was set, not the
   * one that is next, so that neither is seen.
   */
  @Override
  public Registration watch(PacketNumberThreshold threshold, Consumer<SecyEvent> listener) {
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(listener, "listener");
    return answered("watch the SecYs", () -> live.watch(threshold, listener));
  }

  @Override
  public MacAddress addressOf(String interfaceName) {
    String what = "read the address of " + interfaceName;
    return answered(
        what, () -> links.requireEthernet("cannot " + what, interfaceName).address().orElseThrow());
  }

  @Override
  public OptionalLong framesSent(String interfaceName) {
    return answered("read counters", () -> links.framesSent(interfaceName));
  }

  @Override
  public UncontrolledPort openPort(String interfaceName, Consumer<byte[]> receiver) {
    Objects.requireNonNull(receiver, "receiver");
    String what = "open the uncontrolled port of " + interfaceName;
    return answered(
        what,
        () -> live.openPort(links.requireEthernet("cannot " + what, interfaceName), receiver));
  }

  /**
   * Opens a way to send and hear whole frames of an interface. It needs CAP_NET_RAW.
   *
   * @param interfaceName an interface of Ethernet, or a secured one
   * @param hears what is heard
   * @return to be closed
   * @throws MacsecException when it is refused
   */
  public FrameSocket openFrames(String interfaceName, FrameSocket.Hears hears) {
    String what = "open the frames of " + interfaceName;
    return answered(
        what, () -> live.openFrames(links.requireEthernet("cannot " + what, interfaceName), hears));
  }

  /**
   * Sets the longest payload of a secured interface.
   *
   * @param secy which SecY
   * @param octets the MTU; at most that of the parent less 16 and the length of the ICV
   * @throws MacsecException when it is refused
   */
  public void setMtu(SecyId secy, int octets) {
    String what = "set the MTU of " + secy + " to " + octets;
    changing(
        what,
        () -> {
          creation.requireMtu("cannot " + what, secys.requireLink(secy, what), octets);
          links.change("cannot " + what, LinkRequests.setMtu(secy.index(), octets));
          return secy;
        });
  }

  /**
   * The longest payload of a secured interface.
   *
   * @param secy which SecY
   * @return octets
   * @throws MacsecException when it does not exist
   */
  public int mtu(SecyId secy) {
    return answered("read the MTU of " + secy, () -> secys.requireLink(secy, "read").mtu());
  }

  /**
   * Renames a secured interface.
   *
   * @param secy which SecY
   * @param name its new name, 1..15 characters
   * @return the SecY with its new name
   * @throws MacsecException when it is refused
   */
  public SecyId rename(SecyId secy, String name) {
    SecyCreation.requireName("cannot rename " + secy, name);
    String what = "rename " + secy + " to " + name;
    return changing(
        what,
        () -> {
          secys.requireLink(secy, what);
          creation.rename("cannot " + what, secy, name);
          return new SecyId(secy.index(), name);
        });
  }

  @Override
  public void setOffload(SecyId secy, OffloadMode mode) {
    changing(
        "offload " + secy,
        () -> {
          creation.setOffload("cannot offload " + secy, secy, mode);
          return secy;
        });
  }

  /**
   * Moves a secured interface into another network namespace. The interface below stays, and so
   * does EAPOL. A backend opened in the other namespace goes on with the SecY.
   *
   * @param secy which SecY
   * @param file stands for the namespace, such as {@code /run/netns/blue}
   * @throws MacsecException when it is refused
   */
  public void move(SecyId secy, Path file) {
    String what = "move " + secy + " to " + file;
    try (Namespace target = Namespace.at(libc, file)) {
      changing(
          what,
          () -> {
            secys.requireLink(secy, what);
            links.change("cannot " + what, LinkRequests.move(secy.index(), target.descriptor()));
            return secy;
          });
    }
    commands.end(secy, Optional.empty());
  }

  /**
   * The interfaces that a SecY can be made on: those of Ethernet that are not secured ones.
   *
   * @return their names, by their numbers
   */
  public List<String> parents() {
    return answered("list interfaces", () -> links.parents().stream().map(LinkInfo::name).toList());
  }

  /**
   * Asks what the drivers of interfaces say, in the namespace of this backend.
   *
   * @return to be closed, before this backend
   */
  public Ethtool ethtool() {
    return answered("ask ethtool", () -> Ethtool.open(libc, live));
  }

  /** One change after the other, as some look first and change then. */
  private <T> T changing(String what, Supplier<T> work) {
    change.lock();
    try {
      return answered(what, work);
    } finally {
      change.unlock();
    }
  }

  /** What this module does not expect becomes an exception that callers know. */
  private <T> T answered(String what, Supplier<T> work) {
    if (closed) {
      throw new MacsecException(
          MacsecException.Kind.BACKEND, "cannot " + what + ": the backend is closed");
    }
    try {
      return work.get();
    } catch (NetlinkException e) {
      throw Refusals.of("cannot " + what, e);
    } catch (MalformedMessageException e) {
      throw new MacsecException(
          MacsecException.Kind.BACKEND, "cannot " + what + ": the kernel's answer is odd", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    live.close();
    connections.close();
    namespace.close();
  }

  /** Where it is. */
  @Override
  public String toString() {
    return "Linux MACsec in " + namespace;
  }

  /** Opens a {@link LinuxBackend}. Not for several threads. */
  public static final class Builder {
    private @Nullable Path namespace;
    private LeftOver leftOver = LeftOver.REFUSE;

    private Builder() {}

    /**
     * Works in a network namespace that {@code ip netns} made.
     *
     * @param name its name
     * @return this builder
     */
    public Builder namespace(String name) {
      return namespace(Namespace.pathOf(name));
    }

    /**
     * Works in a network namespace that a file stands for.
     *
     * @param file such as {@code /proc/1234/ns/net}
     * @return this builder
     */
    public Builder namespace(Path file) {
      namespace = Objects.requireNonNull(file, "file");
      return this;
    }

    /**
     * Says what becomes of a SecY that is in the way of one to be made.
     *
     * @param policy default {@link LeftOver#REFUSE}
     * @return this builder
     */
    public Builder leftOver(LeftOver policy) {
      leftOver = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Opens it.
     *
     * @return a backend of its own; the caller closes it
     * @throws MacsecException when the namespace or the driver is not there
     */
    public LinuxBackend open() {
      return open(JnrLibc.system());
    }

    /**
     * Opens it over another C library, such as the one of {@code org.macsec4j.netlink.fake}, which
     * has no kernel below.
     *
     * @param libc the calls that it makes
     * @return a backend of its own; the caller closes it
     * @throws MacsecException when the namespace or the driver is not there
     */
    public LinuxBackend open(Libc libc) {
      Namespace where = namespace == null ? Namespace.own(libc) : Namespace.at(libc, namespace);
      try {
        return new LinuxBackend(libc, where, leftOver);
      } catch (NetlinkException e) {
        where.close();
        throw Refusals.of(
            MacsecException.Kind.UNAVAILABLE,
            "cannot open MACsec in " + where,
            e,
            Readiness.probe(libc, true).detail());
      } catch (MacsecException e) {
        where.close();
        throw e;
      }
    }
  }
}
