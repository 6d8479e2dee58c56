package org.macsec4j.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.SecySnapshot;
import org.macsec4j.spi.Registration;
import org.macsec4j.testkit.dataplane.Quirk;

/**
 * A host of a {@link Lab}: plain interfaces eth0, eth1 … in the order in which it was wired, and
 * the secured interfaces that were made on them, macsec0 and so on.
 *
 * <p>Frames are whole: from the destination address to the last octet before the FCS. A frame is
 * received when it is for the interface's address or for a group. A plain interface receives every
 * such frame, protected ones too, as it is the uncontrolled port of 802.1AE 10.1; a secured
 * interface receives what its SecY delivered. A SecY that validates strictly counts the EAPOL
 * frames that pass by it as InPktsNoTag, as Linux does.
 */
public final class Host {
  private final Lab lab;
  private final String name;
  private final MacAddress firstAddress;
  private final Map<String, VirtualInterface> interfaces = new LinkedHashMap<>();
  private final Map<String, Inbox> inboxes = new HashMap<>();
  private final SecyTable secys = new SecyTable(this);
  private final Random randomness;
  private int nextIndex = 1;
  private Set<Quirk> quirks = Set.of();
  private @Nullable SimulatorBackend backend;
  private @Nullable Macsec macsec;

  Host(Lab lab, String name, MacAddress firstAddress) {
    this.lab = lab;
    this.name = name;
    this.firstAddress = firstAddress;
    // From the address and not from the order of making, so that a further host changes no other.
    this.randomness = new Random(lab.seedFor(firstAddress.value()));
  }

  /**
   * The name.
   *
   * @return the name that the laboratory knows it by
   */
  public String name() {
    return name;
  }

  /**
   * The front door to MACsec on this host, as an application has it in production.
   *
   * @return the same one each time, until it is closed; then a fresh one, which finds the SecYs
   *     still there
   */
  public Macsec macsec() {
    return lab.time()
        .exclusively(
            () -> {
              Macsec current = macsec;
              if (current == null || backend == null || backend.isClosed()) {
                backend = new SimulatorBackend(this);
                current = Macsec.using(backend);
                macsec = current;
              }
              return current;
            });
  }

  /**
   * Lets the SecYs that are made from now on leave the standard.
   *
   * @param chosen in which ways; {@link Quirk#LINUX} makes them those of a Linux kernel
   * @return this host
   */
  public Host quirks(Set<Quirk> chosen) {
    return lab.time()
        .exclusively(
            () -> {
              quirks = Set.copyOf(chosen);
              return this;
            });
  }

  /**
   * Gives an interface MACsec hardware, for SecYs that are made from now on.
   *
   * @param interfaceName a plain interface
   * @param hardware the hardware; what it is told later holds at once
   * @return this host
   * @throws MacsecException when there is no such interface
   */
  public Host nic(String interfaceName, Nic hardware) {
    Objects.requireNonNull(hardware, "hardware");
    return lab.time()
        .exclusively(
            () -> {
              existingInterface(interfaceName).plugIn(hardware);
              return this;
            });
  }

  Set<Quirk> quirks() {
    return quirks;
  }

  /**
   * The names of the interfaces.
   *
   * @return the plain ones in the order of wiring, then the secured ones in the order of making
   */
  public List<String> interfaces() {
    return lab.time()
        .exclusively(
            () -> {
              List<String> names = new ArrayList<>(interfaces.keySet());
              secys.list().forEach(secy -> names.add(secy.name()));
              return names;
            });
  }

  /**
   * The MAC address of an interface; a secured one has its parent's.
   *
   * @param interfaceName the interface
   * @return its address
   * @throws MacsecException when there is no such interface
   */
  public MacAddress mac(String interfaceName) {
    return lab.time()
        .exclusively(
            () -> {
              SimulatedSecy secured = secys.named(interfaceName);
              return secured != null
                  ? secured.parent().address()
                  : existingInterface(interfaceName).address();
            });
  }

