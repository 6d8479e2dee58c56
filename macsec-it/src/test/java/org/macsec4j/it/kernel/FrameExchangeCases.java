package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.macsec4j.it.kernel.Pair.AN_0;
import static org.macsec4j.it.kernel.Pair.LEFT_SCI;
import static org.macsec4j.it.kernel.Pair.RIGHT_SCI;
import static org.macsec4j.it.kernel.Pair.receiveSa;
import static org.macsec4j.it.kernel.Pair.transmitSa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.it.kernel.KernelStage.Hosts;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.dataplane.SoftwareSecy;

/**
 * A SecY of the kernel and one of the testkit, without any quirk, at the two ends of a wire: what
 * one protects, the other accepts, and the user's frame arrives octet for octet.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FrameExchangeCases {
  private static final int OURS = 1;
  private static final int THEIRS = 2;

  /** Around the lengths that the short length field tells, and the longest that fits. */
  private static final int[] PAYLOADS = {0, 1, 28, 29, 30, 44, 45, 46, 47, 48, 49, 100, 1468};

  /** Beside the first number, where halves of the numbers end. */
  private static final long[] NEAR = {1, (1L << 31) - 6, (1L << 32) - 6};

  private Hosts hosts;
  private KernelStage stage;

  @BeforeAll
  void joinTwoHosts() {
    hosts = new Hosts();
  }

  @AfterAll
  void forgetThem() {
    hosts.close();
  }

  @BeforeEach
  void begin() {
    stage = hosts.stage();
  }

  @AfterEach
  void end() {
    stage.macsec().secys().forEach(Secy::delete);
    stage.close();
  }

  static Stream<Arguments> suitesAndEncryption() {
    return Stream.of(CipherSuite.values())
        .flatMap(suite -> Stream.of(Arguments.of(suite, true), Arguments.of(suite, false)));
  }

  private static SecyConfig config(CipherSuite suite, boolean encrypt) {
    return SecyConfig.on("eth0")
        .name(Stage.SECURED)
        .cipherSuite(suite)
        .encrypt(encrypt)
        .replayWindow(0)
        .build();
  }

  /** The kernel's end; it sends with our key from a number on, and expects theirs. */
  private Secy kernel(CipherSuite suite, boolean encrypt, long pn) {
    Secy secy = stage.macsec().create(config(suite, encrypt));
    secy.addReceiveSc(RIGHT_SCI).install(receiveSa(suite, AN_0, THEIRS, pn));
    secy.transmitSc().install(transmitSa(suite, AN_0, OURS, pn));
    secy.up();
    stage.secured(secy.id().index());
    return secy;
  }

  /** The other end, in memory. */
  private static SoftwareSecy software(CipherSuite suite, boolean encrypt, long pn) {
    SoftwareSecy secy =
        new SoftwareSecy(
            new SecyId(1, "other"),
            config(suite, encrypt),
            RIGHT_SCI,
            SoftwareSecy.Options.DEFAULT);
    secy.apply(new SecyCommand.CreateReceiveSc(LEFT_SCI)).orThrow();
    secy.apply(new SecyCommand.InstallReceiveSa(LEFT_SCI, receiveSa(suite, AN_0, OURS, pn)))
        .orThrow();
    secy.apply(new SecyCommand.InstallTransmitSa(transmitSa(suite, AN_0, THEIRS, pn))).orThrow();
    secy.apply(new SecyCommand.SetControlledPort(true)).orThrow();
    return secy;
  }

  private static List<Long> numbers(CipherSuite suite) {
    return Arrays.stream(NEAR).filter(pn -> suite.isXpn() || pn < NEAR[2]).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("suitesAndEncryption")
  void theKernelAcceptsWhatTheSimulatorProtects(CipherSuite suite, boolean encrypt) {
    for (long pn : numbers(suite)) {
      Secy kernel = kernel(suite, encrypt, pn);
      SoftwareSecy other = software(suite, encrypt, pn);
      for (int payload : PAYLOADS) {
        byte[] frame = PeerFrames.of(suite).plain(payload);
        stage.fromWire(other.protect(frame));
        assertThat(await(stage::delivered))
            .as("payload %d from %s on", payload, pn)
            .containsExactly(frame);
      }
      assertThat(count(kernel, ReceiveScCounter.IN_PKTS_OK)).isEqualTo(PAYLOADS.length);
      kernel.delete();
      forgetKeys();
    }
  }

  @ParameterizedTest
  @MethodSource("suitesAndEncryption")
  void theSimulatorAcceptsWhatTheKernelProtects(CipherSuite suite, boolean encrypt) {
    for (long pn : numbers(suite)) {
      Secy kernel = kernel(suite, encrypt, pn);
      SoftwareSecy other = software(suite, encrypt, pn);
      SoftwareSecy same = twinOf(suite, encrypt, pn);
      for (int payload : PAYLOADS) {
        byte[] frame = TransmitScenarios.own(payload);
        stage.fromUser(frame);
        List<byte[]> heard = await(stage::onWire);
        assertThat(heard).as("payload %d from %s on", payload, pn).hasSize(1);
        assertThat(other.validate(heard.get(0))).isEqualTo(frame);
        assertThat(heard.get(0)).as("octets on the wire").isEqualTo(same.protect(frame));
      }
      assertThat(other.drops()).isEmpty();
      kernel.delete();
      forgetKeys();
    }
  }

  /** A SecY in memory with the key of the kernel's. */
  private static SoftwareSecy twinOf(CipherSuite suite, boolean encrypt, long pn) {
    SoftwareSecy secy =
        new SoftwareSecy(
            new SecyId(2, "twin"), config(suite, encrypt), LEFT_SCI, SoftwareSecy.Options.DEFAULT);
    secy.apply(new SecyCommand.InstallTransmitSa(transmitSa(suite, AN_0, OURS, pn))).orThrow();
    secy.apply(new SecyCommand.SetControlledPort(true)).orThrow();
    return secy;
  }

  /** A backend refuses a key that it has seen; another one has not. */
  private void forgetKeys() {
    stage.close();
    stage = hosts.stage();
  }

  private static long count(Secy secy, ReceiveScCounter counter) {
    return secy.receiveSc(RIGHT_SCI).orElseThrow().snapshot().counters().get(counter).orElseThrow();
  }

  private static List<byte[]> await(Supplier<List<byte[]>> frames) {
    List<byte[]> taken = new ArrayList<>();
    Pair.await(
        () -> {
          taken.addAll(frames.get());
          return !taken.isEmpty();
        });
    return taken;
  }

  @ParameterizedTest
  @EnumSource(
      value = ConfidentialityOffset.class,
      names = {"OFFSET_30", "OFFSET_50"})
  void anOffsetIsRefusedBeforeTheKernelIsAsked(ConfidentialityOffset offset) {
    Seam seam = new Seam();
    try (LinuxBackend backend = LinuxBackend.builder().namespace("left").open(seam)) {
      SecyConfig plain = config(CipherSuite.GCM_AES_128, true);
      SecyId secy = backend.create(plain);
      seam.restart();
      SecyConfig wanted =
          plain.toBuilder().name("m1").port(2).confidentialityOffset(offset).build();
      requireRefused(
          catchThrowableOfType(MacsecException.class, () -> backend.create(wanted)), offset);
      SecyChange change = SecyChange.builder().confidentialityOffset(offset).build();
      requireRefused(
          catchThrowableOfType(
              MacsecException.class,
              () -> backend.apply(secy, new SecyCommand.Change(change)).orThrow()),
          offset);
      assertThat(seam.changes()).as("requests for a change").isZero();
      assertThat(backend.list()).containsExactly(secy);
      assertThat(backend.read(secy).config().confidentialityOffset())
          .isEqualTo(ConfidentialityOffset.OFFSET_0);
      assertThat(backend.capabilities().confidentialityOffsets()).doesNotContain(offset);
    }
  }

  private static void requireRefused(MacsecException refused, ConfidentialityOffset offset) {
    assertThat(refused)
        .isNotNull()
        .hasNoCause()
        .hasMessageContaining("Linux knows no confidentiality offset of " + offset.octets());
    assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED);
  }
}
