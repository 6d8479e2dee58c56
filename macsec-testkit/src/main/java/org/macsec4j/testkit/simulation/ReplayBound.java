package org.macsec4j.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import org.macsec4j.ReplayProtection;

/**
 * No replayed frame is delivered, as far as IEEE 802.1AE promises it: a receiver delivers under a
 * key only numbers above the greatest one it delivered, less the replay window. Within the window a
 * frame may come twice, as there is no memory of single numbers but a lowest acceptable one.
 *
 * <p>Stricter than a SecY can be alone: the bound holds for as long as the world does, however
 * often the receive SA is removed and installed again.
 */
final class ReplayBound {
  static final String RULE = "no replayed frame is delivered";

  private final Map<String, Long> greatest = new HashMap<>();

  void delivered(String receiver, ReplayProtection protection, UserFrame frame) {
    TransmitKeys.Key key = frame.key;
    if (!protection.enabled() || key == null) {
      return;
    }
    String channel = receiver + " " + key.fingerprint() + " " + frame.sender.spec.name();
    long before = greatest.getOrDefault(channel, 0L);
    if (frame.packetNumber <= before - protection.window()) {
      throw new Violation(
          RULE,
          receiver
              + " delivers "
              + frame
              + " with packet number "
              + frame.packetNumber
              + " after "
              + before
              + " under the same key "
              + key.identifier()
              + ", replay window "
              + protection.window());
    }
    greatest.put(channel, Math.max(before, frame.packetNumber));
  }
}
