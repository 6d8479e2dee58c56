package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Macsec;
import org.macsec4j.Secy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.testkit.kernel.Netns;

/** A wire with a session of ours at one end and a wpa_supplicant at the other. */
final class WpaLink implements AutoCloseable {
  /** Some life times and ticks of wpa_supplicant, on a machine that has much else to do. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WpaHosts hosts;
  private final int number;

  /** Of the interface at either end. */
  final String parent;

  private @Nullable MkaSession session;
  private @Nullable WpaSupplicant peer;

  /** The number, 1 to 255, is in the addresses: the higher one is the higher SCI. */
  WpaLink(WpaHosts hosts, int number) {
    this.hosts = hosts;
    this.number = number;
    this.parent = "e" + number;
    hosts.ourSpace.ip(
        "link add name %s up address 02:00:00:00:0a:%02x type veth peer name %s netns %s"
                .formatted(parent, number, parent, hosts.theirSpace.name())
            + " address 02:00:00:00:0b:%02x".formatted(number));
    hosts.theirSpace.ip("link set dev %s up".formatted(parent));
  }

  MkaSession session() {
    return Objects.requireNonNull(session);
  }

  WpaSupplicant peer() {
    return Objects.requireNonNull(peer);
  }

  MkaDiagnosis.Kind diagnosis() {
    return session().status().diagnosis().kind();
  }

  void startOurs(MkaConfig config) {
    startOurs(hosts.ours, config);
  }

  void startOurs(Macsec macsec, MkaConfig config) {
    startOurs(macsec, config, SessionOptions.DEFAULT);
  }

  void startOurs(Macsec macsec, MkaConfig config, SessionOptions options) {
    session = MkaSession.start(macsec, parent, config, options);
  }

  void startTheirs(List<String> settings) {
    peer = WpaSupplicant.start(hosts.theirSpace, parent, settings);
  }

  void addressOurs() {
    hosts.ourSpace.ip("addr add 10.0.%d.1/24 dev %s".formatted(number, session().secy().id()));
  }

  void addressTheirs() {
    assertThat(until(() -> theirSecy().isPresent())).as("SecY of " + peer).isTrue();
    hosts.theirSpace.ip("addr add 10.0.%d.2/24 dev %s".formatted(number, theirDevice()));
  }

  private Optional<Secy> theirSecy() {
    return hosts.theirs.secys().stream()
        .filter(secy -> secy.config().parent().equals(parent))
        .findFirst();
  }

  private String theirDevice() {
    return theirSecy().orElseThrow().id().name();
  }

  void deleteTheirDevice() {
    hosts.theirSpace.ip("link del dev " + theirDevice());
  }

  /** From nothing to pings over the protected link. */
  void assertComesUp() throws InterruptedException {
    session().awaitSecured(PATIENCE);
    addressOurs();
    addressTheirs();
    assertPings();
  }

  /** The other side begins to send when its own machine says so, which is a tick later at times. */
  void assertPings() {
    assertThat(pings(30)).as("pings; " + session().status()).isTrue();
  }

  /** Whether three pings are answered within a time. */
  boolean pings(int seconds) {
    String time = Integer.toString(seconds);
    return hosts
        .ourSpace
        .run("ping", "-n", "-q", "-c", "3", "-i", "0.2", "-w", time, theirAddress())
        .isOk();
  }

  Netns ours() {
    return hosts.ourSpace;
  }

  Netns theirs() {
    return hosts.theirSpace;
  }

  /** Pings as fast as answers come; see {@link Floods}. */
  Process flood() {
    return Floods.start(hosts.ourSpace, theirAddress());
  }

  /** Sets the number with which their next frame is sent. */
  void useTheirPacketNumbersUpTo(long number) {
    Secy theirs = theirSecy().orElseThrow();
    hosts.theirSpace.ip(
        "macsec set %s tx sa %s pn %d on"
            .formatted(theirs.id(), theirs.transmitSc().snapshot().encodingSa(), number));
  }

  private String theirAddress() {
    return "10.0." + number + ".2";
  }

  static boolean until(BooleanSupplier condition) {
    return Pair.await(condition, PATIENCE);
  }

  /** Tells a story on a new link; a failure comes with what the other side said. */
  static void tell(WpaHosts hosts, int number, Story story) throws Exception {
    try (WpaLink link = new WpaLink(hosts, number)) {
      try {
        story.on(link);
      } catch (Exception | AssertionError e) {
        if (link.peer != null) {
          e.addSuppressed(new IllegalStateException(link.peer.said()));
        }
        throw e;
      }
    }
  }

  /** What happens on a link. */
  interface Story {
    void on(WpaLink link) throws Exception;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    if (peer != null) {
      peer.close();
    }
  }
}
