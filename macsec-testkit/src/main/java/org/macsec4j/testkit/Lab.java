package org.macsec4j.testkit;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.macsec4j.MacAddress;
import org.macsec4j.testkit.capture.Capture;

/**
 * A laboratory: hosts, what joins them, one virtual time and one seed.
 *
 * <pre>{@code
 * Lab lab = Lab.create(42);
 * Host a = lab.host("a");
 * Host b = lab.host("b");
 * Link wire = lab.wire(a, b).loss(0.2).latency(Duration.ofMillis(3));
 * ...                                        // a.macsec() and b.macsec() are used as in production
 * lab.runUntil(session::isSecured, Duration.ofSeconds(10));
 * wire.cut();
 * lab.run(Duration.ofSeconds(7));
 * lab.capture().writeTo(Path.of("target/failover.pcapng"));
 * }</pre>
 *
 * <p>Nothing happens, and no time passes, unless somebody drives it: {@link #run}, {@link
 * #runUntil}, or a method under test that waits on the backend's event loop. The same seed and the
 * same calls give the same run, byte for byte, as long as all randomness comes from the laboratory.
 *
 * <p>For the threads see {@link VirtualTime}.
 */
public final class Lab implements AutoCloseable {
  /** The system property whose value is taken as the seed where none is fixed, to replay a run. */
  public static final String SEED_PROPERTY = "macsec4j.lab.seed";

  /** The first host's first interface; locally administered, a host in octet 5, its port in 6. */
  private static final long FIRST_ADDRESS = 0x0200_0000_0000L;

  private static final int ADDRESSES_PER_HOST = 0x100;

  private final long seed;
  private final Random seeds;
  private final VirtualTime time = new VirtualTime();
  private final Capture capture = new Capture();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final List<Medium<?>> media = new ArrayList<>();

  private Lab(long seed) {
    this.seed = seed;
    this.seeds = new Random(seed);
  }

  /**
   * A laboratory that repeats itself.
   *
   * @param seed decides about all chance
   * @return an empty laboratory
   */
  public static Lab create(long seed) {
    return new Lab(seed);
  }

  /**
   * A laboratory with the seed of the system property {@value #SEED_PROPERTY}, or a fresh seed when
   * it is not set. Print {@link #seed()} when something fails.
   *
   * @return an empty laboratory
   * @throws IllegalArgumentException when the property is no number
   */
  public static Lab create() {
    String given = System.getProperty(SEED_PROPERTY);
    if (given == null) {
      return new Lab(new SecureRandom().nextLong());
    }
    try {
      return new Lab(Long.parseLong(given.trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the system property " + SEED_PROPERTY + " is a number of 64 bits, not " + given, e);
    }
  }

  /**
   * The seed.
   *
   * @return what {@link #create(long)} takes to repeat this run
   */
  public long seed() {
    return seed;
  }

  /**
   * The host of a name; made when there is none yet.
   *
   * @param name its name
   * @return the host, without an interface at first
   */
  public Host host(String name) {
    Host known = hosts.get(Objects.requireNonNull(name, "name"));
    return known != null
        ? known
        : add(name, new MacAddress(FIRST_ADDRESS + (hosts.size() + 1L) * ADDRESSES_PER_HOST + 1));
  }

  /**
   * Makes a host whose addresses are chosen.
   *
   * @param name its name
   * @param first the address of its eth0, not a group's; eth1 has the next address, and so on
   * @return the host
   * @throws IllegalArgumentException when there is a host of that name, or for a group address
   */
  public Host host(String name, MacAddress first) {
    if (hosts.containsKey(Objects.requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("there is a host " + name + " already");
    }
    if (first.isGroup()) {
      throw new IllegalArgumentException("an interface needs an individual address, not " + first);
    }
    return add(name, first);
  }

  private Host add(String name, MacAddress first) {
    Host host = new Host(this, name, first);
    hosts.put(name, host);
    return host;
  }

  /**
   * Joins two hosts by a wire. Each gets a new interface for it: eth0, when it is the first.
   *
   * @param left a host
   * @param right another host, or the same one
   * @return the wire
   */
  public Link wire(Host left, Host right) {
    return add(new Link(this, own(left).addInterface(), own(right).addInterface()));
  }

  /**
   * Joins hosts by a shared medium. Each gets a new interface for it.
   *
   * @param joined at least two hosts
   * @return the medium
   */
  public Hub hub(Host... joined) {
    if (joined.length < 2) {
      throw new IllegalArgumentException("a hub joins two hosts or more, not " + joined.length);
    }
    return add(new Hub(this, Arrays.stream(joined).map(host -> own(host).addInterface()).toList()));
  }

  private Host own(Host host) {
    if (host.lab() != this) {
      throw new IllegalArgumentException(host + " is a host of another laboratory");
    }
    return host;
  }

  private <M extends Medium<M>> M add(M medium) {
    media.add(medium);
    return medium;
  }

  /** The next seed of a source of chance; media take theirs in the order in which they are made. */
  long nextSeed() {
    return seeds.nextLong();
  }

  /** A seed for something that has a number of its own (the finalizer of SplitMix64). */
  long seedFor(long number) {
    long mixed = seed + number * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }

  /**
   * Lets virtual time pass.
   *
   * @param duration how long
   */
  public void run(Duration duration) {
    time.run(duration);
  }

  /**
   * Lets virtual time pass until a condition holds.
   *
   * @param condition is asked after each thing that happens
   * @param timeout how much virtual time may pass at most
   * @throws AssertionError when the condition does not hold by then, with the state of the hosts
   *     and media and the seed
   */
  public void runUntil(BooleanSupplier condition, Duration timeout) {
    if (!time.runUntil(condition, timeout)) {
      throw new AssertionError(
          "the condition did not come true within " + timeout + " of virtual time\n" + this);
    }
  }

  /**
   * The virtual time that has passed.
   *
   * @return the time since the laboratory was made
   */
  public Duration now() {
    return time.now();
  }

  /**
   * The clock, on which tasks can be put.
   *
   * @return the clock that all hosts share
   */
  public VirtualTime time() {
    return time;
  }

  /**
   * All frames so far, each where it was sent and where it arrived.
   *
   * @return the recording, which goes on
   */
  public Capture capture() {
    return capture;
  }

  /** Closes what the hosts' users opened. */
  @Override
  public void close() {
    hosts.values().forEach(Host::close);
  }

  /** Time, seed, hosts with their SecYs, media with their faults: what a failed test prints. */
  @Override
  public String toString() {
    return time.exclusively(this::describe);
  }

  private String describe() {
    StringBuilder text =
        new StringBuilder("lab at " + now() + ", seed " + seed + ", " + capture.size() + " frames");
    hosts.values().forEach(host -> text.append('\n').append(host.describe()));
    media.forEach(medium -> text.append("\n  ").append(medium.describe()));
    return text.toString();
  }
}
