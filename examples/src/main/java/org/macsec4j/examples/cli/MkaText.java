package org.macsec4j.examples.cli;

import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.MkaStatus;

/** What MKA knows on an interface, for people, as lines below its SecY. */
final class MkaText {
  private MkaText() {}

  static String of(MkaStatus status) {
    StringBuilder text = new StringBuilder();
    text.append("    MKA: ").append(status).append('\n');
    for (MkaStatus.Participant participant : status.participants()) {
      text.append("        CKN ").append(participant.ckn());
      text.append(participant.principal() ? " (principal)" : "");
      text.append(participant.active() ? "" : ", no peer");
      text.append(": MI ").append(participant.memberIdentifier());
      text.append(", MN ").append(participant.messageNumber());
      text.append(", priority ").append(status.actor().priority()).append('\n');
      participant.peers().forEach(peer -> peer(text, peer));
    }
    return text.toString();
  }

  private static void peer(StringBuilder text, MkaPeer peer) {
    text.append("            ").append(peer.live() ? "live" : "potential").append(" peer ");
    text.append(peer.sci()).append(": MI ").append(peer.memberIdentifier());
    text.append(", MN ").append(peer.messageNumber());
    text.append(", priority ").append(peer.keyServerPriority()).append('\n');
  }
}
