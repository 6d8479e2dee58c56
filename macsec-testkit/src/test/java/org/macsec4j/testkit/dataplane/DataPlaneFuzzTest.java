package org.macsec4j.testkit.dataplane;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecyChange;
import org.macsec4j.ValidateFrames;

/**
 * Any octets at all, chosen by coverage. A plain run goes through the corpus beside this class;
 * with {@code JAZZER_FUZZ=1} in the environment and one test selected it searches for new inputs.
 */
class DataPlaneFuzzTest {
  private static final CipherSuite[] SUITES = CipherSuite.values();
  private static final ValidateFrames[] MODES = ValidateFrames.values();

  @FuzzTest(maxDuration = "2m")
  void aSecTagIsReadOrRefused(byte[] octets) {
    Optional<SecTag> tag = SecTag.decode(octets);
    if (SecTag.problem(octets, 8).isEmpty() && tag.isEmpty()) {
      throw new IllegalStateException("a frame without a problem has no tag");
    }
    if (tag.isPresent()) {
      byte[] copy = octets.clone();
      tag.get().writeTo(copy, SecTag.START);
      if (!Arrays.equals(copy, octets)) {
        throw new IllegalStateException("a tag is not written as it was read");
      }
      tag.get().channel(MacAddress.of(octets, MacAddress.LENGTH));
      tag.get().packetNumber(PacketNumber.of(-1));
    }
  }

  /**
   * The first octet chooses suite, mode, ICV and whether to seal the rest before it is received.
   */
  @FuzzTest(maxDuration = "2m")
  void aFrameIsDeliveredOrOneCountedDrop(byte[] octets) {
    int choice = octets.length == 0 ? 0 : octets[0];
    byte[] frame = octets.length == 0 ? octets : Arrays.copyOfRange(octets, 1, octets.length);
    Rig rig =
        Rig.link(
            Rig.config()
                .cipherSuite(SUITES[choice & 3])
                .icvLength((choice & 4) != 0 ? 8 : 16)
                .encrypt((choice & 8) != 0)
                .includeSci((choice & 16) != 0));
    ValidateFrames mode = MODES[((choice >> 5) & 3) % MODES.length];
    Rig.change(rig.bob, SecyChange.builder().validateFrames(mode));
    byte[] wire = choice < 0 ? rig.alice.protect(frame) : frame;
    if (wire == null) {
      return;
    }

    byte[] user = rig.bob.validate(wire);

    long drops = rig.bob.drops().values().stream().mapToLong(Long::longValue).sum();
    if ((user == null) != (drops == 1)) {
      throw new IllegalStateException("not delivered and not counted, or both");
    }
    if (choice < 0 && !Arrays.equals(user, frame)) {
      throw new IllegalStateException("what was protected is not what was delivered");
    }
    if (choice >= 0 && user != null && mode == ValidateFrames.STRICT) {
      throw new IllegalStateException("a frame was forged");
    }
  }
}
