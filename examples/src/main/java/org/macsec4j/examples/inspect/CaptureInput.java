package org.macsec4j.examples.inspect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * The octets of a capture file, in its byte order, with the offset always at hand. Every read
 * either gives what was asked or a {@link CaptureException} that says where the file ends.
 */
final class CaptureInput implements AutoCloseable {
  private static final int SKIP_AT_ONCE = 1 << 16;

  private final InputStream in;
  private final String file;
  private final byte[] word = new byte[Long.BYTES];
  private boolean littleEndian;
  private long offset;

  CaptureInput(InputStream in, String file) {
    this.in = in;
    this.file = file;
  }

  void order(ByteOrder order) {
    littleEndian = order == ByteOrder.LITTLE_ENDIAN;
  }

  ByteOrder order() {
    return littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  long offset() {
    return offset;
  }

  /** Whether the file ends here; otherwise {@link #restOfInt} has to follow. */
  boolean atEnd() throws CaptureException {
    int octet = readOne();
    if (octet < 0) {
      return true;
    }
    word[0] = (byte) octet;
    offset++;
    return false;
  }

  /** The four octets of which {@link #atEnd()} has taken the first. */
  int restOfInt(String what) throws CaptureException {
    fill(word, 1, Integer.BYTES - 1, what);
    return toInt();
  }

  int u16(String what) throws CaptureException {
    fill(word, 0, Short.BYTES, what);
    int high = word[littleEndian ? 1 : 0] & 0xFF;
    int low = word[littleEndian ? 0 : 1] & 0xFF;
    return (high << 8) | low;
  }

  int i32(String what) throws CaptureException {
    fill(word, 0, Integer.BYTES, what);
    return toInt();
  }

  long u32(String what) throws CaptureException {
    return Integer.toUnsignedLong(i32(what));
  }

  private int toInt() {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = (value << 8) | (word[littleEndian ? Integer.BYTES - 1 - i : i] & 0xFF);
    }
    return value;
  }

  /** As many octets as asked for; the caller has checked the length, as it comes from the file. */
  byte[] octets(int length, String what) throws CaptureException {
    byte[] octets = new byte[length];
    fill(octets, 0, length, what);
    return octets;
  }

  void skip(long length, String what) throws CaptureException {
    byte[] waste = new byte[(int) Math.min(length, SKIP_AT_ONCE)];
    long left = length;
    while (left > 0) {
      int piece = (int) Math.min(left, waste.length);
      fill(waste, 0, piece, what);
      left -= piece;
    }
  }

  private int readOne() throws CaptureException {
    try {
      return in.read();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void fill(byte[] target, int from, int length, String what) throws CaptureException {
    int read;
    try {
      read = in.readNBytes(target, from, length);
    } catch (IOException e) {
      throw failed(e);
    }
    offset += read;
    if (read < length) {
      throw broken(
          "truncated: it ends at octet "
              + offset
              + ", within "
              + what
              + ", where "
              + (length - read)
              + " more octets were to come");
    }
  }

  private CaptureException failed(IOException e) {
    if (e instanceof EOFException) {
      return new CaptureException(
          file, offset, "truncated: the gzip data ends before octet " + offset + " of it", e);
    }
    if (e instanceof ZipException) {
      return new CaptureException(
          file, offset, "damaged gzip data near octet " + offset + ": " + e.getMessage(), e);
    }
    return new CaptureException(
        file, offset, "cannot be read at octet " + offset + ": " + e.getMessage(), e);
  }

  CaptureException broken(String problem) {
    return new CaptureException(file, offset, problem);
  }

  @Override
  public void close() throws CaptureException {
    try {
      in.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
