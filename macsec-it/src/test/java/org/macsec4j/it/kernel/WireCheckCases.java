package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.Secy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.examples.cli.MacsecCommand;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.WireCheck;
import org.macsec4j.offload.WireVerdict;
import org.macsec4j.offload.WireVerdict.State;

/** The check of the wire on a veth, from both of its ends. */
abstract class WireCheckCases extends Pair {
  private int lastKey;

  private static SecyConfig.Builder config() {
    return SecyConfig.on("eth0").name("m0");
  }

  private Secy empty(SecyConfig.Builder config) {
    Secy secy = left.create(config.build());
    secy.up();
    return secy;
  }

  private Secy sending(SecyConfig.Builder config) {
    Secy secy = empty(config);
    CipherSuite suite = secy.config().cipherSuite();
    secy.transmitSc().install(transmitSa(suite, AN_0, ++lastKey, 1));
    return secy;
  }

  private WireVerdict atParent(Secy secy) {
    return WireCheck.of(leftBackend, secy.id()).atParent();
  }

  private LinuxBackend peers() {
    return (LinuxBackend) right.backend();
  }

  private WireVerdict atPeer(Secy secy) {
    return WireCheck.of(leftBackend, secy.id()).at(peers(), "eth0");
  }

  private static void assertSaid(WireVerdict verdict, State state, String... words) {
    assertThat(verdict.state()).as(verdict.reason()).isEqualTo(state);
    assertThat(verdict.reason()).contains(words);
  }

  private static void assertRefused(Kind kind, ThrowingCallable what, String words) {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(what)
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void whatASecyEncryptsIsProtectedFromBothEnds() {
    Secy secy = sending(config());
    assertSaid(atParent(secy), State.PROTECTED, "3 frames of m0", "a SecTAG, encrypted");
    assertSaid(atPeer(secy), State.PROTECTED, "3 frames of m0", "a SecTAG, encrypted");
    assertThat(atPeer(secy).observer()).isEqualTo("eth0");
    assertThat(WireCheck.of(leftBackend, secy.id()).at(leftBackend, "eth0").state())
        .as("the parent by its name")
        .isEqualTo(State.PROTECTED);
    long nextPn = secy.snapshot().transmitSc().sas().get(0).nextPn().value();
    assertThat(nextPn).isGreaterThan(12);
  }

  @Test
  void withoutAnSciInTheTagAndWithEachSuiteAsWell() {
    for (CipherSuite suite : CipherSuite.values()) {
      Secy secy = sending(config().includeSci(false).cipherSuite(suite));
      assertSaid(atParent(secy), State.PROTECTED, "encrypted");
      assertSaid(atPeer(secy), State.PROTECTED, "encrypted");
      secy.delete();
    }
  }

  @Test
  void aPeerThatDecryptsStillSeesTheFramesAsTheyCame() {
    Secy secy = sending(config());
    Secy peer = right.create(config().build());
    peer.addReceiveSc(LEFT_SCI).install(receiveSa(CipherSuite.GCM_AES_128, AN_0, lastKey, 1));
    peer.up();
    assertSaid(atPeer(secy), State.PROTECTED, "3 frames of m0", "encrypted");
    assertRefused(
        Kind.INVALID,
        () -> WireCheck.of(leftBackend, secy.id()).at(peers(), "m0"),
        "is a secured interface: look at the interface below");
  }

  @Test
  void integrityOnlyIsSaid() {
    Secy secy = sending(config().encrypt(false));
    assertSaid(atParent(secy), State.PROTECTED, "with a SecTAG, integrity only");
    assertSaid(atPeer(secy), State.PROTECTED, "with a SecTAG, integrity only");
  }

  @Test
  void aSecyThatDoesNotProtectIsInClear() {
    Secy secy = sending(config().protectFrames(false));
    assertSaid(atParent(secy), State.CLEAR, "in clear", "it is set not to protect them");
    assertSaid(atPeer(secy), State.CLEAR, "in clear");
    Secy empty = empty(config().name("m1").port(2).protectFrames(false));
    assertSaid(atPeer(empty), State.CLEAR, "in clear");
  }

  @Test
  void aSecyThatSendsNothingIsNotKnown() {
    Secy secy = empty(config());
    assertSaid(atParent(secy), State.UNKNOWN, "its encoding SA (0) is not there");
    assertSaid(atPeer(secy), State.UNKNOWN, "its encoding SA (0) is not there");
    secy.down();
    assertSaid(atPeer(secy), State.UNKNOWN, "m0 is down and sends nothing");
  }

  @Test
  void aWireThatIsCutIsNotKnownAndTakesNoLongerThanAsked() {
    Secy secy = sending(config());
    leftSpace.netem("eth0", "loss 100%");
    long begin = System.nanoTime();
    WireVerdict verdict =
        WireCheck.of(leftBackend, secy.id()).within(Duration.ofMillis(600)).at(peers(), "eth0");
    assertSaid(verdict, State.UNKNOWN, "nothing arrived of what m0 sent");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(590), Duration.ofSeconds(5));
    rightSpace.ip("link set dev eth0 down");
    assertSaid(atPeer(secy), State.UNKNOWN, "m0");
  }

