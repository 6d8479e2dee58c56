package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReplayProtection;
import org.macsec4j.SecyCommand;

/** Replay protection and the recovery of extended packet numbers (802.1AE 10.6.2, 10.6.5). */
class ReplayTest {
  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void strictOrderRefusesDuplicatesAndWhatCameLate(CipherSuite suite) {
    Rig rig = Rig.link(Rig.config().cipherSuite(suite));
    byte[][] wire = rig.send(3);

    assertThat(rig.bob.validate(wire[0])).isNotNull();
    assertThat(rig.bob.validate(wire[0])).isNull();
    assertThat(rig.bob.validate(wire[2])).isNotNull();
    assertThat(rig.bob.validate(wire[1])).isNull();
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_OK)).isEqualTo(2);
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_LATE)).isEqualTo(2);
    assertThat(rig.bob.drops()).containsOnly(java.util.Map.entry(DropReason.LATE, 2L));
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void aWindowLetsFramesComeLateByNoMoreThanIt(CipherSuite suite) {
    Rig rig = Rig.link(Rig.config().cipherSuite(suite).replayWindow(3));
    byte[][] wire = rig.send(10);

    assertThat(rig.bob.validate(wire[9])).isNotNull();
    // The next number is 11, the window 3: 8 is the lowest number accepted, in frame 7.
    assertThat(rig.receiveSa().lowestPn()).contains(PacketNumber.of(8));
    assertThat(rig.receiveSa().nextPn()).isEqualTo(PacketNumber.of(11));
    assertThat(rig.bob.validate(wire[6])).isNull();
    assertThat(rig.bob.validate(wire[7])).isNotNull();
    assertThat(rig.bob.validate(wire[7])).as("the standard takes duplicates").isNotNull();
    assertThat(rig.bob.validate(wire[8])).isNotNull();
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_LATE)).isEqualTo(1);
    assertThat(rig.count(ReceiveSaCounter.IN_PKTS_OK)).isEqualTo(4);
  }

  @Test
  void aFrameThatDoesNotValidateMovesNothing() {
    Rig rig = Rig.link(Rig.config());
    byte[][] wire = rig.send(5);

    assertThat(rig.bob.validate(Rig.tampered(wire[4]))).isNull();
    assertThat(rig.receiveSa().nextPn()).isEqualTo(PacketNumber.FIRST);
    assertThat(rig.bob.validate(wire[0])).isNotNull();
  }

  @Test
  void withoutProtectionLateFramesPassAsDelayed() {
    Rig rig = Rig.link(Rig.config().replayProtection(ReplayProtection.OFF));
    byte[][] wire = rig.send(2);

    assertThat(rig.bob.validate(wire[1])).isNotNull();
    assertThat(rig.bob.validate(wire[0])).isNotNull();
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_OK)).isEqualTo(1);
    assertThat(rig.count(ReceiveScCounter.IN_PKTS_DELAYED)).isEqualTo(1);
    assertThat(rig.count(ReceiveSaCounter.IN_PKTS_OK)).isEqualTo(1);
  }

  @Test
  void theLowestNumberIsRaisedAndNeverLowered() {
    Rig rig = Rig.link(Rig.config().replayWindow(100));
    byte[][] wire = rig.send(6);
    Rig.done(rig.bob, raise(5));
    Rig.done(rig.bob, raise(2));

    assertThat(rig.receiveSa().lowestPn()).contains(PacketNumber.of(5));
    assertThat(rig.receiveSa().nextPn()).isEqualTo(PacketNumber.of(5));
    assertThat(rig.bob.validate(wire[3])).isNull();
    assertThat(rig.bob.validate(wire[4])).isNotNull();
  }

  private static SecyCommand raise(long pn) {
    return new SecyCommand.RaiseLowestPn(Rig.ALICE, Rig.AN_0, PacketNumber.of(pn));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, 1L << 32, 3L << 31, 1L << 33, 1L << 62, -1L << 32})
  void reorderedFramesAroundAnyHalfArriveWithExtendedNumbers(long boundary) {
    Rig rig =
        Rig.link(
            Rig.config().cipherSuite(CipherSuite.GCM_AES_XPN_128).replayWindow(64),
            SoftwareSecy.Options.DEFAULT,
            boundary - 10);
    byte[][] wire = rig.send(20);

    for (int i = 0; i < wire.length; i += 2) {
      assertThat(rig.bob.validate(wire[i + 1])).as("frame %d", i + 1).isNotNull();
      assertThat(rig.bob.validate(wire[i])).as("frame %d", i).isNotNull();
    }
    assertThat(rig.bob.validate(wire[0])).as("a duplicate within the window").isNotNull();
    assertThat(rig.receiveSa().nextPn()).isEqualTo(PacketNumber.of(boundary + 10));
    assertThat(rig.bob.drops()).isEmpty();
  }

  @Test
  void lossIsSurvivedWithExtendedNumbersAsFarAsTheNumberCanBeRecovered() {
    Rig rig = Rig.link(Rig.config().cipherSuite(CipherSuite.GCM_AES_XPN_256));
    for (long pn : new long[] {1, (1L << 32) - 1, (1L << 33) - 1}) {
      raiseNextPn(rig, pn);
      assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(1)))).isNotNull();
    }
    raiseNextPn(rig, (3L << 32) + 5);
    assertThat(rig.bob.validate(rig.alice.protect(Rig.frame(1)))).isNull();
    assertThat(rig.bob.lastDrop())
        .as("more than 2^32 were lost, so the upper half was taken for another")
        .contains(DropReason.NOT_VALID);
  }

  private static void raiseNextPn(Rig rig, long pn) {
    Rig.done(rig.alice, new SecyCommand.RaiseNextPn(Rig.AN_0, PacketNumber.of(pn)));
  }

  @Property(tries = 500)
  void anyNumberLessThanHalfARoundAheadIsRecovered(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long lowest,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int ahead) {
    long pn = lowest + ahead;
    SecTag tag =
        new SecTag(false, false, true, true, Rig.AN_0, 0, (int) pn, java.util.Optional.empty());
    assertThat(tag.packetNumber(PacketNumber.of(lowest))).isEqualTo(PacketNumber.of(pn));
  }

  @Test
  void theLastNumberOfAllIsAcceptedOnce() {
    for (CipherSuite suite :
        new CipherSuite[] {CipherSuite.GCM_AES_128, CipherSuite.GCM_AES_XPN_128}) {
      long last = suite.maxPacketNumber().value();
      Rig rig = Rig.link(Rig.config().cipherSuite(suite), SoftwareSecy.Options.DEFAULT, last);
      byte[] wire = rig.alice.protect(Rig.frame(1));
      assertThat(rig.bob.validate(wire)).isNotNull();
      assertThat(rig.bob.validate(wire)).isNull();
    }
  }
}
