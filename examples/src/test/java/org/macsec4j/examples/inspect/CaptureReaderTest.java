package org.macsec4j.examples.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.testkit.capture.Capture;
import org.macsec4j.testkit.capture.PcapngWriter;

class CaptureReaderTest {
  private static final Path SMALL = Path.of("src/test/resources/captures/psk-wrong-cak.pcap");
  private static final byte[] FRAME = new byte[61];

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void readsEveryForm(CaptureBytes.Form form) throws Exception {
    List<CapturedFrame> wanted = CaptureBytes.read(SMALL);

    List<CapturedFrame> read = CaptureBytes.read(CaptureBytes.write(form, wanted));

    assertThat(read).hasSameSizeAs(wanted);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).octets()).isEqualTo(wanted.get(i).octets());
      assertThat(read.get(i).number()).isEqualTo(i + 1);
      assertThat(read.get(i).isCut()).isFalse();
      if (form == CaptureBytes.Form.PCAPNG_SIMPLE) {
        assertThat(read.get(i).timeNanos()).isEqualTo(CapturedFrame.NO_TIME);
      } else if (form == CaptureBytes.Form.PCAPNG_BINARY_FRACTIONS) {
        assertThat(read.get(i).timeNanos()).isCloseTo(wanted.get(i).timeNanos(), within(2000L));
      } else {
        assertThat(read.get(i).timeNanos()).isEqualTo(wanted.get(i).timeNanos());
      }
      boolean named = form.name().startsWith("PCAPNG");
      assertThat(read.get(i).interfaceName()).isEqualTo(named ? "eth7" : "");
    }
  }

  @Test
  void readsWhatTheSimulatorWrites() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, List.of("a comment"))) {
      int index = writer.addInterface("a eth0");
      writer.writeFrame(
          index, 1_234_567_890_123_456_789L, Capture.Direction.INBOUND, FRAME, List.of("another"));
    }

    CapturedFrame frame = CaptureBytes.read(out.toByteArray()).get(0);

    assertThat(frame.octets()).isEqualTo(FRAME);
    assertThat(frame.timeNanos()).isEqualTo(1_234_567_890_123_456_789L);
    assertThat(frame.interfaceName()).isEqualTo("a eth0");
  }

  @Test
  void tellsFramesThatTheCaptureCut() throws Exception {
    CapturedFrame cut = new CapturedFrame(1, CaptureBytes.TIME, "", 1, FRAME, 1514);
    for (CaptureBytes.Form form : CaptureBytes.Form.values()) {
      if (form != CaptureBytes.Form.PCAPNG_SIMPLE) {
        CapturedFrame read = CaptureBytes.read(CaptureBytes.write(form, List.of(cut))).get(0);
        assertThat(read.isCut()).as(form.name()).isTrue();
        assertThat(read.originalLength()).isEqualTo(1514);
      }
    }
  }

  @Test
  void takesADeclaredFrameCheckSequenceOff() throws Exception {
    byte[] withFcs = Arrays.copyOf(FRAME, FRAME.length + 4);
    CRC32 crc = new CRC32();
    crc.update(FRAME);
    ByteBuffer.wrap(withFcs).order(ByteOrder.LITTLE_ENDIAN).putInt(61, (int) crc.getValue());
    // Two 16-bit words of frame check sequence, and the bit that says so.
    int link = 1 | 0x0400_0000 | (2 << 28);

    byte[] file =
        CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, false, link, CaptureBytes.frames(withFcs));

    assertThat(CaptureBytes.read(file).get(0).octets()).isEqualTo(FRAME);
  }

  @Test
  void everyTruncationGivesTheFramesBeforeItAndSaysWhere() throws Exception {
    byte[] pcap = Files.readAllBytes(SMALL);
    List<CapturedFrame> frames = CaptureBytes.read(SMALL);
    byte[] pcapng = CaptureBytes.write(CaptureBytes.Form.PCAPNG_LITTLE, frames.subList(0, 5));
    for (byte[] whole : List.of(pcap, Arrays.copyOf(pcapng, 1200), gzip(pcap))) {
      int atBoundary = 0;
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        try {
          CaptureBytes.read(part);
          atBoundary++;
        } catch (CaptureException e) {
          assertThat(e.file()).isEqualTo("test");
          assertThat(e.getMessage()).startsWith("test: ").hasSizeGreaterThan(20);
          assertThat(e.offset()).isLessThanOrEqualTo(pcapng.length);
        }
      }
      // Between two records nobody can tell that more was to come; elsewhere everybody can.
      assertThat(atBoundary).isLessThanOrEqualTo(frames.size() + 2);
    }
  }

  private static byte[] gzip(byte[] octets) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(octets);
    }
    return packed.toByteArray();
  }

  @Test
  void theTruncatedRecordIsNamed() throws Exception {
    byte[] pcap = Files.readAllBytes(SMALL);

    assertThatThrownBy(() -> CaptureBytes.read(Arrays.copyOf(pcap, pcap.length - 7)))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("truncated: it ends at octet " + (pcap.length - 7))
        .hasMessageContaining("within frame 21")
        .hasMessageContaining("7 more octets");
  }

  @Test
  void absurdLengthsAreRefusedWithoutMemoryForThem() {
    byte[] file = CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, false, CaptureBytes.frames(FRAME));
    ByteBuffer.wrap(file).putInt(24 + 8, 0x7FFF_FFFF);
    refused(file, "claims to hold 2147483647 octets");

    byte[] section = CaptureBytes.write(CaptureBytes.Form.PCAPNG_BIG, CaptureBytes.frames(FRAME));
    int packet = 40 + 40;
    ByteBuffer.wrap(section).putInt(packet + 4, 0x7FFF_FFFC);
    refused(section, "claims a length of 2147483644");
    ByteBuffer.wrap(section).putInt(packet + 4, 13);
    refused(section, "claims a length of 13");
  }

  @Test
  void aTailOfZerosIsDamage() {
    byte[] file = CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, false, CaptureBytes.frames(FRAME));
    refused(Arrays.copyOf(file, file.length + 100_000), "frame 2");
    byte[] ng = CaptureBytes.write(CaptureBytes.Form.PCAPNG_BIG, CaptureBytes.frames(FRAME));
    refused(Arrays.copyOf(ng, ng.length + 100_000), "claims a length of 0");
  }

  @Test
  void otherFilesAreToldApart() throws Exception {
    refused(new byte[0], "is empty");
    refused(new byte[] {1, 2, 3}, "too short");
    refused("{\"type\":\"summary\"}".getBytes(StandardCharsets.UTF_8), "looks like text");
    refused(new byte[100], "is no capture file");
    refused(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0}, "packed by xz");
    refused(new byte[] {'P', 'K', 3, 4, 0}, "zip archive");
    refused(gzip(gzip(new byte[10])), "gzip twice");
    refused(gzip(new byte[0]), "is empty");
    refused(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0}, "gzip");
  }

  @Test
  void onlyEthernetIsRead() {
    List<CapturedFrame> frames = CaptureBytes.frames(FRAME);
    refused(CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, false, 113, frames), "not on \"any\"");
    refused(CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, false, 105, frames), "IEEE 802.11");
    byte[] ng = CaptureBytes.write(CaptureBytes.Form.PCAPNG_BIG, frames);
    ng[40 + 9] = 101;
    refused(ng, "raw IP");
  }

  private static void refused(byte[] octets, String why) {
    assertThatThrownBy(() -> CaptureBytes.read(octets))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining(why);
  }

  @Test
  void foldersPipesAndMissingFilesAreRefused() {
    assertThatThrownBy(() -> CaptureReader.open(folder)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> CaptureReader.open(folder.resolve("none")))
        .hasMessageContaining("no such file");
  }

  @Test
  void aHugeFileNeedsNoMemoryOfItsSize() throws Exception {
    byte[] head = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, false, List.of());
    byte[] one = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, false, CaptureBytes.frames(FRAME));
    byte[] record = Arrays.copyOfRange(one, head.length, one.length);
    long frames = 2_000_000;
    InputStream endless = new Repeating(head, record, frames);
    long seen = 0;
    try (CaptureReader reader = CaptureReader.open(endless, "huge")) {
      while (reader.next() != null) {
        seen++;
      }
    }
    assertThat(seen).isEqualTo(frames);
  }

  /** A head and many times the same record. */
  private static final class Repeating extends InputStream {
    private final byte[] record;
    private long left;
    private ByteArrayInputStream current;

    Repeating(byte[] head, byte[] record, long times) {
      this.record = record;
      this.left = times;
      this.current = new ByteArrayInputStream(head);
    }

    @Override
    public int read() {
      int octet = current.read();
      if (octet < 0 && left > 0) {
        left--;
        current = new ByteArrayInputStream(record);
        octet = current.read();
      }
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (current.available() == 0 && left > 0) {
        left--;
        current = new ByteArrayInputStream(record);
      }
      return current.read(target, offset, length);
    }
  }
}
