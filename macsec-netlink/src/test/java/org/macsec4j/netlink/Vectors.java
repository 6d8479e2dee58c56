package org.macsec4j.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** What was captured on a kernel: a name and octets a line. */
public final class Vectors {
  private final String file;

  /**
   * A file of them.
   *
   * @param file its name, without the ending
   */
  public Vectors(String file) {
    this.file = "/org/macsec4j/netlink/vectors/" + file + ".hex";
  }

  public byte[] octets(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> HexFormat.of().parseHex(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the kernel said, or was asked, in one datagram. */
  public List<NetlinkMessage> messages(String name) {
    return NetlinkMessage.parse(ByteBuffer.wrap(octets(name)).order(ByteOrder.nativeOrder()));
  }

  /** They were captured on a machine of this order. */
  public static boolean fitThisMachine() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }
}
