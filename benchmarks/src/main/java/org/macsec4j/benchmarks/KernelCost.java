package org.macsec4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.examples.cli.MacsecCommand;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.jnr.JnrLibc;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.testkit.kernel.CommandResult;
import org.macsec4j.testkit.kernel.Netns;

/**
 * What requests to the kernel cost through the Linux backend, beside {@code ip} and beside a small
 * C program, in turns within one run.
 *
 * <p>Needs root, a kernel with MACsec, iproute2 and a C compiler; makes a network namespace and
 * removes it. Processes count with all that they need, as they do for who starts them, so time is
 * the clock's: best on a machine with one core, such as a User-Mode Linux guest.
 */
public final class KernelCost {
  private static final int ROUNDS = 11;
  private static final int WARMUP = 3_000;
  private static final int BATCH = 1_000;
  private static final int FORKS = 20;
  private static final int LINKS = 50;
  private static final int LINK_WARMUP = 60;
  private static final int GETS = 1_000;
  private static final int SECYS = 500;
  private static final Sci PEER = Sci.parse("020000000b020001");
  private static final String KEY = "00".repeat(16);
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PrintStream out;
  private final Netns space;
  private final LinuxBackend backend;
  private final Path folder;
  private int key;
  private long begin;

  private KernelCost(PrintStream out, Netns space, LinuxBackend backend, Path folder) {
    this.out = out;
    this.space = space;
    this.backend = backend;
    this.folder = folder;
  }

  /** Something that is done a number of times. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /**
   * Measures and prints a table.
   *
   * @param args none
   * @throws IOException when the C program cannot be built or a file not be written
   */
  public static void main(String... args) throws IOException {
    print(System.out);
  }

