package org.macsec4j.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CknTest {
  @Test
  void aPrefixOrAZeroFilledNameIsAnotherName() {
    Ckn name = Ckn.parse("11223344");
    assertThat(name).isEqualTo(Ckn.of(new byte[] {0x11, 0x22, 0x33, 0x44}));
    assertThat(name).hasSameHashCodeAs(Ckn.parse("11223344"));
    assertThat(name).isNotEqualTo(Ckn.parse("1122334455667788"));
    assertThat(name).isNotEqualTo(Ckn.parse("112233440000"));
    assertThat(name).isNotEqualTo(Ckn.parse("11223345"));
  }

  @Test
  void hasOneToThirtyTwoOctets() {
    assertThat(Ckn.parse("31").length()).isEqualTo(1);
    assertThat(Ckn.parse("ab".repeat(32)).length()).isEqualTo(32);
    for (String hex : new String[] {"", "ab".repeat(33)}) {
      assertThatThrownBy(() -> Ckn.parse(hex))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 32 octets");
    }
    assertThatThrownBy(() -> Ckn.generate(33, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sayWhatTextIsNoName() {
    assertThatThrownBy(() -> Ckn.parse("6d616"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6d616")
        .hasMessageContaining("even number");
    assertThatThrownBy(() -> Ckn.parse("link-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hexadecimal digits");
  }

  @Test
  void isCutOutOfAFrameAndPutBack() {
    byte[] frame = {9, 9, 1, 2, 3, 9};
    Ckn name = Ckn.of(frame, 2, 3);
    frame[2] = 0;
    assertThat(name).hasToString("010203");
    byte[] other = new byte[6];
    name.writeTo(other, 1);
    assertThat(other).containsExactly(0, 1, 2, 3, 0, 0);
    assertThatThrownBy(() -> Ckn.of(frame, 4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void doesNotChangeWithTheArraysAroundIt() {
    byte[] octets = {1, 2};
    Ckn name = Ckn.of(octets);
    octets[0] = 7;
    name.toByteArray()[1] = 7;
    assertThat(name).hasToString("0102");
  }

  @Test
  void isGeneratedFromTheGivenRandomness() {
    Ckn name = Ckn.generate(16, new Random(7));
    assertThat(name.length()).isEqualTo(16);
    assertThat(name).isEqualTo(Ckn.generate(16, new Random(7)));
    assertThat(name).isNotEqualTo(Ckn.generate(16, new Random(8)));
  }
}
