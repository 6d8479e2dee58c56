package org.macsec4j.netlink.fake;

import java.util.List;

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
}
