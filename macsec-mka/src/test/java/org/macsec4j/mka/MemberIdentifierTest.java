package org.macsec4j.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.macsec4j.KeyIdentifier;

class MemberIdentifierTest {
  private static final String MI = "5bc3fa966a1d0b84c0e555a0";

  @Test
  void keepsItsTwelveOctets() {
    MemberIdentifier mi = MemberIdentifier.parse(MI);
    assertThat(mi).hasToString(MI);
    assertThat(MemberIdentifier.of(mi.toByteArray())).isEqualTo(mi).hasSameHashCodeAs(mi);
    byte[] frame = new byte[14];
    mi.writeTo(frame, 2);
    assertThat(MemberIdentifier.of(frame, 2)).isEqualTo(mi);
    assertThat(MemberIdentifier.of(frame, 1)).isNotEqualTo(mi);
  }

  @Test
  void differsInEachOctet() {
    MemberIdentifier mi = MemberIdentifier.parse(MI);
    for (int i = 0; i < MemberIdentifier.LENGTH; i++) {
      byte[] octets = mi.toByteArray();
      octets[i] ^= 1;
      assertThat(MemberIdentifier.of(octets)).isNotEqualTo(mi);
    }
  }

  @Test
  void isOrderedAsAnUnsignedNumber() {
    MemberIdentifier small = MemberIdentifier.parse("7fffffffffffffff80000000");
    assertThat(MemberIdentifier.parse("800000000000000000000000")).isGreaterThan(small);
    assertThat(MemberIdentifier.parse("7fffffffffffffff7fffffff")).isLessThan(small);
    assertThat(small).isEqualByComparingTo(MemberIdentifier.of(small.toByteArray()));
  }

  @Test
  void refusesOtherLengths() {
    assertThatThrownBy(() -> MemberIdentifier.parse(MI + "00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a member identifier has 12 octets, not 13");
    assertThatThrownBy(() -> MemberIdentifier.of(new byte[12], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void isNeverGeneratedAsZero() {
    Random zerosFirst =
        new Random() {
          private static final long serialVersionUID = 1L;
          private int calls;

          @Override
          public void nextBytes(byte[] bytes) {
            bytes[0] = (byte) calls++;
          }
        };
    assertThat(MemberIdentifier.generate(zerosFirst).isZero()).isFalse();
    assertThat(MemberIdentifier.ZERO.isZero()).isTrue();
    assertThat(MemberIdentifier.generate(new Random(5)))
        .isEqualTo(MemberIdentifier.generate(new Random(5)));
  }

  @Test
  void makesAKeyIdentifierWithTheNumberInNetworkOrder() {
    MkaKeyIdentifier key = new MkaKeyIdentifier(MemberIdentifier.parse(MI), 0x8000_0102L);
    assertThat(key.toKeyIdentifier()).isEqualTo(KeyIdentifier.parse(MI + "80000102"));
    assertThat(MkaKeyIdentifier.of(key.toKeyIdentifier())).isEqualTo(key);
    assertThat(key).hasToString(MI + "/2147483906");
    assertThat(key.isNone()).isFalse();
    assertThat(MkaKeyIdentifier.NONE.isNone()).isTrue();
    assertThat(MkaKeyIdentifier.NONE).hasToString("none");
    assertThatThrownBy(() -> new MkaKeyIdentifier(MemberIdentifier.ZERO, 1L << 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..4294967295");
  }
}
