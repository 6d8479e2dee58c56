package org.macsec4j.testkit.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network namespace of the guest, with the programs that build a network in it. Closing it
 * deletes it, with the devices that are in it.
 *
 * <pre>{@code
 * try (Netns a = Netns.create("a"); Netns b = Netns.create("b")) {
 *   a.veth("v0", b, "v0");
 *   a.ip("addr add 10.0.0.1/24 dev v0");
 *   b.ip("addr add 10.0.0.2/24 dev v0");
 *   a.netem("v0", "delay 3ms loss 20%");
 *   assertThat(a.pings("10.0.0.2")).isTrue();
 * }
 * }</pre>
 *
 * <p>Arguments that are given as one text are apart by blanks and cannot hold any. A program that
 * fails throws an {@link IllegalStateException} that has the command, its exit code and all that it
 * printed; {@link #run} leaves that to the caller. Works in a guest only and throws elsewhere.
 */
public final class Netns implements AutoCloseable {
  /** 01-80-C2-00-00-03, the address of EAPOL frames, which a bridge drops unless told otherwise. */
  private static final String FORWARD_EAPOL = "8";

  private static final String MAIN = "";

  private final String name;

  private Netns(String name) {
    this.name = name;
  }

  /**
   * Makes a namespace whose loopback device is up.
   *
   * @param name its name for {@code ip netns}; not used by another one
   * @return the new namespace
   */
  public static Netns create(String name) {
    Netns made = new Netns(name);
    check(List.of("ip", "netns", "add", name));
    made.ip("link set lo up");
    return made;
  }

  /**
   * The one in which the guest and its JVM are.
   *
   * @return the namespace of the JVM; closing it does nothing
   */
  public static Netns main() {
    return new Netns(MAIN);
  }

  /**
   * Its name.
   *
   * @return as it was created; empty for {@link #main()}
   */
  public String name() {
    return name;
  }

  /**
   * The file that stands for it, to be opened for {@code setns}.
   *
   * @return an absolute path
   */
  public Path path() {
    return name.isEmpty() ? Path.of("/proc/1/ns/net") : Path.of("/run/netns", name);
  }

  /**
   * Runs {@code ip} here.
   *
   * @param arguments such as {@code link set v0 up}
   * @return what it printed
   */
  public String ip(String arguments) {
    return tool("ip", arguments);
  }

  /**
   * Runs {@code tc} here.
   *
   * @param arguments such as {@code qdisc show dev v0}
   * @return what it printed
   */
  public String tc(String arguments) {
    return tool("tc", arguments);
  }

  private String tool(String program, String arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    if (!name.isEmpty()) {
      command.addAll(List.of("-n", name));
    }
    command.addAll(split(arguments));
    return check(command);
  }

  /**
   * Runs any program here.
   *
   * @param command the program and its arguments
   * @return its output and exit code, whatever that is
   */
  public CommandResult run(String... command) {
    return Command.run(here(List.of(command)));
  }

  /**
   * Runs any program here, which must end with exit code 0.
   *
   * @param command the program and its arguments, apart by blanks
   * @return what it printed
   */
  public String call(String command) {
    return check(here(split(command)));
  }

  /**
   * Starts a program here that goes on beside the test.
   *
   * @param command the program and its arguments
   * @return the process; the caller ends it
   */
  public Process start(String... command) {
    return Command.start(here(List.of(command)));
  }

  private List<String> here(List<String> command) {
    return name.isEmpty()
        ? command
        : Stream.concat(Stream.of("ip", "netns", "exec", name), command.stream()).toList();
  }

  /**
   * Makes a pair of Ethernet devices that are joined, one here and one there, both up.
   *
   * @param device the name here
   * @param other where the other one is
   * @param peer the name there
   */
  public void veth(String device, Netns other, String peer) {
    ip("link add name %s type veth peer name %s netns %s".formatted(device, peer, other.idForIp()));
    ip("link set dev %s up".formatted(device));
    other.ip("link set dev %s up".formatted(peer));
  }

  /** {@code ip} takes a name or the number of a process for it. */
  private String idForIp() {
    return name.isEmpty() ? "1" : name;
  }

  /**
   * Makes a bridge of devices that are here, all of them up. It forwards EAPOL frames, which
   * bridges usually do not, so MKA works through it.
   *
   * @param bridge its name
   * @param devices the names of its ports
   */
  public void bridge(String bridge, String... devices) {
    ip("link add name %s type bridge group_fwd_mask %s".formatted(bridge, FORWARD_EAPOL));
    for (String device : devices) {
      ip("link set dev %s master %s up".formatted(device, bridge));
    }
    ip("link set dev %s up".formatted(bridge));
  }

  /**
   * Makes a device lose, delay, repeat or garble what it sends, instead of what it did before.
   *
   * @param device its name here
   * @param faults in the words of {@code tc-netem}, such as {@code delay 3ms loss 20%}
   */
  public void netem(String device, String faults) {
    tc("qdisc replace dev %s root netem %s".formatted(device, faults));
  }

  /**
   * Makes a device send again what it is given, without {@link #netem}.
   *
   * @param device its name here
   */
  public void withoutNetem(String device) {
    tc("qdisc del dev %s root".formatted(device));
  }

  /**
   * Whether an address answers one of three pings within 3 s. Needs the program {@code ping}.
   *
   * @param address an IPv4 or IPv6 address
   * @return true when an answer came
   */
  public boolean pings(String address) {
    return run("ping", "-n", "-q", "-c", "3", "-i", "0.2", "-W", "1", "-w", "3", address).isOk();
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() {
    if (!name.isEmpty()) {
      check(List.of("ip", "netns", "del", name));
    }
  }

  private static List<String> split(String arguments) {
    return List.of(arguments.strip().split("\\s+", -1));
  }

  private static String check(List<String> command) {
    CommandResult result = Command.run(command);
    if (!result.isOk()) {
      throw new IllegalStateException(
          "%s: exit code %d, %s%s"
              .formatted(
                  String.join(" ", command), result.exitCode(), result.error(), result.output()));
    }
    return result.output();
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "main namespace" : "namespace " + name;
  }
}
