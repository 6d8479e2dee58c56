package org.macsec4j.mka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided fuzzing of the decoder. In a normal run it goes over its corpus, in the resources
 * beside it; with {@code JAZZER_FUZZ=1} in the environment and {@code -Djazzer.hooks=true} it looks
 * for more.
 */
class MkpduDecoderFuzzTest {
  private static final MkpduEncoder AS_GIVEN = MkpduEncoder.DEFAULT.withOrder(SetOrder.AS_GIVEN);

  @FuzzTest(maxDuration = "5m")
  void whatIsReadCanBeWrittenAndReadAgain(byte[] frame) throws MalformedMkpduException {
    ReceivedMkpdu received;
    Mkpdu mkpdu;
    try {
      received = MkpduDecoder.DEFAULT.open(frame);
      mkpdu = received.mkpdu();
    } catch (MalformedMkpduException e) {
      assertThat(e.offset()).isBetween(0, frame.length);
      return;
    }
    byte[] written =
        AS_GIVEN.encode(
            received.header(),
            mkpdu,
            (octets, offset, length, target, at) -> mkpdu.icv().orElseThrow().writeTo(target, at));
    assertThat(MkpduDecoder.DEFAULT.decode(written)).isEqualTo(mkpdu);
  }
}
