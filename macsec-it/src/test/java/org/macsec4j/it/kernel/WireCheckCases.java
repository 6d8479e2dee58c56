package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.offload.WireCheck;
import org.macsec4j.offload.WireVerdict;
import org.macsec4j.offload.WireVerdict.State;

/** The check of the wire on a veth, from both of its ends. */
abstract class WireCheckCases extends Pair {
  private static final SecyConfig.Builder CONFIG = SecyConfig.on("eth0").name("m0");
  private static final String ABSENT = " sends nothing, as its encoding SA (0) is not there";

  private int lastKey;

  private Secy empty(SecyConfig.Builder config) {
    Secy secy = left.create(config.build());
    secy.up();
    return secy;
  }

  private Secy sending(SecyConfig.Builder config) {
    Secy secy = empty(config);
    secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_128, AN_0, ++lastKey, 1));
    return secy;
  }

  private WireVerdict atParent(Secy secy) {
    return WireCheck.of(leftBackend, secy.id()).atParent();
  }

  private LinuxBackend peers() {
    return (LinuxBackend) right.backend();
  }

  private WireVerdict atPeer(Secy secy) {
    return WireCheck.of(leftBackend, secy.id()).at(peers(), "eth0");
  }

  private static void assertSaid(WireVerdict verdict, State state, String... words) {
    assertThat(verdict.state()).as(verdict.reason()).isEqualTo(state);
    assertThat(verdict.reason()).contains(words);
    assertThat(verdict.observer()).isEqualTo("eth0");
  }

  @Test
  void whatASecyEncryptsIsProtectedFromBothEnds() {
    Secy secy = sending(CONFIG);
    assertSaid(atParent(secy), State.PROTECTED, "3 frames of m0", "a SecTAG, encrypted");
    assertSaid(atPeer(secy), State.PROTECTED, "3 frames of m0", "a SecTAG, encrypted");
    SecySnapshot now = secy.read();
    assertThat(now.transmitSc().sas().get(0).nextPn().value()).isGreaterThanOrEqualTo(7);
  }

  @Test
  void withoutAnSciInTheTagAndWithAnotherSuiteAsWell() {
    Secy secy = empty(CONFIG.includeSci(false).cipherSuite(CipherSuite.GCM_AES_XPN_256));
    CONFIG.includeSci(true).cipherSuite(CipherSuite.GCM_AES_128);
    secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_XPN_256, AN_0, ++lastKey, 1));
    assertSaid(atParent(secy), State.PROTECTED, "encrypted");
    assertSaid(atPeer(secy), State.PROTECTED, "encrypted");
  }

  @Test
  void integrityOnlyIsSaid() {
    Secy secy = sending(SecyConfig.on("eth0").name("m0").encrypt(false));
    assertSaid(atParent(secy), State.PROTECTED, "integrity only");
    assertSaid(atPeer(secy), State.PROTECTED, "integrity only");
  }

  @Test
  void aSecyThatDoesNotProtectIsInClear() {
    Secy secy = sending(SecyConfig.on("eth0").name("m0").protectFrames(false));
    assertSaid(atParent(secy), State.CLEAR, "in clear", "it is set not to protect them");
    assertSaid(atPeer(secy), State.CLEAR, "in clear");
  }
}