  @Test
  void aWireThatLosesFramesIsSeenByThoseThatArrive() {
    Secy secy = sending(config());
    leftSpace.netem("eth0", "delay 50ms duplicate 50%");
    assertSaid(atPeer(secy), State.PROTECTED, "of m0 came by with a SecTAG, encrypted");
  }

  @Test
  void whatStandsAboveASecyProvesNothing() {
    Secy secy = sending(config());
    Secy peer = right.create(config().build());
    peer.addReceiveSc(LEFT_SCI).install(receiveSa(CipherSuite.GCM_AES_128, AN_0, lastKey, 1));
    peer.up();
    rightSpace.bridge("br0", "m0");
    assertSaid(
        WireCheck.of(leftBackend, secy.id()).at(peers(), "br0"),
        State.UNKNOWN,
        "in clear",
        "br0 stands above other interfaces");
  }

  @Test
  void aMirrorPortSeesIt() {
    Secy secy = sending(config());
    Secy open = empty(config().name("m1").port(2).protectFrames(false));
    rightSpace.veth("mirror0", rightSpace, "watch0");
    rightSpace.tc("qdisc add dev eth0 ingress");
    rightSpace.tc(
        "filter add dev eth0 parent ffff: matchall action mirred egress mirror dev mirror0");
    assertSaid(
        WireCheck.of(leftBackend, secy.id()).at(peers(), "watch0"), State.PROTECTED, "encrypted");
    assertSaid(WireCheck.of(leftBackend, open.id()).at(peers(), "watch0"), State.CLEAR, "in clear");
  }

  @Test
  void aParentThatIsElsewhereIsSaid() {
    Secy secy = sending(config());
    leftBackend.move(secy.id(), rightSpace.path());
    SecyId there = peers().list().get(0);
    peers().apply(there, new SecyCommand.SetControlledPort(true)).orThrow();
    assertRefused(
        Kind.NOT_FOUND,
        () -> WireCheck.of(peers(), there).atParent(),
        "its parent, which is in another network namespace");
    assertSaid(WireCheck.of(peers(), there).at(peers(), "eth0"), State.PROTECTED, "encrypted");
  }

  @Test
  void whatIsNotThereIsSaid() {
    Secy secy = sending(config());
    assertRefused(
        Kind.NOT_FOUND,
        () -> WireCheck.of(leftBackend, secy.id()).at(peers(), "nowhere"),
        "there is no interface nowhere");
    secy.delete();
    assertRefused(Kind.NOT_FOUND, () -> atParent(secy), "m0");
  }

  @Test
  void theCommandSaysItByItsExitCode() {
    sending(config());
    sending(config().name("m1").port(2).protectFrames(false));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    String[] peer = {"--from", "eth0", "--from-netns", "right"};
    assertThat(MacsecCommand.run(out, out, "check", "m0", "-n", "left")).isZero();
    assertThat(MacsecCommand.run(out, out, "check", "m1", "-n", "left", peer[0], peer[1]))
        .isEqualTo(1);
    assertThat(
            MacsecCommand.run(
                out, out, "check", "m0", "-n", "left", peer[0], peer[1], peer[2], peer[3]))
        .isZero();
    leftSpace.ip("link set dev m0 down");
    assertThat(MacsecCommand.run(out, out, "check", "m0", "-n", "left")).isEqualTo(2);
    assertThat(said.toString().lines())
        .containsExactly(
            "m0: protected, seen at eth0: 3 frames of m0 came by with a SecTAG, encrypted",
            "m1: clear, seen at eth0: 3 frames of m1 came by in clear, without a SecTAG: it is set"
                + " not to protect them",
            "m0: protected, seen at eth0 in right: 3 frames of m0 came by with a SecTAG, encrypted",
            "m0: unknown, seen at eth0: m0 is down and sends nothing");
  }
}
