package org.macsec4j.it.kernel;

import java.util.List;
import org.macsec4j.Macsec;

/**
 * Where a scenario is played: a host with an interface {@code eth0}, and the wire that it is on.
 */
interface Stage extends AutoCloseable {
  /** The name that the secured interface of a scenario has. */
  String SECURED = "m0";

  /** The front door of the host. */
  Macsec macsec();

  /** Called when the secured interface is up: it is what users send to. */
  void secured(int index);

  /** Puts a frame on the wire, from the other end. */
  void fromWire(byte[] frame);

  /** Sends a frame to the secured interface. */
  void fromUser(byte[] frame);

  /** Frames that came on the wire since the last time. */
  List<byte[]> onWire();

  /** Frames that the secured interface received since the last time. */
  List<byte[]> delivered();

  /** Waits until what was begun may have ended; the player looks again until nothing moves. */
  void settle();

  @Override
  void close();
}
