package org.macsec4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;

/** A ratio means something only when both sides of a pair do the same work. */
class PairsTest {
  private static final int TAG_AND_ICV = 16 + 16;
  private static final int ADDRESSES = 12;

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void bareCipherSealsWhatSecyProtects(CipherSuite suite) throws Exception {
    SecyWork work = new SecyWork(suite, 512);
    byte[] header = new byte[ADDRESSES + 16];

    int length = work.protect();
    byte[] protectedFrame = Arrays.copyOf(work.out(), length);
    System.arraycopy(protectedFrame, 0, header, 0, header.length);
    Arrays.fill(work.out(), header.length, length, (byte) 0);
    int sealed = work.seal();

    assertThat(length).isEqualTo(work.userFrame().length + TAG_AND_ICV);
    assertThat(sealed).isEqualTo(length - header.length);
    assertThat(Arrays.copyOf(work.out(), length)).isEqualTo(protectedFrame);
    work.requireNoDrops();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void bareCipherOpensWhatSecyValidates(CipherSuite suite) throws Exception {
    SecyWork work = new SecyWork(suite, 512);
    byte[] userFrame = work.userFrame();

    for (int i = 0; i < 50; i++) {
      Arrays.fill(work.out(), (byte) 0);
      assertThat(work.validate()).isEqualTo(userFrame.length);
      assertThat(Arrays.copyOf(work.out(), userFrame.length)).isEqualTo(userFrame);

      Arrays.fill(work.out(), (byte) 0);
      assertThat(work.open()).isEqualTo(userFrame.length - ADDRESSES);
      assertThat(Arrays.copyOfRange(work.out(), ADDRESSES, userFrame.length))
          .isEqualTo(Arrays.copyOfRange(userFrame, ADDRESSES, userFrame.length));
    }
    work.requireNoDrops();
  }

  @ParameterizedTest
  @EnumSource(MkpduWork.Kind.class)
  void bareCmacIsTheIcvOfTheMkpdu(MkpduWork.Kind kind) throws Exception {
    MkpduWork work = new MkpduWork(kind);

    assertThat(work.cmac()).isEqualTo(work.frameIcv());
    assertThat(work.encodeAndSign()).isEqualTo(work.frame());
    assertThat(work.decodeAndVerify().basic()).isEqualTo(work.mkpdu().basic());
    assertThat(work.decodeAndVerify().sets()).isEqualTo(work.mkpdu().sets());
  }

  @ParameterizedTest
  @CsvSource({"1.2, 1000, false", "1.1, 1000, true", "1.1, 1001, false"})
  void pairIsMetWhenBothGoalsAre(double ratio, double bytes, boolean met) {
    Pair pair = Pair.secy(SecyProtect.class, "GCM_AES_128", "64");
    pair.add(new Sample(ratio, 110, 100, bytes, 1000));

    assertThat(pair.isMet()).isEqualTo(met);
    assertThat(pair.line()).contains(met ? " met" : "MISSED");
  }

  @Test
  void ratioIsTheMedianOfTheIterations() {
    Pair pair = Pair.mkpdu(MkpduDecode.class, "HELLO", 1.5);
    for (double ratio : new double[] {9, 1.3, 1.2, 1.1, 0.1}) {
      pair.add(new Sample(ratio, 1, 1, 0, 0));
    }

    assertThat(pair.ratio()).isEqualTo(1.2);
    assertThat(Ratios.table(List.of(pair))).contains("1.200").contains("all goals met");
  }
}