  /** Measures, and prints a table. */
  static void print(PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("macsec4j-cost");
    try (Netns space = Netns.create("cost");
        LinuxBackend backend = LinuxBackend.builder().namespace("cost").open()) {
      space.ip("link add name eth0 type dummy");
      space.ip("link set dev eth0 up");
      new KernelCost(out, space, backend, folder).measure();
    } finally {
      for (String name : List.of("batch", "links", "getlink", "getlink.c")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  private void measure() throws IOException {
    out.printf(
        Locale.ROOT, "%-44s %12s %12s  %s%n", "what, each in us", "macsec4j", "other", "ratio");
    associations();
    secys();
    get();
    show();
  }

  private double nanosOf(Work work) throws IOException {
    begin();
    work.run();
    return System.nanoTime() - begin;
  }

  /** What counts begins here; work that has to prepare something calls it again. */
  private void begin() {
    begin = System.nanoTime();
  }

  /** Both sides in turns; the medians of each, and of the ratios of a round. */
  private void compare(String what, Work ours, int oursTimes, LongSupplier other, int otherTimes)
      throws IOException {
    double[] one = new double[ROUNDS];
    double[] two = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      one[round] = nanosOf(ours) / oursTimes / 1e3;
      two[round] = (double) other.getAsLong() / otherTimes / 1e3;
      ratio[round] = two[round] / one[round];
    }
    out.printf(
        Locale.ROOT,
        "%-44s %12.1f %12.1f  other / macsec4j %.2f (%.2f to %.2f)%n",
        what,
        median(one),
        median(two),
        median(ratio),
        Arrays.stream(ratio).min().orElseThrow(),
        Arrays.stream(ratio).max().orElseThrow());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void allocation(String what, int times, Work work) throws IOException {
    long thread = Thread.currentThread().getId();
    long before = THREAD.getThreadAllocatedBytes(thread);
    work.run();
    long allocated = THREAD.getThreadAllocatedBytes(thread) - before;
    out.printf(Locale.ROOT, "%-44s %12d octets allocated%n", what, allocated / times);
  }

  /** How long a command takes here, its process included. */
  private long nanosOfCommand(String... command) {
    long begin = System.nanoTime();
    CommandResult result = space.run(command);
    long spent = System.nanoTime() - begin;
    if (!result.isOk()) {
      throw new IllegalStateException(String.join(" ", command) + ": " + result.error());
    }
    return spent;
  }

  private void associations() throws IOException {
    SecyId secy = backend.create(SecyConfig.on("eth0").name("m0").build());
    space.ip("macsec add m0 rx port 1 address 02:00:00:00:0b:02");
    addAndDelete(secy, WARMUP);
    String add = "macsec add m0 tx sa 1 pn 1 off key 01 " + KEY;
    String delete = "macsec del m0 tx sa 1";
    String loop =
        "i=0; while [ $i -lt %d ]; do ip %s && ip %s || exit 1; i=$((i+1)); done"
            .formatted(FORKS, add, delete);
    compare(
        "SA add + delete, beside two ip processes",
        () -> addAndDelete(secy, BATCH),
        BATCH,
        () -> nanosOfCommand("sh", "-c", loop),
        FORKS);
    Path batch = folder.resolve("batch");
    Files.writeString(batch, (add + "\n" + delete + "\n").repeat(BATCH));
    compare(
        "SA add + delete, beside ip -batch",
        () -> addAndDelete(secy, BATCH),
        BATCH,
        () -> nanosOfCommand("ip", "-batch", batch.toString()),
        BATCH);
    allocation("SA add + delete", BATCH, () -> addAndDelete(secy, BATCH));
    allocation("read a SecY", 100, () -> readOften(secy));
    backend.delete(secy);
  }

  private void readOften(SecyId secy) {
    for (int i = 0; i < 100; i++) {
      backend.read(secy);
    }
  }

  /** As an application does it: each time with a key object of its own. */
  private void addAndDelete(SecyId secy, int times) {
    for (int i = 0; i < times; i++) {
      TransmitSa sa =
          TransmitSa.builder(AssociationNumber.AN_1, freshKey())
              .nextPn(PacketNumber.FIRST)
              .enabled(false)
              .build();
      backend.apply(secy, new SecyCommand.InstallTransmitSa(sa)).orThrow();
      backend.apply(secy, new SecyCommand.DeleteTransmitSa(AssociationNumber.AN_1)).orThrow();
      sa.key().destroy();
    }
  }

  private SecureAssociationKey freshKey() {
    byte[] octets = new byte[16];
    key++;
    for (int i = 0; i < Integer.BYTES; i++) {
      octets[i] = (byte) (key >>> (8 * i));
    }
    return SecureAssociationKey.of(KeyIdentifier.parse("%032x".formatted(key)), octets);
  }

  /** Creating alone: how long deleting takes is a matter of the kernel's, which waits in it. */
  private void secys() throws IOException {
    for (int i = 0; i < LINK_WARMUP; i++) {
      create();
    }
    String loop =
        ("i=1; while [ $i -le %d ]; do"
                + " ip link add link eth0 name m$i type macsec port $i || exit 1; i=$((i+1)); done")
            .formatted(FORKS);
    compare(
        "SecY create, beside an ip process",
        this::create,
        LINKS,
        () -> nanosOfCreating("sh", "-c", loop),
        FORKS);
    StringBuilder lines = new StringBuilder();
    for (int port = 1; port <= LINKS; port++) {
      lines.append("link add link eth0 name m%1$d type macsec port %1$d%n".formatted(port));
    }
    Path batch = folder.resolve("links");
    Files.writeString(batch, lines);
    compare(
        "SecY create, beside ip -batch",
        this::create,
        LINKS,
        () -> nanosOfCreating("ip", "-batch", batch.toString()),
        LINKS);
    allocation("SecY create, and delete of another", LINKS, this::create);
    removeAll();
  }

  private void create() {
    removeAll();
    begin();
    for (int port = 1; port <= LINKS; port++) {
      backend.create(SecyConfig.on("eth0").name("m" + port).port(port).build());
    }
  }

  private long nanosOfCreating(String... command) {
    removeAll();
    return nanosOfCommand(command);
  }

  private void removeAll() {
    backend.list().forEach(backend::delete);
  }

  private void get() throws IOException {
    SecyId secy = backend.create(SecyConfig.on("eth0").name("m0").build());
    Path program = folder.resolve("getlink");
    Path source = folder.resolve("getlink.c");
    try (InputStream code =
        Objects.requireNonNull(KernelCost.class.getResourceAsStream("getlink.c"))) {
      Files.copy(code, source);
    }
    nanosOfCommand("cc", "-O2", "-o", program.toString(), source.toString());
    // The same interface in the namespace of this thread, where the connection is opened.
    String index = space.call("cat /sys/class/net/m0/ifindex").strip();
    space.ip("link set dev m0 netns 1");
    try (NetlinkConnection route =
        NetlinkConnection.open(JnrLibc.system(), NetlinkSocket.NETLINK_ROUTE)) {
      int number = Integer.parseInt(index);
      getOften(route, number, GETS);
      compare(
          "get a link, beside a C program",
          () -> getOften(route, number, GETS),
          GETS,
          () -> getInC(program, index),
          1);
      allocation("get a link", GETS, () -> getOften(route, number, GETS));
    }
    Netns.main().ip("link set dev m0 netns cost");
    backend.delete(secy);
  }

  private static void getOften(NetlinkConnection route, int index, int times) {
    for (int i = 0; i < times; i++) {
      route.get("read a link", LinkRequests.get(index));
    }
  }

  private static long getInC(Path program, String index) {
    CommandResult result = Netns.main().run(program.toString(), index, String.valueOf(GETS));
    if (!result.isOk()) {
      throw new IllegalStateException("the C program failed with " + result.exitCode());
    }
    return Long.parseLong(result.output().strip());
  }

  private void show() throws IOException {
    for (int port = 1; port <= SECYS; port++) {
      SecyId secy = backend.create(SecyConfig.on("eth0").name("m" + port).port(port).build());
      TransmitSa sa =
          TransmitSa.builder(AssociationNumber.AN_0, freshKey()).nextPn(PacketNumber.FIRST).build();
      Sci peer = new Sci(PEER.address(), port);
      ReceiveSa from =
          ReceiveSa.builder(AssociationNumber.AN_0, freshKey())
              .lowestPn(PacketNumber.FIRST)
              .build();
      backend.apply(secy, new SecyCommand.InstallTransmitSa(sa)).orThrow();
      backend.apply(secy, new SecyCommand.CreateReceiveSc(peer)).orThrow();
      backend.apply(secy, new SecyCommand.InstallReceiveSa(peer, from)).orThrow();
    }
    showAll("show");
    showAll("show");
    compare(
        "show 500 SecYs in this JVM, beside ip",
        () -> showAll("show"),
        1,
        () -> nanosOfCommand("ip", "macsec", "show"),
        1);
    compare(
        "the same with all counters",
        () -> showAll("show", "-s"),
        1,
        () -> nanosOfCommand("ip", "-s", "macsec", "show"),
        1);
    allocation("show 500 SecYs, each", SECYS, () -> showAll("show"));
    allocation("read 500 SecYs, each", SECYS, backend::readAll);
  }

  private static void showAll(String... command) {
    String[] args = Arrays.copyOf(command, command.length + 2);
    args[command.length] = "-n";
    args[command.length + 1] = "cost";
    StringWriter text = new StringWriter();
    StringWriter errors = new StringWriter();
    int code = MacsecCommand.run(new PrintWriter(text), new PrintWriter(errors), args);
    if (code != 0 || !text.toString().contains("m" + SECYS)) {
      throw new IllegalStateException("macsec show: " + code + " " + errors);
    }
  }
}
