package org.macsec4j.it.kernel;

import java.util.ArrayList;
import java.util.List;
import org.macsec4j.testkit.kernel.Netns;

/** Somebody on the wire who hears the MKPDUs of both ends and says them again. */
final class Replay implements AutoCloseable {
  private static final int EAPOL = 0x888E;

  private final PacketTap ours;
  private final PacketTap theirs;
  private final List<byte[]> fromThem = new ArrayList<>();
  private final List<byte[]> fromUs = new ArrayList<>();

  private Replay(PacketTap ours, PacketTap theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /** Hears all from now on. */
  static Replay on(WpaLink link) {
    return new Replay(tap(link.ours(), link.parent), tap(link.theirs(), link.parent));
  }

  private static PacketTap tap(Netns space, String device) {
    return PacketTap.open(space, PacketTap.indexOf(space, device), EAPOL);
  }

  /** Whether so many of each were heard. */
  boolean has(int number) {
    fromThem.addAll(ours.drain());
    fromUs.addAll(theirs.drain());
    return fromThem.size() >= number && fromUs.size() >= number;
  }

  /** Sends us what was heard of them; how many that were. */
  int toUs() {
    fromThem.forEach(theirs::send);
    return fromThem.size();
  }

  /** Sends them what was heard of us. */
  void toThem() {
    fromUs.forEach(ours::send);
  }

  @Override
  public void close() {
    ours.close();
    theirs.close();
  }
}
