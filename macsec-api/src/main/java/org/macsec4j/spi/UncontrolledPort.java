package org.macsec4j.spi;

import org.macsec4j.MacAddress;

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
   * Sends a frame. A frame that cannot be sent is lost, as any frame may be.
   *
   * @param frame from the destination address to the last octet before the FCS; not kept
   */
  void send(byte[] frame);

  /** Closes the port; no frame is received after it. */
  @Override
  void close();
}
