package org.macsec4j.spi;

import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;

/**
 * Sends and receives EAPOL frames on the interface below a SecY (802.1AE 10.1, uncontrolled port).
 */
public interface UncontrolledPort extends AutoCloseable {
  /**
   * The address of the interface, which is the source address of the frames sent.
   *
   * @return the address
   */
  MacAddress address();

  /**
   * Sends a frame. A frame that cannot be sent is lost, as any frame may be; where the sender can
   * know of it, it is told, so that it is counted.
   *
   * @param frame from the destination address to the last octet before the FCS; not kept
   * @throws MacsecException when it is certain that the frame was not sent
   */
  void send(byte[] frame);

  /** Closes the port; no frame is received after it. */
  @Override
  void close();
}
