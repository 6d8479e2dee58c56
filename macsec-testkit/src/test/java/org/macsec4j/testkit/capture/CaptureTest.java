package org.macsec4j.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.macsec4j.testkit.capture.Capture.Direction.INBOUND;
import static org.macsec4j.testkit.capture.Capture.Direction.OUTBOUND;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
  private static final int SECTION = 0x0A0D0D0A;
  private static final int INTERFACE = 1;
  private static final int PACKET = 6;
  private static final int COMMENT = 1;

  private final Capture capture = new Capture();

  private static List<PcapngReader.Block> blocks(Capture capture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    capture.writeTo(out);
    return PcapngReader.read(out.toByteArray());
  }

  @Test
  void writesInterfacesFramesTimesDirectionsAndComments() throws IOException {
    int left = capture.addInterface("a/eth0");
    int right = capture.addInterface("b/eth0");
    byte[] frame = new byte[61];
    frame[60] = 42;
    capture.frame(left, 0x1_2345_6789_ABCDL, OUTBOUND, frame, List.of("lost, a pity", "größer"));
    capture.note("the key server was elected");
    capture.frame(right, 7, INBOUND, new byte[14], List.of("second"));

    List<PcapngReader.Block> blocks = blocks(capture);

    assertThat(blocks)
        .extracting(PcapngReader.Block::type)
        .containsExactly(SECTION, INTERFACE, INTERFACE, PACKET, PACKET);
    assertThat(blocks.get(0).body().getInt(0)).isEqualTo(0x1A2B3C4D);
    assertThat(blocks.get(0).body().getShort(4)).isEqualTo((short) 1);
    assertThat(blocks.get(0).body().getLong(8)).isEqualTo(-1);
    assertThat(blocks.get(1).body().getShort(0)).isEqualTo((short) 1);
    assertThat(blocks.get(1).texts(2)).containsExactly("a/eth0");
    assertThat(blocks.get(2).texts(2)).containsExactly("b/eth0");
    assertThat(blocks.get(2).options().get(1).code()).isEqualTo(9);
    assertThat(blocks.get(2).options().get(1).value()).containsExactly(9);
    PcapngReader.Block first = blocks.get(3);
    assertThat(first.body().getInt(0)).isEqualTo(left);
    assertThat(first.body().getInt(4)).isEqualTo(0x1_2345);
    assertThat(first.body().getInt(8)).isEqualTo(0x6789_ABCD);
    assertThat(first.body().getInt(12)).isEqualTo(61);
    assertThat(first.body().getInt(16)).isEqualTo(61);
    assertThat(first.body().get(20 + 60)).isEqualTo((byte) 42);
    assertThat(first.texts(COMMENT)).containsExactly("lost, a pity", "größer");
    assertThat(first.options().get(0).value()).containsExactly(2, 0, 0, 0);
    assertThat(blocks.get(4).options().get(0).value()).containsExactly(1, 0, 0, 0);
    assertThat(blocks.get(4).texts(COMMENT))
        .containsExactly("the key server was elected", "second");
  }

  @Test
  void forgetsTheOldestFramesAtTheLimitAndSaysSo() throws IOException {
    Capture small = new Capture(100);
    int number = small.addInterface("a/eth0");
    for (int i = 0; i < 5; i++) {
      small.frame(number, i, OUTBOUND, new byte[40], List.of());
    }
    small.note("the end");

    assertThat(small.frames()).extracting(Capture.Recorded::nanoTime).containsExactly(3L, 4L);
    assertThat(blocks(small).get(0).texts(COMMENT))
        .containsExactly("the end", "3 older frames were forgotten at the limit of 100 octets");
    small.clear();
    assertThat(small.size()).isZero();
  }

  @Test
  void makesTheFolderOfAFileAndSaysWhyItCannot(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("deep/er/run.pcapng");
    capture.writeTo(file);
    assertThat(PcapngReader.read(Files.readAllBytes(file))).hasSize(1);

    assertThatThrownBy(() -> capture.writeTo(file.resolve("below a file")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write the capture");
  }

  @Test
  void theWriterRefusesAnInterfaceThatWasNotAdded() throws IOException {
    PcapngWriter writer = new PcapngWriter(new ByteArrayOutputStream(), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.writeFrame(0, 0, INBOUND, new byte[14], List.of()));
  }
}
