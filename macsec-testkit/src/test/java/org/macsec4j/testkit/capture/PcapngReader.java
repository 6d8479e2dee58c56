package org.macsec4j.testkit.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads block by block what the writer wrote, from the format's description and not from it. */
final class PcapngReader {
  @SuppressWarnings("ArrayRecordComponent")
  record Option(int code, byte[] value) {
    String text() {
      return new String(value, StandardCharsets.UTF_8);
    }
  }

  record Block(int type, ByteBuffer body, List<Option> options) {
    List<String> texts(int code) {
      return options.stream().filter(o -> o.code == code).map(Option::text).toList();
    }
  }

  private PcapngReader() {}

  static List<Block> read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Block> blocks = new ArrayList<>();
    while (in.hasRemaining()) {
      int start = in.position();
      int type = in.getInt();
      int length = in.getInt();
      if (length % 4 != 0 || in.getInt(start + length - 4) != length) {
        throw new AssertionError("the lengths of the block at " + start + " differ");
      }
      ByteBuffer body = in.slice(start + 8, length - 12).order(ByteOrder.LITTLE_ENDIAN);
      blocks.add(new Block(type, body, options(body, type)));
      in.position(start + length);
    }
    return blocks;
  }

  private static List<Option> options(ByteBuffer body, int type) {
    int at =
        switch (type) {
          case 0x0A0D0D0A -> 16;
          case 1 -> 8;
          case 6 -> 20 + (body.getInt(12) + 3) / 4 * 4;
          default -> throw new AssertionError("block type " + type);
        };
    List<Option> options = new ArrayList<>();
    while (at < body.capacity()) {
      int code = body.getShort(at);
      byte[] value = new byte[body.getShort(at + 2) & 0xFFFF];
      body.get(at + 4, value);
      at += 4 + (value.length + 3) / 4 * 4;
      if (code == 0) {
        break;
      }
      options.add(new Option(code, value));
    }
    if (at != body.capacity()) {
      throw new AssertionError("octets behind the end of the options");
    }
    return options;
  }
}
