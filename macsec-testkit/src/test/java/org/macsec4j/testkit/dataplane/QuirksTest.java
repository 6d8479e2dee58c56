package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReplayProtection;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyResult;
import org.macsec4j.ValidateFrames;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

/**
 * Each quirk changes what it is about, and is off unless asked for. That the kernel has it is shown
 * where there is a kernel, in {@code macsec-it}.
 */
class QuirksTest {
  private static final int SL = 15;

  /** Without the quirk, and with it. */
  private record Seen(Object standard, Object quirk) {}

  private static final Map<Quirk, Seen> EXPECTED = new HashMap<>();
  private static final Map<Quirk, Function<SoftwareSecy.Options, Object>> PROBES = new HashMap<>();

  private static void probe(
      Quirk quirk, Object standard, Object with, Function<SoftwareSecy.Options, Object> probe) {
    EXPECTED.put(quirk, new Seen(standard, with));
    PROBES.put(quirk, probe);
  }

  private static Rig rig(SecyConfig.Builder config, SoftwareSecy.Options options) {
    return Rig.link(config, options, 1);
  }

  private static Rig rig(SoftwareSecy.Options options) {
    return rig(Rig.config(), options);
  }

  private static byte[] first(Rig rig) {
    return rig.send(1)[0];
  }

  static {
    probe(
        Quirk.OPERATIONAL_UNTIL_A_LOSS, false, true, use -> rig(use).bob.snapshot().operational());
    probe(
        Quirk.CUT_TAG_NOT_COUNTED,
        1L,
        0L,
        use -> {
          Rig rig = rig(use);
          rig.bob.validate(Arrays.copyOf(first(rig), 29));
          return Rig.count(rig.bob, SecyCounter.IN_PKTS_BAD_TAG);
        });
    probe(
        Quirk.FILLED_FRAME_IS_BAD,
        true,
        false,
        use -> {
          Rig rig = rig(use);
          return rig.bob.validate(Arrays.copyOf(first(rig), 60)) != null;
        });
    probe(
        Quirk.CHANNEL_BEFORE_TAG,
        1L,
        0L,
        use -> {
          Rig rig = rig(use);
          byte[] bad = first(rig);
          bad[SL] = 63;
          Rig.done(rig.bob, new SecyCommand.DeleteReceiveSc(Rig.ALICE));
          rig.bob.validate(bad);
          return Rig.count(rig.bob, SecyCounter.IN_PKTS_BAD_TAG);
        });
    probe(
        Quirk.DISABLED_CHANNEL_RECEIVES,
        false,
        true,
        use -> {
          Rig rig = rig(use);
          Rig.done(rig.bob, new SecyCommand.EnableReceiveSc(Rig.ALICE, false));
          return rig.bob.validate(first(rig)) != null;
        });
    probe(
        Quirk.UNUSED_SA_COUNTS_NOTHING,
        1L,
        0L,
        use -> {
          Rig rig = rig(use);
          Rig.done(rig.bob, new SecyCommand.EnableReceiveSa(Rig.ALICE, Rig.AN_0, false));
          rig.bob.validate(first(rig));
          return rig.count(ReceiveSaCounter.IN_PKTS_NOT_USING_SA);
        });
    probe(
        Quirk.NO_BROADCAST_PORT,
        false,
        true,
        use -> {
          Rig plain = rig(use);
          Rig broadcast = rig(Rig.config().includeSci(false).singleCopyBroadcast(true), use);
          return plain.bob.validate(first(broadcast)) != null;
        });
    probe(
        Quirk.UNKNOWN_CONTEXT_NOT_COUNTED,
        1L,
        0L,
        use -> {
          Rig rig = rig(Rig.config().includeSci(false), use);
          byte[] frame = first(rig);
          Rig.done(rig.bob, new SecyCommand.DeleteReceiveSc(Rig.ALICE));
          rig.bob.validate(frame);
          return Rig.count(rig.bob, SecyCounter.IN_PKTS_NO_SCI);
        });
    probe(
        Quirk.COUNTS_WHILE_DISABLED,
        0L,
        1L,
        use -> {
          Rig rig = rig(use);
          Rig.done(rig.bob, new SecyCommand.SetControlledPort(false));
          assertThat(rig.bob.validate(first(rig))).isNull();
          return rig.count(ReceiveScCounter.IN_PKTS_OK);
        });
    probe(
        Quirk.OCTETS_BY_MODE,
        0L,
        102L,
        use -> {
          Rig rig = rig(use);
          rig.bob.validate(Rig.tampered(rig.alice.protect(Rig.frame(100))));
          return rig.count(ReceiveScCounter.IN_OCTETS_DECRYPTED);
        });
    probe(
        Quirk.ICV_LENGTH_OF_SECY,
        114,
        122,
        use -> {
          Rig full = rig(Rig.config().encrypt(false), use);
          Rig other = rig(Rig.config().icvLength(8).validateFrames(ValidateFrames.CHECK), use);
          return other.bob.validate(full.alice.protect(Rig.frame(100))).length;
        });
  }

