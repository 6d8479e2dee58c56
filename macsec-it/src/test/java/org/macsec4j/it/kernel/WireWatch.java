package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.macsec4j.testkit.kernel.Netns;

/** Hears all that an interface sends and receives. */
final class WireWatch implements AutoCloseable {
  private static final int ALL = 0x0003;

  private final PacketTap tap;

  private WireWatch(PacketTap tap) {
    this.tap = tap;
  }

  static WireWatch on(Netns space, String device) {
    return new WireWatch(PacketTap.open(space, PacketTap.indexOf(space, device), ALL));
  }

  /** That there were protected frames, and beside them none but those of EAPOL. */
  void assertProtected() {
    List<String> types = tap.drain().stream().map(WireWatch::etherType).distinct().toList();
    assertThat(types).as("EtherTypes").containsExactlyInAnyOrder("888e", "88e5");
  }

  private static String etherType(byte[] frame) {
    return "%02x%02x".formatted(frame[12], frame[13]);
  }

  @Override
  public void close() {
    tap.close();
  }
}
