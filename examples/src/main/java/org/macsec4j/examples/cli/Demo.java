package org.macsec4j.examples.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.SecyStatistics.ReceiveScStatistics;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Hub;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.capture.Capture;
import org.macsec4j.testkit.capture.WiresharkKeys;

/**
 * The story that {@code macsec demo} tells. Each chapter says what it expects and whether it came
 * so; the demonstration passes when all did.
 */
final class Demo {
  private static final int EXPERIMENTAL = 0x88B5;
  private static final int MACSEC = 0x88E5;
  private static final int ETHERTYPE_AT = 12;
  private static final int FRAMES = 100;
  private static final int REKEY_FRAMES = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What is written beside the story, each only when asked for. */
  record Files(@Nullable Path pcap, @Nullable Path keys, @Nullable Path wireshark) {
    void write(Capture capture, Ckn ckn, Cak cak, Timeline timeline) {
      if (pcap != null) {
        capture.writeTo(pcap);
        timeline.plain("\n" + capture.size() + " frames written to " + pcap + "\n");
      }
      if (keys != null) {
        KeyFile.write(keys, ckn, cak);
        timeline.plain("the throw-away key of this run is in " + keys + ", in clear\n");
      }
      if (wireshark != null) {
        WiresharkKeys tables = new WiresharkKeys().add(ckn, cak, "macsec demo");
        tables.writeKeysInClearTo(wireshark);
        tables.destroy();
        timeline.plain("its tables for a Wireshark profile are in " + wireshark + ", in clear\n");
      }
    }
  }

  private final Timeline timeline;
  private final CipherSuite suite;
  private final Files files;
  private final Lab lab;
  private final Host alice;
  private final Host bob;
  private final Host mallory;
  private final Hub segment;
  private final Ckn ckn;
  private final Cak cak;
  private boolean passed = true;

  Demo(PrintWriter out, CipherSuite suite, @Nullable Long seed, Files files) {
    this.suite = suite;
    this.files = files;
    lab = seed == null ? Lab.create() : Lab.create(seed);
    timeline = new Timeline(out, lab);
    alice = lab.host("alice");
    bob = lab.host("bob");
    mallory = lab.host("mallory");
    segment = lab.hub(alice, bob, mallory).latency(Duration.ofNanos(500));
    Random random = new Random(lab.seed());
    ckn = Ckn.generate(16, random);
    cak = Cak.generate(suite.keyLength() * 8, random);
  }

  boolean run() {
    try (lab) {
      timeline.chapter("Three hosts on one segment; alice and bob share a key, mallory does not");
      MkaConfig config = MkaConfig.preSharedKey(ckn, cak).toBuilder().cipherSuites(suite).build();
      MkaSession left = start(alice, config.toBuilder().keyServerPriority(16).build());
      MkaSession right = start(bob, config.toBuilder().keyServerPriority(32).build());
      try (left;
          right) {
        secure(left, right);
        exchange();
        rekey(left);
        tamper();
        replay();
        intrude();
        timeline.chapter("What bob's SecY counted");
        timeline.plain(SecyTable.of(right.secy().snapshot()));
      }
    }
    finish();
    return passed;
  }

  private MkaSession start(Host host, MkaConfig config) {
    MkaSession session = MkaSession.start(host.macsec(), "eth0", config);
    session.onEvent(event -> timeline.event(host, event));
    return session;
  }

  private void secure(MkaSession left, MkaSession right) {
    lab.runUntil(() -> left.isSecured() && right.isSecured(), PATIENCE);
    timeline.says("alice", left.status().toString());
    timeline.says("bob", right.status().toString());
    check("both report a secured link", left.isSecured() && right.isSecured());
    timeline.mute(true);
  }

  /** Frames both ways, none of them readable on the segment. */
  private void exchange() {
    timeline.chapter("User frames, both ways");
    int before = lab.capture().size();
    int sent = traffic(FRAMES);
    List<byte[]> overheard =
        lab.capture().frames().stream().skip(before).map(Capture.Recorded::frame).toList();
    check(sent + " frames sent, " + delivered() + " delivered", sent == delivered());
    check(
        count(overheard, EXPERIMENTAL)
            + " of them in the clear on the segment, "
            + count(overheard, MACSEC)
            + " sightings of protected ones",
        count(overheard, EXPERIMENTAL) == 0 && count(overheard, MACSEC) >= sent);
  }

  private static long count(List<byte[]> frames, int etherType) {
    return frames.stream().filter(frame -> etherType(frame) == etherType).count();
  }

  private int traffic(int count) {
    alice.clearReceived("macsec0");
    bob.clearReceived("macsec0");
    int sent = 0;
    for (int i = 0; i < count; i++) {
      sent += send(alice, bob, i) ? 1 : 0;
      sent += send(bob, alice, i) ? 1 : 0;
      lab.run(Duration.ofMillis(1));
    }
    lab.run(Duration.ofMillis(10));
    return sent;
  }