  static {
    probe(
        Quirk.ONE_PACKET_NUMBER,
        false,
        true,
        use -> {
          Rig rig = rig(use);
          byte[][] frames = rig.send(2);
          rig.bob.validate(frames[1]);
          Rig.change(rig.bob, SecyChange.builder().replayProtection(ReplayProtection.window(2)));
          return rig.bob.validate(frames[0]) != null;
        });
    probe(
        Quirk.PACKET_NUMBERS_IN_32_BITS,
        true,
        false,
        use -> {
          SecyConfig.Builder config =
              Rig.config().cipherSuite(CipherSuite.GCM_AES_XPN_128).replayWindow(8);
          SoftwareSecy.Options both =
              use == SoftwareSecy.Options.DEFAULT
                  ? use
                  : use.withQuirks(
                      Set.of(Quirk.PACKET_NUMBERS_IN_32_BITS, Quirk.ONE_PACKET_NUMBER));
          Rig rig = Rig.link(config, both, (1L << 31) - 1);
          byte[][] frames = rig.send(2);
          rig.bob.validate(frames[1]);
          return rig.bob.validate(frames[0]) != null;
        });
    probe(
        Quirk.CONFIDENTIALITY_AT_ONCE,
        true,
        false,
        use -> {
          Rig rig = rig(use);
          Rig.change(
              rig.alice,
              SecyChange.builder().confidentialityOffset(ConfidentialityOffset.NO_CONFIDENTIALITY));
          return SecTag.decode(first(rig)).orElseThrow().encrypted();
        });
    probe(
        Quirk.TAG_BITS_OF_ANY_SOURCE,
        false,
        true,
        use -> {
          Rig rig = rig(Rig.config().includeSci(false).endStation(true), use);
          byte[] bridged = Rig.frame(46);
          bridged[11] ^= 1;
          return SecTag.decode(rig.alice.protect(bridged)).orElseThrow().endStation();
        });
    probe(
        Quirk.FIXED_CIPHER_SUITE,
        false,
        true,
        use -> isRefused(use, SecyChange.builder().cipherSuite(CipherSuite.GCM_AES_256)));
    probe(
        Quirk.NO_CONFIDENTIALITY_OFFSET,
        false,
        true,
        use ->
            isRefused(
                use, SecyChange.builder().confidentialityOffset(ConfidentialityOffset.OFFSET_30)));
  }

  private static boolean isRefused(SoftwareSecy.Options use, SecyChange.Builder change) {
    return rig(use).bob.apply(new SecyCommand.Change(change.build())) instanceof SecyResult.Failed;
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void aQuirkChangesWhatItIsAbout(Quirk quirk) {
    Function<SoftwareSecy.Options, Object> probe = PROBES.get(quirk);
    Seen expected = EXPECTED.get(quirk);
    SoftwareSecy.Options standard = SoftwareSecy.Options.DEFAULT;
    assertThat(probe.apply(standard)).as("without").isEqualTo(expected.standard);
    assertThat(probe.apply(standard.withQuirks(Set.of(quirk))))
        .as("with")
        .isEqualTo(expected.quirk);
  }

  @Test
  void aHostWithQuirksHasThemInItsSecys() {
    try (Lab lab = Lab.create(1)) {
      Host linux = lab.host("linux").quirks(Quirk.LINUX);
      Host other = lab.host("other");
      lab.wire(linux, other);
      SecyConfig config =
          SecyConfig.on("eth0").confidentialityOffset(ConfidentialityOffset.OFFSET_50).build();
      MacsecException refused =
          catchThrowableOfType(MacsecException.class, () -> linux.macsec().create(config));
      assertThat(refused.kind()).isEqualTo(MacsecException.Kind.UNSUPPORTED);
      assertThat(linux.macsec().secys()).isEmpty();
      assertThat(other.macsec().create(config).snapshot().operational()).isFalse();
      assertThat(linux.macsec().create(SecyConfig.on("eth0").build()).snapshot().operational())
          .isTrue();
    }
  }

  @Test
  void aLowestNumberThatIsSetBecomesTheNextOne() {
    SoftwareSecy.Options linux = SoftwareSecy.Options.DEFAULT.withQuirks(Quirk.LINUX);
    Rig rig = rig(Rig.config().replayWindow(10), linux);
    Rig.done(rig.bob, new SecyCommand.RaiseLowestPn(Rig.ALICE, Rig.AN_0, PacketNumber.of(100)));
    assertThat(rig.receiveSa().nextPn()).isEqualTo(PacketNumber.of(110));
    assertThat(rig.receiveSa().lowestPn()).contains(PacketNumber.of(100));
    Rig.change(rig.bob, SecyChange.builder().replayProtection(ReplayProtection.OFF));
    assertThat(rig.receiveSa().lowestPn()).isEmpty();
  }
}
