package org.macsec4j.netlink.transport;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.NetlinkMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what comes to a multicast group, on the thread that waits for sockets. When too much
 * happens at once the kernel throws notices away and says so; then, and when one is malformed,
 * whoever listens has to look for himself.
 */
public final class NoticeReader {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeReader.class);

  /** Then others have their turn; what is left makes the socket readable again. */
  private static final int MAX_DATAGRAMS = 64;

  private final NetlinkSocket socket;
  private final String about;
  private final Consumer<NetlinkMessage> notices;
  private final Runnable lost;

  /**
   * A reader.
   *
   * @param socket has joined the group
   * @param about what the notices are about, in the plural
   * @param notices takes each of them
   * @param lost runs when some were lost
   */
  public NoticeReader(
      NetlinkSocket socket, String about, Consumer<NetlinkMessage> notices, Runnable lost) {
    this.socket = socket;
    this.about = about;
    this.notices = notices;
    this.lost = lost;
  }

  /** Reads what is there, up to a bound. */
  public void read() {
    try {
      for (int count = 0; count < MAX_DATAGRAMS; count++) {
        ByteBuffer datagram = socket.receive(0);
        if (datagram == null) {
          return;
        }
        NetlinkMessage.parse(datagram).forEach(notices);
      }
    } catch (NetlinkException e) {
      if (e.errno() != Errno.ENOBUFS) {
        LOG.warn("{} cannot be listened to: {}", about, e.getMessage());
      }
      lost.run();
    } catch (MalformedMessageException e) {
      LOG.warn("a notice about {} is malformed: {}", about, e.getMessage());
      lost.run();
    }
  }
}
