package org.macsec4j.netlink.ethtool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.macsec4j.netlink.libc.Sockets;

/**
 * Who drives an interface, as {@code ethtool -i} prints it.
 *
 * <pre>
 *  0       4               36              68              100             132             164
 * +-------+---------------+---------------+---------------+---------------+---------------+-----
 * |command| driver        | version       | firmware      | bus           | expansion ROM | ...
 * +-------+---------------+---------------+---------------+---------------+---------------+-----
 *  struct ethtool_drvinfo, 196 octets in all; texts of 32 octets that end with a zero
 * </pre>
 *
 * @param driver the driver's name, for instance {@code mlx5_core}
 * @param version the driver's version; of a driver without one it is that of the kernel
 * @param firmware the version of the hardware's firmware
 * @param bus where the hardware is, for instance {@code 0000:01:00.0}
 */
public record DriverInfo(
    String driver, Optional<String> version, Optional<String> firmware, Optional<String> bus) {
  private static final int ETHTOOL_GDRVINFO = 3;
  private static final int LENGTH = 196;
  private static final int TEXT = 32;
  private static final int DRIVER = 4;
  private static final int VERSION = DRIVER + TEXT;
  private static final int FIRMWARE = VERSION + TEXT;
  private static final int BUS = FIRMWARE + TEXT;

  /** Some drivers write this where they know nothing. */
  private static final String NOT_AVAILABLE = "N/A";

  /** What is asked, and is filled with the answer. */
  static ByteBuffer question() {
    return Sockets.buffer(LENGTH).putInt(0, ETHTOOL_GDRVINFO);
  }

  static DriverInfo of(ByteBuffer answer) {
    return new DriverInfo(
        text(answer, DRIVER).orElse(""),
        text(answer, VERSION),
        text(answer, FIRMWARE),
        text(answer, BUS));
  }

  private static Optional<String> text(ByteBuffer answer, int at) {
    byte[] octets = new byte[TEXT];
    answer.get(at, octets);
    int end = 0;
    while (end < TEXT && octets[end] != 0) {
      end++;
    }
    String text = new String(octets, 0, end, StandardCharsets.UTF_8).strip();
    return text.isEmpty() || text.equals(NOT_AVAILABLE) ? Optional.empty() : Optional.of(text);
  }
}
