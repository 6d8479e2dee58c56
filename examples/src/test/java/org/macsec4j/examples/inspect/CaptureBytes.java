package org.macsec4j.examples.inspect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes captures in every form that the reader knows, by the letter of their specifications. */
public final class CaptureBytes {
  /** Time of a frame that a writer makes up. */
  static final long TIME = 1_795_319_616_829_361_000L;

  private CaptureBytes() {}

  /** A form of capture. */
  public enum Form {
    PCAP_BIG_MICROS,
    PCAP_LITTLE_MICROS,
    PCAP_BIG_NANOS,
    PCAP_LITTLE_NANOS,
    PCAPNG_BIG,
    PCAPNG_LITTLE,
    PCAPNG_NANOS,
    PCAPNG_BINARY_FRACTIONS,
    PCAPNG_SIMPLE,
    PCAPNG_OBSOLETE,
    PCAPNG_SECTIONS
  }

  public static List<CapturedFrame> read(Path file) throws CaptureException {
    try (CaptureReader reader = CaptureReader.open(file)) {
      return all(reader);
    }
  }

  static List<CapturedFrame> read(byte[] octets) throws CaptureException {
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(octets), "test")) {
      return all(reader);
    }
  }

  private static List<CapturedFrame> all(CaptureReader reader) throws CaptureException {
    List<CapturedFrame> frames = new ArrayList<>();
    for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
      frames.add(frame);
    }
    return frames;
  }

  static List<CapturedFrame> frames(byte[]... octets) {
    List<CapturedFrame> frames = new ArrayList<>();
    for (byte[] frame : octets) {
      frames.add(new CapturedFrame(frames.size() + 1, TIME, "", 1, frame, frame.length));
    }
    return frames;
  }

  public static byte[] write(Form form, List<CapturedFrame> frames) {
    return switch (form) {
      case PCAP_BIG_MICROS -> pcap(ByteOrder.BIG_ENDIAN, false, frames);
      case PCAP_LITTLE_MICROS -> pcap(ByteOrder.LITTLE_ENDIAN, false, frames);
      case PCAP_BIG_NANOS -> pcap(ByteOrder.BIG_ENDIAN, true, frames);
      case PCAP_LITTLE_NANOS -> pcap(ByteOrder.LITTLE_ENDIAN, true, frames);
      default -> pcapng(form, frames);
    };
  }

  static byte[] pcap(ByteOrder order, boolean nanos, List<CapturedFrame> frames) {
    return pcap(order, nanos, 1, frames);
  }

  static byte[] pcap(ByteOrder order, boolean nanos, int link, List<CapturedFrame> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(24).order(order);
    head.putInt(nanos ? 0xA1B23C4D : 0xA1B2C3D4);
    head.putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(262144).putInt(link);
    out.writeBytes(head.array());
    for (CapturedFrame frame : frames) {
      long fraction = frame.timeNanos() % 1_000_000_000L;
      ByteBuffer record = ByteBuffer.allocate(16).order(order);
      record.putInt((int) (frame.timeNanos() / 1_000_000_000L));
      record.putInt((int) (nanos ? fraction : fraction / 1000));
      record.putInt(frame.octets().length).putInt(frame.originalLength());
      out.writeBytes(record.array());
      out.writeBytes(frame.octets());
    }
    return out.toByteArray();
  }

  private static byte[] pcapng(Form form, List<CapturedFrame> frames) {
    ByteOrder order = form == Form.PCAPNG_BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] resolution = {
      switch (form) {
        case PCAPNG_NANOS -> (byte) 9;
        // 2^-20 s is a little less than a microsecond.
        case PCAPNG_BINARY_FRACTIONS -> (byte) 0x94;
        default -> (byte) 6;
      }
    };
    begin(out, order, resolution);
    for (CapturedFrame frame : frames) {
      if (form == Form.PCAPNG_SECTIONS && frame.number() % 10 == 0) {
        order = order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        begin(out, order, resolution);
      }
      block(out, order, form, frame);
    }
    // Interface statistics and something nobody knows: both are passed over.
    out.writeBytes(block(order, 5, new byte[12]));
    out.writeBytes(block(order, 0x7ACE, new byte[100_000]));
    return out.toByteArray();
  }

  private static void begin(ByteArrayOutputStream out, ByteOrder order, byte[] resolution) {
    ByteBuffer section = ByteBuffer.allocate(16 + 12).order(order);
    section.putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1);
    section.putShort((short) 1).putShort((short) 3).put("abc\0".getBytes(StandardCharsets.UTF_8));
    out.writeBytes(block(order, 0x0A0D0D0A, section.array()));
    ByteBuffer description = ByteBuffer.allocate(28).order(order);
    description.putShort((short) 1).putShort((short) 0).putInt(0);
    description
        .putShort((short) 2)
        .putShort((short) 4)
        .put("eth7".getBytes(StandardCharsets.UTF_8));
    description.putShort((short) 9).putShort((short) 1).put(resolution).put(new byte[3]);
    description.putInt(0);
    out.writeBytes(block(order, 1, description.array()));
  }

  private static void block(
      ByteArrayOutputStream out, ByteOrder order, Form form, CapturedFrame frame) {
    int length = frame.octets().length;
    ByteBuffer body = ByteBuffer.allocate(32 + length + 3 + 8).order(order);
    long time =
        switch (form) {
          case PCAPNG_NANOS -> frame.timeNanos();
          case PCAPNG_BINARY_FRACTIONS ->
              BigInteger.valueOf(frame.timeNanos())
                  .shiftLeft(20)
                  .divide(BigInteger.valueOf(1_000_000_000L))
                  .longValueExact();
          default -> frame.timeNanos() / 1000;
        };
    int type = 6;
    if (form == Form.PCAPNG_SIMPLE) {
      type = 3;
      body.putInt(frame.originalLength());
    } else if (form == Form.PCAPNG_OBSOLETE) {
      type = 2;
      body.putShort((short) 0).putShort((short) -1);
    } else {
      body.putInt(0);
    }
    if (form != Form.PCAPNG_SIMPLE) {
      body.putInt((int) (time >>> 32)).putInt((int) time);
      body.putInt(length).putInt(frame.originalLength());
    }
    body.put(frame.octets()).put(new byte[-length & 3]);
    byte[] octets = new byte[body.position()];
    body.flip().get(octets);
    out.writeBytes(block(order, type, octets));
  }

  static byte[] block(ByteOrder order, int type, byte[] body) {
    ByteBuffer block = ByteBuffer.allocate(12 + body.length).order(order);
    block.putInt(type).putInt(block.capacity()).put(body).putInt(block.capacity());
    return block.array();
  }
}
