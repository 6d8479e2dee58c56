package org.macsec4j.netlink.macsec;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;

class ReplayFloorTest {
  private static PacketNumber pn(long value) {
    return PacketNumber.of(value);
  }

  @Example
  void aFreshSaIsToldOne() {
    assertThat(ReplayFloor.nextPn(pn(1), ReplayProtection.window(1000), CipherSuite.GCM_AES_128))
        .isEqualTo(pn(1));
  }

  @Example
  void withoutReplayProtectionTheNumberIsAsGiven() {
    assertThat(ReplayFloor.nextPn(pn(77), ReplayProtection.OFF, CipherSuite.GCM_AES_128))
        .isEqualTo(pn(77));
  }

  @Example
  void inAnotherHalfOfTheNumbersXpnIsToldTheLowestItself() {
    PacketNumber lowest = pn(0x7FFF_FFF0L);
    ReplayProtection replay = ReplayProtection.window(64);
    assertThat(ReplayFloor.nextPn(lowest, replay, CipherSuite.GCM_AES_XPN_128)).isEqualTo(lowest);
    assertThat(ReplayFloor.nextPn(lowest, replay, CipherSuite.GCM_AES_128))
        .isEqualTo(pn(0x8000_0030L));
  }

  @Property
  void theLowestNumberComesBack(
      @ForAll @LongRange(min = 2, max = 0xFFFF_FFFFL) long lowest,
      @ForAll @LongRange(min = 0, max = 0xFFFF_FFFFL) long window) {
    PacketNumber next =
        ReplayFloor.nextPn(pn(lowest), ReplayProtection.window(window), CipherSuite.GCM_AES_256);
    PacketNumber back = ReplayFloor.lowestPn(next, window);

    assertThat(next.fits32()).isTrue();
    boolean fits = lowest + window <= 0xFFFF_FFFFL;
    assertThat(back.value()).isLessThanOrEqualTo(lowest);
    if (fits) {
      assertThat(back).isEqualTo(pn(lowest));
    }
  }

  @Property
  void withXpnTheNextNumberIsNeverInAnotherHalfThanTheLowest(
      @ForAll long lowest, @ForAll @LongRange(min = 0, max = (1L << 30) - 1) long window) {
    PacketNumber next =
        ReplayFloor.nextPn(
            pn(lowest), ReplayProtection.window(window), CipherSuite.GCM_AES_XPN_256);
    assertThat((next.value() ^ lowest) & 0x8000_0000L).isZero();
    assertThat(next.value() - lowest).isIn(0L, window);
  }
}
