package org.macsec4j.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.offload.WireVerdict.State;

/** The check of the wire, with a wire that does as the test says. */
class WireCheckTest {
  private static final int SOFTWARE = 0;
  private static final int MAC = 2;

  private final NicKernel kernel = new NicKernel();
  private final FakeLibc libc = new FakeLibc(kernel);
  private final LinuxBackend backend = LinuxBackend.builder().open(libc);
  private final NicKernel peersKernel = new NicKernel();
  private final FakeLibc peersLibc = new FakeLibc(peersKernel);
  private final LinuxBackend peers = LinuxBackend.builder().open(peersLibc);

  @AfterEach
  void close() {
    backend.close();
    peers.close();
    assertThat(libc.openDescriptors() + peersLibc.openDescriptors()).isZero();
  }

  private SecyId secy(int offload) {
    kernel.add("m0", offload);
    return backend.list().get(0);
  }

  private static void assertSaid(WireVerdict verdict, State state, String... words) {
    assertThat(verdict.state()).as(verdict.reason()).isEqualTo(state);
    assertThat(verdict.reason()).contains(words);
    assertThat(verdict.observer()).isEqualTo("eth0");
  }

  /** What the peer is to see of each frame, which it does on a thread of its own. */
  private WireVerdict atPeer(SecyId secy, UnaryOperator<byte[]> wire) throws InterruptedException {
    Thread carrier =
        new Thread(
            () -> {
              int carried = 0;
              while (!Thread.currentThread().isInterrupted()) {
                for (; carried < libc.frames().size(); carried++) {
                  peersLibc.deliver(NicKernel.PARENT, wire.apply(libc.frames().get(carried)));
                }
                Thread.onSpinWait();
              }
            });
    carrier.start();
    try {
      return WireCheck.of(backend, secy).within(Duration.ofSeconds(20)).at(peers, "eth0");
    } finally {
      carrier.interrupt();
      carrier.join();
    }
  }

  @Test
  void aWireThatIsSilent() {
    SecyId secy = secy(SOFTWARE);
    WireCheck check = WireCheck.of(backend, secy).within(Duration.ofMillis(30));
    assertSaid(check.atParent(), State.UNKNOWN, "nothing arrived of what m0 sent");
    assertSaid(check.at(peers, "eth0"), State.UNKNOWN, "nothing arrived of what m0 sent");
    assertThat(libc.frames()).hasSize(6);
    assertThat(libc.calls()).as("hears all of the parent").contains("bind 2 3");
    assertThat(libc.calls()).as("and nothing of the SecY").contains("bind 10 0");
  }

  @Test
  void aWireInClear() throws InterruptedException {
    assertSaid(atPeer(secy(MAC), frame -> frame), State.CLEAR, "3 frames of m0 came by in clear");
  }

  @Test
  void aWireInClearWhereThePeersHardwareDecrypts() throws InterruptedException {
    peersKernel.add("p0", MAC);
    assertSaid(
        atPeer(secy(MAC), frame -> frame), State.UNKNOWN, "hardware of eth0 does MACsec itself");
  }

  @Test
  void hardwareIsNotJudgedFromAbove() {
    WireCheck check = WireCheck.of(backend, secy(MAC));
    assertSaid(
        check.atParent(), State.UNKNOWN, "offload MAC", "look from the peer's side of the wire");
    assertSaid(check.at(backend, "eth0"), State.UNKNOWN, "stands above it");
    assertThat(libc.frames()).isEmpty();
  }

  @Test
  void withoutThePrivilegeThatIsSaidAndNothingSent() {
    SecyId secy = secy(SOFTWARE);
    libc.failNext("socket", Errno.EPERM);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> WireCheck.of(backend, secy).atParent())
        .withMessage("cannot open the frames of eth0: EPERM, it needs CAP_NET_RAW")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION));
    assertThat(libc.frames()).isEmpty();
  }

  @Test
  void theTimeIsBounded() {
    WireCheck check = WireCheck.of(backend, secy(SOFTWARE));
    assertThatIllegalArgumentException().isThrownBy(() -> check.within(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> check.within(Duration.ofMinutes(2)));
  }
}
