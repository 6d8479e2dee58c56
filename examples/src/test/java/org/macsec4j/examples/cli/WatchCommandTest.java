package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.fake.FakeLibc;

@Timeout(60)
class WatchCommandTest {
  private final FakeKernel kernel = new FakeKernel();
  private final FakeKernel.Secy secy = kernel.add(5, "m0");

  private CompletableFuture<Cli.Result> start(String... args) {
    FakeLibc libc = new FakeLibc(kernel);
    CompletableFuture<Cli.Result> result = new CompletableFuture<>();
    new Thread(() -> result.complete(Cli.run(libc, args)), "watches").start();
    // It has begun when it listens to links: the group is joined by option 1 of netlink's level.
    while (!libc.calls().contains("setsockopt 270 1") && !result.isDone()) {
      Thread.onSpinWait();
    }
    return result;
  }

  @Test
  void aLineForEachEventUntilThereWereEnough() throws Exception {
    CompletableFuture<Cli.Result> watch = start("watch", "--json", "--count", "3");
    Thread.sleep(500);
    secy.encodingSa(1).operational(false).nextPn(0xC000_0000_0000_0000L);
    Cli.Result result = watch.get();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.json())
        .extracting(line -> line.get("event").asText())
        .containsExactly("changed", "packetNumberThresholdReached", "operationalChanged");
    JsonNode changed = result.json().get(0);
    assertThat(changed.get("name").asText()).isEqualTo("m0");
    assertThat(changed.get("changes").get(0).asText()).isEqualTo("encoding SA 1 (was 0)");
    assertThat(changed.get("time").asDouble()).isGreaterThan(1.7e9);
    assertThat(result.json().get(1).get("nextPn").asText()).isEqualTo("13835058055282163712");
    assertThat(result.json().get(2).get("operational").asBoolean()).isFalse();
  }

  @Test
  void comingAndGoingInWordsOfOneSecyAlone() throws Exception {
    CompletableFuture<Cli.Result> watch = start("watch", "m1", "--count", "2");
    Thread.sleep(500);
    secy.encodingSa(2);
    kernel.add(6, "m1");
    Thread.sleep(1500);
    kernel.remove(6);
    Cli.Result result = watch.get();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out().lines().toList().get(0))
        .matches("....-..-..T..:..:..\\....Z  m1  created on eth0, SCI 020000000a010006, .*");
    assertThat(result.out().lines().toList().get(1)).endsWith("  m1  removed");
  }

  @Test
  void theEndOfPacketNumbersInWords() throws Exception {
    secy.nextPn(900);
    CompletableFuture<Cli.Result> watch = start("watch", "--count", "2");
    Thread.sleep(500);
    secy.nextPn(0);
    assertThat(watch.get().out())
        .contains("transmit SA 0 is at PN 0, beyond the threshold")
        .contains("transmit SA 0 has used up its packet numbers");
  }

  @Test
  void endsWhenTheTimeIsOver() {
    long begin = System.nanoTime();
    Cli.Result result = Cli.on(kernel, "watch", "--for", "300ms");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void endsWhenItIsStopped() throws Exception {
    FakeLibc libc = new FakeLibc(kernel);
    PrintWriter sink = new PrintWriter(new StringWriter());
    try (LinuxBackend backend = LinuxBackend.builder().open(libc)) {
      LinuxOptions all = new LinuxOptions(builder -> backend);
      Watching watching = new Watching(backend, all, sink, sink);
      watching.stop();
      watching.run(PacketNumberThreshold.DEFAULT, null, 1);
    }
    // The thread that waits closes its own two.
    for (int wait = 0; libc.openDescriptors() > 0 && wait < 500; wait++) {
      Thread.sleep(10);
    }
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void aHiddenSecyIsAnErrorFromTheBeginning() {
    secy.hidden();
    Cli.Result result = Cli.on(kernel, "watch", "--for", "1s");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).startsWith("macsec watch: ").contains("ends before m0");
  }

  @Test
  void wrongUseIsRefusedWithTheRange() {
    assertThat(Cli.on(kernel, "watch", "--count", "0").err()).contains("--count is 1 or more");
    assertThat(Cli.on(kernel, "watch", "--pn-threshold", "100").err()).contains("1..99 percent");
    Cli.Result result = Cli.on(kernel, "watch", "--for", "soon");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'soon' is no duration such as 30s");
  }

  @Test
  void theDefaultThresholdIsTheStandards() {
    assertThat(WatchCommand.threshold(75)).isEqualTo(PacketNumberThreshold.DEFAULT);
    assertThat(WatchCommand.threshold(1).pn()).isEqualTo(PacketNumber.of(42949672));
    assertThat(new DurationConverter().convert("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(new DurationConverter().convert("7")).isEqualTo(Duration.ofSeconds(7));
  }
}
