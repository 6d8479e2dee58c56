package org.macsec4j.examples.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;

/**
 * Coverage-guided fuzzing of the capture reader. In a normal run it goes over its corpus, in the
 * resources beside it; with {@code JAZZER_FUZZ=1} in the environment and {@code
 * -Djazzer.hooks=true} it looks for more.
 */
class CaptureReaderFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void anyFileIsReadOrRefused(byte[] octets) {
    long frames = 0;
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(octets), "fuzz")) {
      for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
        frames++;
        assertThat(frame.number()).isEqualTo(frames);
        assertThat(frame.octets().length).isLessThanOrEqualTo(frame.originalLength());
        EthernetView view = EthernetView.of(frame.octets());
        assertThat(view.octets().length).isLessThanOrEqualTo(frame.octets().length);
        InnerFrame.of(frame.octets());
        MacsecLength.trim(view.octets());
        Times.seconds(Math.max(frame.timeNanos(), Long.MIN_VALUE + 1));
      }
    } catch (CaptureException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ");
      assertThat(e.offset()).isNotNegative();
    }
  }
}
