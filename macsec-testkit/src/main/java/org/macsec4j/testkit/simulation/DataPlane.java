package org.macsec4j.testkit.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.TransmitSaSnapshot;

/**
 * The SecY of a host. In between it and the host a test may put one that breaks a rule, to see that
 * the breach is noticed.
 */
interface DataPlane {
  SecyResult apply(SecyCommand command);

  /** The frame for the wire; null when nothing is sent. */
  byte @Nullable [] protect(byte[] frame);

  /** The frame for the user; null when nothing is delivered. */
  byte @Nullable [] validate(byte[] frame);

  /** The transmit SAs, for their packet numbers. */
  List<TransmitSaSnapshot> transmitSas();

  /** Why the latest frame came to nothing, in words. */
  String lastDrop();

  void destroy();
}