  private static boolean send(Host from, Host to, int number) {
    byte[] data = ByteBuffer.allocate(64).putInt(number).array();
    return from.send("macsec0", to.mac("macsec0"), EXPERIMENTAL, data);
  }

  private int delivered() {
    return alice.received("macsec0").size() + bob.received("macsec0").size();
  }

  private void rekey(MkaSession keyServer) {
    timeline.chapter("A new key under traffic");
    timeline.mute(false);
    lab.time().schedule(lab.time().nanoTime() + Duration.ofMillis(100).toNanos(), keyServer::rekey);
    long before = keyNumber(keyServer);
    int sent = traffic(REKEY_FRAMES);
    lab.run(Duration.ofSeconds(4));
    timeline.mute(true);
    check(
        "the key number went from " + before + " to " + keyNumber(keyServer),
        keyNumber(keyServer) == before + 1);
    check(
        sent + " frames sent meanwhile, " + (sent - delivered()) + " lost",
        sent == 2 * REKEY_FRAMES && sent == delivered());
  }

  private static long keyNumber(MkaSession session) {
    return session.status().latest().map(key -> key.identifier().keyNumber()).orElse(0L);
  }

  private void tamper() {
    timeline.chapter("mallory holds back a protected frame and changes one bit of it");
    byte[] frame = overhear(false);
    frame[frame.length - 20] ^= 1;
    long refused = bobRefuses(frame, ReceiveScCounter.IN_PKTS_NOT_VALID);
    check("bob refused it: InPktsNotValid + " + refused, refused == 1);
  }

  private void replay() {
    timeline.chapter("mallory sends a protected frame a second time");
    long refused = bobRefuses(overhear(true), ReceiveScCounter.IN_PKTS_LATE);
    check("bob refused it: InPktsLate + " + refused, refused == 1);
  }

  /** A protected frame on its way from alice to bob, who gets it or not. */
  private byte[] overhear(boolean letPass) {
    AtomicReference<byte[]> heard = new AtomicReference<>(new byte[0]);
    segment
        .toward(bob)
        .filter(
            frame -> {
              boolean isProtected = etherType(frame) == MACSEC;
              if (isProtected) {
                heard.set(frame.clone());
              }
              return letPass || !isProtected;
            });
    send(alice, bob, -1);
    lab.run(Duration.ofMillis(1));
    segment.toward(bob).filter(frame -> true);
    return Objects.requireNonNull(heard.get());
  }

  /**
   * Lets mallory send a frame; by how much a counter of bob's went up, if nothing was delivered.
   */
  private long bobRefuses(byte[] frame, ReceiveScCounter counter) {
    bob.clearReceived("macsec0");
    long before = fromAlice(counter);
    mallory.send("eth0", frame);
    lab.run(Duration.ofMillis(1));
    check("it was not delivered", bob.received("macsec0").isEmpty());
    return fromAlice(counter) - before;
  }

  private long fromAlice(ReceiveScCounter counter) {
    return bob.macsec().secys().get(0).statistics().receiveScs().values().stream()
        .map(ReceiveScStatistics::counters)
        .mapToLong(counters -> counters.get(counter).orElse(0))
        .sum();
  }

  private void intrude() {
    timeline.chapter("mallory tries to join with the right CKN and a wrong CAK");
    Cak guess = Cak.generate(suite.keyLength() * 8, new Random(~lab.seed()));
    MkaConfig wrong = MkaConfig.preSharedKey(ckn, guess).toBuilder().cipherSuites(suite).build();
    try (MkaSession session = MkaSession.start(mallory.macsec(), "eth0", wrong)) {
      lab.run(PATIENCE);
      timeline.says("mallory", session.status().toString());
      check("mallory is not secured", !session.isSecured());
    }
    int sent = traffic(FRAMES);
    check(
        "alice and bob go on: " + sent + " frames sent, " + delivered() + " delivered",
        sent == 2 * FRAMES && sent == delivered());
  }

  private void finish() {
    files.write(lab.capture(), ckn, cak, timeline);
    timeline.plain(
        (passed ? "\nAll as expected" : "\nNOT as expected")
            + ", in "
            + lab.now().toMillis() / 1000.0
            + " s of virtual time. Repeat this run with --seed "
            + lab.seed()
            + "\n");
    cak.destroy();
  }

  private void check(String what, boolean holds) {
    passed &= holds;
    timeline.check(what, holds);
  }

  private static int etherType(byte[] frame) {
    return (frame[ETHERTYPE_AT] & 0xFF) << 8 | (frame[ETHERTYPE_AT + 1] & 0xFF);
  }
}
