package org.macsec4j.examples.inspect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a capture file: pcap (micro- and nanoseconds, both byte orders) and pcapng,
 * plain or packed by gzip, of Ethernet.
 *
 * <p>It holds one frame at a time, whatever the size of the file, and believes no length before it
 * has compared it with a limit. A file that breaks off gives all frames before the break, then a
 * {@link CaptureException} that says where.
 */
public final class CaptureReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP = 0x1F8B_0000;
  private static final int UPPER_HALF = 0xFFFF_0000;

  private final CaptureInput in;
  private final FrameSource source;
  private final boolean packed;

  private CaptureReader(CaptureInput in, FrameSource source, boolean packed) {
    this.in = in;
    this.source = source;
    this.packed = packed;
  }

  /**
   * Opens a capture file.
   *
   * @param file the file
   * @return a reader; to be closed
   * @throws CaptureException when it is missing, no regular file, empty, or of another kind
   */
  public static CaptureReader open(Path file) throws CaptureException {
    String name = Printable.of(file.toString());
    if (Files.isDirectory(file)) {
      throw new CaptureException(name, 0, "is a directory, not a capture file");
    }
    if (!Files.exists(file)) {
      throw new CaptureException(name, 0, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new CaptureException(
          name, 0, "is a pipe or device; a capture is read twice, so save it as a file first");
    }
    try {
      return open(Files.newInputStream(file), name);
    } catch (NoSuchFileException e) {
      throw new CaptureException(name, 0, "no such file", e);
    } catch (IOException e) {
      throw new CaptureException(name, 0, "cannot be opened: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.toString();
  }

  /**
   * Opens a capture from a stream.
   *
   * @param stream the octets; closed with the reader, and when this fails
   * @param name how to call it in errors
   * @return a reader; to be closed
   * @throws CaptureException when it is empty, or of another kind
   */
  public static CaptureReader open(InputStream stream, String name) throws CaptureException {
    BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
    CaptureInput raw = new CaptureInput(buffered, name);
    try {
      buffered.mark(Integer.BYTES);
      int magic = magic(raw, "");
      if ((magic & UPPER_HALF) != GZIP) {
        return new CaptureReader(raw, source(raw, magic), false);
      }
      buffered.reset();
      InputStream unpacked = new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
      CaptureInput in = new CaptureInput(unpacked, name);
      return new CaptureReader(in, source(in, magic(in, "what gzip packed ")), true);
    } catch (IOException e) {
      raw.close();
      throw new CaptureException(name, 0, "damaged or truncated gzip data", e);
    } catch (CaptureException e) {
      raw.close();
      throw e;
    }
  }

  private static int magic(CaptureInput in, String what) throws CaptureException {
    if (in.atEnd()) {
      throw in.broken(what + "is empty: not one octet");
    }
    try {
      return in.restOfInt("the first four octets");
    } catch (CaptureException e) {
      throw new CaptureException(
          e.file(), e.offset(), what + "is too short to be a capture file", e);
    }
  }

  private static FrameSource source(CaptureInput in, int magic) throws CaptureException {
    FrameSource source = PcapFile.open(in, magic);
    if (source == null) {
      source = PcapngFile.open(in, magic);
    }
    if (source == null) {
      throw in.broken("is no capture file" + guess(magic));
    }
    return source;
  }

  private static String guess(int magic) {
    String wanted = " (pcap or pcapng wanted, plain or gzip)";
    if ((magic & UPPER_HALF) == GZIP) {
      return " but packed by gzip twice; unpack it first";
    }
    return switch (magic) {
      case 0xFD377A58 -> " as it stands but packed by xz; unpack it first";
      case 0x28B52FFD -> " as it stands but packed by zstd; unpack it first";
      case 0x504B0304 -> " as it stands but a zip archive; unpack it first";
      case 0x425A6839 -> " as it stands but packed by bzip2; unpack it first";
      case 0x34CDB2A1, 0xA1B2CD34 -> " that is read here: a patched pcap of old; save it as pcapng";
      case 0x736E6F6F -> " that is read here: snoop; save it as pcapng";
      default -> isText(magic) ? ": it looks like text" + wanted : wanted;
    };
  }

  private static boolean isText(int magic) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      int c = magic >>> shift & 0xFF;
      boolean space = c == '\n' || c == '\r' || c == '\t';
      if ((c < ' ' && !space) || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /**
   * The next frame.
   *
   * @return null at the end of the file
   * @throws CaptureException when the file breaks here
   */
  public @Nullable CapturedFrame next() throws CaptureException {
    return source.next();
  }

  /**
   * What kind of file this is.
   *
   * @return "pcap", "pcapng", and whether gzip packed it
   */
  public String format() {
    return packed ? source.format() + ", gzip" : source.format();
  }

  @Override
  public void close() throws CaptureException {
    in.close();
  }
}
