package org.macsec4j.testkit.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rule above all others: no nonce is used twice under a key, ever, by anybody.
 *
 * <p>The ledger is the world's: it outlives processes and SecYs. What it enters is read off the
 * frames on the wire and the commands that installed the keys. A nonce is made of the packet number
 * and the SCI or, with an XPN suite, the SSCI; the salt follows from the key. Only the low half of
 * an extended packet number is on the wire; that suffices, as no world sends 2^32 frames.
 */
final class PacketNumberLedger {
  static final String RULE = "no packet number is used twice under a key";

  private final Map<String, Set<Long>> used = new HashMap<>();

  void enter(String host, String sci, UserFrame frame) {
    TransmitKeys.Key key = frame.key;
    if (key == null) {
      throw new Violation(RULE, host + " sends under a transmit SA that no command installed");
    }
    String sender = key.ssci().map(ssci -> "SSCI " + ssci).orElse("SCI " + sci);
    Set<Long> numbers =
        used.computeIfAbsent(key.fingerprint() + " " + sender, unknown -> new HashSet<>());
    if (!numbers.add(frame.packetNumber)) {
      throw new Violation(
          RULE,
          host
              + " sends packet number "
              + frame.packetNumber
              + " a second time as "
              + sender
              + " under key "
              + key.identifier());
    }
  }
}
