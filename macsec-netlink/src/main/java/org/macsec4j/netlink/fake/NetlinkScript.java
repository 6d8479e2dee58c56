package org.macsec4j.netlink.fake;

import java.nio.ByteBuffer;
import java.util.List;
import org.macsec4j.netlink.libc.Errno;

/** What a kernel answers: a function from a request to datagrams. */
@FunctionalInterface
public interface NetlinkScript {
  /**
   * Answers a request.
   *
   * @param protocol the protocol of the socket, such as 0 for routing and 16 for generic netlink
   * @param request the request as it was sent, one message
   * @return the datagrams that the sender receives, in their order
   */
  List<byte[]> answer(int protocol, byte[] request);

  /**
   * Answers an {@code ioctl} about an interface. Without an answer of its own, no driver has one.
   *
   * @param request the request, such as {@code SIOCETHTOOL}
   * @param interfaceName the interface
   * @param data what was passed, to be written in place from its position on
   * @return at least 0, or a negative error number
   */
  default int ioctl(int request, String interfaceName, ByteBuffer data) {
    return -Errno.EOPNOTSUPP;
  }
}
