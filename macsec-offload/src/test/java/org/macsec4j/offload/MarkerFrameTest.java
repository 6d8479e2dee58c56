package org.macsec4j.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.offload.MarkerFrame.Sighting;

/** What frames are taken for. */
class MarkerFrameTest {
  private static final MacAddress GROUP = MacAddress.parse("03:00:5e:10:20:30");
  private static final MacAddress SOURCE = MacAddress.parse("02:00:00:00:0a:01");
  private static final Sci OURS = Sci.parse("020000000a010001");
  private static final Sci ANOTHER = Sci.parse("020000000b020001");
  private static final int ENCRYPTED = 0x0C;
  private static final int HAS_SCI = 0x20;

  private final byte[] marker = new byte[MarkerFrame.MARKER_LENGTH];
  private final MarkerFrame frame;

  MarkerFrameTest() {
    new Random(1).nextBytes(marker);
    frame = new MarkerFrame(GROUP, SOURCE, OURS, marker);
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private byte[] addresses() {
    return Arrays.copyOf(frame.octets(), 12);
  }

  private byte[] userData() {
    return Arrays.copyOfRange(frame.octets(), 12, frame.octets().length);
  }

  private byte[] hidden() {
    byte[] octets = userData();
    for (int i = 0; i < octets.length; i++) {
      octets[i] ^= 0x5A;
    }
    return octets;
  }

  private static byte[] secTag(int tci, Sci sci) {
    byte[] tag = HexFormat.of().parseHex("88e5%02x0000000007".formatted(tci));
    return (tci & HAS_SCI) == 0 ? tag : joined(tag, sci.toByteArray());
  }

  private byte[] secured(int tci, Sci sci, byte[] userData) {
    return joined(addresses(), secTag(tci, sci), userData, new byte[16]);
  }

  @Test
  void goesToALocalGroupWithAnExperimentalEtherTypeAndTheMarkerBehindAnyOffset() {
    byte[] octets = frame.octets();
    assertThat(octets).hasSize(110);
    assertThat(Arrays.copyOf(octets, 14))
        .isEqualTo(HexFormat.of().parseHex("03005e10203002000000" + "0a0188b5"));
    assertThat(Arrays.copyOfRange(octets, 14, 78)).containsOnly(0);
    assertThat(Arrays.copyOfRange(octets, 78, 110)).isEqualTo(marker);
  }

  @Test
  void noTwoAreAlike() {
    SecureRandom random = new SecureRandom();
    MarkerFrame one = MarkerFrame.random(SOURCE, OURS, random);
    MarkerFrame other = MarkerFrame.random(SOURCE, OURS, random);
    assertThat(one.destination()).isNotEqualTo(other.destination());
    assertThat(one.destination().isGroup()).isTrue();
    assertThat(one.octets()[0] & 0x02).as("local").isNotZero();
    assertThat(other.judge(one.octets())).isEqualTo(Sighting.OTHER);
  }

  @Test
  void inClear() {
    assertThat(frame.judge(frame.octets())).isEqualTo(Sighting.CLEAR);
    byte[] tagged = joined(addresses(), new byte[] {(byte) 0x81, 0, 0, 5}, userData());
    assertThat(frame.judge(tagged)).isEqualTo(Sighting.CLEAR);
    byte[] tunnelled = joined(new byte[50], frame.octets());
    assertThat(frame.judge(tunnelled)).isEqualTo(Sighting.CLEAR);
  }

  @Test
  void encrypted() {
    assertThat(frame.judge(secured(HAS_SCI | ENCRYPTED, OURS, hidden())))
        .isEqualTo(Sighting.ENCRYPTED);
    assertThat(frame.judge(secured(ENCRYPTED, OURS, hidden())))
        .as("without an SCI")
        .isEqualTo(Sighting.ENCRYPTED);
    byte[] inVlan =
        joined(
            addresses(),
            new byte[] {(byte) 0x88, (byte) 0xA8, 0, 9, (byte) 0x81, 0, 0, 5},
            secTag(HAS_SCI | ENCRYPTED, OURS),
            hidden(),
            new byte[16]);
    assertThat(frame.judge(inVlan)).as("behind two VLAN tags").isEqualTo(Sighting.ENCRYPTED);
  }

  @Test
  void integrityOnly() {
    assertThat(frame.judge(secured(HAS_SCI, OURS, userData()))).isEqualTo(Sighting.INTEGRITY_ONLY);
  }

  @Test
  void encryptedInNameAlone() {
    assertThat(frame.judge(secured(HAS_SCI | ENCRYPTED, OURS, userData())))
        .isEqualTo(Sighting.ENCRYPTED_IN_NAME);
  }

  @Test
  void ofAnotherSecY() {
    assertThat(frame.judge(secured(HAS_SCI | ENCRYPTED, ANOTHER, hidden())))
        .isEqualTo(Sighting.OF_ANOTHER_SECY);
  }

  @Test
  void framesOfOthersAreNothing() {
    byte[] others = secured(HAS_SCI | ENCRYPTED, OURS, hidden());
    others[5] ^= 1;
    assertThat(frame.judge(others)).isEqualTo(Sighting.OTHER);
    byte[] plain = frame.octets();
    plain[109] ^= 1;
    assertThat(frame.judge(plain)).isEqualTo(Sighting.OTHER);
  }

  @Test
  void aFrameThatWasCutProvesNothing() {
    byte[] whole = secured(HAS_SCI | ENCRYPTED, OURS, hidden());
    assertThat(frame.judge(Arrays.copyOf(whole, 96))).isEqualTo(Sighting.OTHER);
    byte[] clear = frame.octets();
    for (int length = 0; length < clear.length; length++) {
      assertThat(frame.judge(Arrays.copyOf(clear, length))).isEqualTo(Sighting.OTHER);
    }
  }

  @Test
  void anyOctetsHaveAnAnswer() {
    Random random = new Random(7);
    byte[] ours = secured(HAS_SCI | ENCRYPTED, OURS, hidden());
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = Arrays.copyOf(ours, random.nextInt(ours.length + 1));
      for (int changes = random.nextInt(4); changes > 0 && octets.length > 0; changes--) {
        octets[random.nextInt(Math.min(octets.length, 30))] = (byte) random.nextInt();
      }
      assertThat(frame.judge(octets)).isNotIn(Sighting.CLEAR, Sighting.ENCRYPTED_IN_NAME);
    }
  }
}