  /**
   * Sends a frame as it is. On a secured interface its SecY protects it; on a plain one anything
   * can be sent, also what an attacker would send.
   *
   * @param interfaceName the interface
   * @param frame the frame, at least 14 octets
   * @return whether the frame went out; false when the secured interface is down or its SecY does
   *     not send
   * @throws MacsecException when there is no such interface
   */
  public boolean send(String interfaceName, byte[] frame) {
    byte[] sent = Frames.checked(frame);
    return lab.time()
        .exclusively(
            () -> {
              SimulatedSecy secured = secys.named(interfaceName);
              if (secured != null) {
                return secured.send(sent);
              }
              existingInterface(interfaceName).transmit(sent);
              return true;
            });
  }

  /**
   * Sends a frame from the interface's own address.
   *
   * @param interfaceName the interface
   * @param destination to whom
   * @param etherType the EtherType, 0x0600..0xFFFF
   * @param data what follows the EtherType
   * @return whether the frame went out
   * @throws MacsecException when there is no such interface
   */
  public boolean send(String interfaceName, MacAddress destination, int etherType, byte[] data) {
    return send(interfaceName, Frames.of(destination, mac(interfaceName), etherType, data));
  }

  /**
   * Hands over each frame that an interface receives, as it comes.
   *
   * @param interfaceName the interface; may be a secured one that will be made later
   * @param receiver is called on the virtual time, with a frame of its own
   * @return ends it when closed
   */
  public Registration onReceive(String interfaceName, Consumer<byte[]> receiver) {
    Objects.requireNonNull(receiver, "receiver");
    return lab.time().exclusively(() -> inbox(interfaceName).add(receiver));
  }

  /**
   * The frames that an interface has received, the last 10 000 of them.
   *
   * @param interfaceName the interface; may be a secured one that is gone, or not yet made
   * @return copies, in the order of arrival
   */
  public List<byte[]> received(String interfaceName) {
    return lab.time().exclusively(() -> inbox(interfaceName).frames());
  }

  /**
   * Forgets the frames that an interface has received.
   *
   * @param interfaceName the interface
   */
  public void clearReceived(String interfaceName) {
    lab.time()
        .exclusively(
            () -> {
              inbox(interfaceName).clear();
              return this;
            });
  }

  Lab lab() {
    return lab;
  }

  SecyTable secys() {
    return secys;
  }

  Random randomness() {
    return randomness;
  }

  int nextIndex() {
    return nextIndex++;
  }

  Inbox inbox(String interfaceName) {
    return inboxes.computeIfAbsent(interfaceName, unused -> new Inbox());
  }

  VirtualInterface addInterface() {
    int number = interfaces.size();
    nextIndex();
    VirtualInterface added =
        new VirtualInterface(this, "eth" + number, new MacAddress(firstAddress.value() + number));
    interfaces.put(added.name(), added);
    return added;
  }

  VirtualInterface existingInterface(String interfaceName) {
    VirtualInterface found = interfaces.get(interfaceName);
    if (found == null) {
      throw new MacsecException(
          MacsecException.Kind.NOT_FOUND,
          name
              + " has no interface "
              + interfaceName
              + "; it has "
              + interfaces()
              + (interfaces.isEmpty() ? ": Lab.wire and Lab.hub make them" : ""));
    }
    return found;
  }

  void close() {
    Macsec current = macsec;
    if (current != null) {
      current.close();
    }
  }

  String describe() {
    return secys.list().stream()
        .map(secys::read)
        .map(Host::describe)
        .collect(Collectors.joining("", "  host " + name + ": " + interfaces(), ""));
  }

  private static String describe(SecySnapshot secy) {
    return "\n    "
        + secy.id()
        + " on "
        + secy.config().parent()
        + ": SCI "
        + secy.transmitSc().sci()
        + ", "
        + (secy.up() ? "up" : "down")
        + ", "
        + (secy.operational() ? "operational" : "not operational")
        + ", sends with AN "
        + secy.transmitSc().encodingSa()
        + ", receives from "
        + secy.receiveScs().stream().map(sc -> sc.sci().toString()).toList();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
