package org.macsec4j.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Counters;
import org.macsec4j.MacAddress;
import org.macsec4j.OffloadMode;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitScSnapshot;
import org.macsec4j.offload.WireVerdict.State;

/** What follows from what came by. */
class WireJudgeTest {
  private static final Sci SCI = Sci.parse("020000000a010001");
  private static final String DOUBT = "eth1 decrypts";
  private static final int SAYS_ENCRYPTED = 0x2C;
  private static final int SAYS_INTEGRITY = 0x20;

  private final MarkerFrame frame =
      new MarkerFrame(MacAddress.parse("03:00:5e:10:20:30"), SCI.address(), SCI, markerOctets());

  private static byte[] markerOctets() {
    byte[] marker = new byte[MarkerFrame.MARKER_LENGTH];
    Arrays.fill(marker, (byte) 0x4D);
    return marker;
  }

  private static SecySnapshot secy(SecyConfig.Builder config) {
    return new SecySnapshot(
        new SecyId(7, "m0"),
        config.build(),
        true,
        true,
        OffloadMode.SOFTWARE,
        new TransmitScSnapshot(SCI, AssociationNumber.AN_0, List.of(), Counters.absent()),
        List.of(),
        Counters.absent());
  }

  private WireJudge judge(SecyConfig.Builder config, String doubt) {
    return new WireJudge(
        frame, secy(config), new WireJudge.Place("eth1", doubt, ", as eth1 is down"));
  }

  private WireJudge judge(String doubt) {
    return judge(SecyConfig.on("eth0"), doubt);
  }

  private byte[] secured(int tci, String sci, boolean readable) {
    byte[] clear = frame.octets();
    byte[] tag = HexFormat.of().parseHex("88e5%02x0000000007%s".formatted(tci, sci));
    byte[] secured = Arrays.copyOf(clear, clear.length + tag.length + 16);
    System.arraycopy(tag, 0, secured, 12, tag.length);
    System.arraycopy(clear, 12, secured, 12 + tag.length, clear.length - 12);
    if (!readable) {
      Arrays.fill(secured, 12 + tag.length, secured.length, (byte) 0x99);
    }
    return secured;
  }

  private static void assertSaid(WireJudge judge, State state, String... words) {
    WireVerdict verdict = judge.verdict();
    assertThat(verdict.state()).as(verdict.reason()).isEqualTo(state);
    assertThat(verdict.reason()).contains(words);
    assertThat(verdict.observer()).isEqualTo("eth1");
  }

  @Test
  void nothing() {
    WireJudge judge = judge("");
    judge.see(new byte[60]);
    assertThat(judge.sightings()).isZero();
    assertSaid(judge, State.UNKNOWN, "nothing arrived of what m0 sent, as eth1 is down");
  }

  @Test
  void encrypted() {
    WireJudge judge = judge(DOUBT);
    judge.see(secured(SAYS_ENCRYPTED, SCI.toHex(), false));
    judge.see(secured(SAYS_ENCRYPTED, SCI.toHex(), false));
    assertThat(judge.sightings()).isEqualTo(2);
    assertSaid(judge, State.PROTECTED, "2 frames of m0 came by with a SecTAG, encrypted");
  }

  @Test
  void oneFrameInClearOutweighsAllOthers() {
    WireJudge judge = judge("");
    judge.see(secured(SAYS_ENCRYPTED, SCI.toHex(), false));
    judge.see(frame.octets());
    assertSaid(judge, State.CLEAR, "1 frame of m0 came by in clear");
  }

  @Test
  void inClearWhereTheObserverMayHaveDecrypted() {
    WireJudge judge = judge(DOUBT);
    judge.see(frame.octets());
    assertSaid(judge, State.UNKNOWN, "came by in clear, without a SecTAG, but " + DOUBT);
  }

  @Test
  void inClearAsItIsSet() {
    WireJudge judge = judge(SecyConfig.on("eth0").protectFrames(false), "");
    judge.see(frame.octets());
    assertSaid(judge, State.CLEAR, "in clear", "it is set not to protect them");
  }

  @Test
  void integrityOnlyIsProtectedIfItIsSetSo() {
    byte[] seen = secured(SAYS_INTEGRITY, SCI.toHex(), true);
    WireJudge asSet = judge(SecyConfig.on("eth0").encrypt(false), DOUBT);
    asSet.see(seen);
    assertSaid(asSet, State.PROTECTED, "integrity only", "anybody can read");
    WireJudge otherwise = judge("");
    otherwise.see(seen);
    assertSaid(otherwise, State.CLEAR, "integrity only", "though the SecY is to encrypt");
  }

  @Test
  void aTagThatSaysEncryptedIsNotBelieved() {
    WireJudge judge = judge("");
    judge.see(secured(SAYS_ENCRYPTED, SCI.toHex(), true));
    assertSaid(judge, State.CLEAR, "says encrypted, and could be read");
  }

  @Test
  void protectedByAnotherSecySaysNothingOfThisOne() {
    WireJudge judge = judge("");
    judge.see(secured(SAYS_ENCRYPTED, "020000000b020001", false));
    assertSaid(judge, State.UNKNOWN, "another SecY");
  }
}
