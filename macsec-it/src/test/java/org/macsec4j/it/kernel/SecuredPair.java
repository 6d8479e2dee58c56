package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.SaRotation;

/** Two hosts whose SecYs exchange frames. The left one's requests can be meddled with. */
abstract class SecuredPair extends Pair {
  static final CipherSuite SUITE = CipherSuite.GCM_AES_128;
  static final SecyConfig CONFIG = SecyConfig.on("eth0").name("m0").build();
  static final String HERE = "10.0.0.1";
  static final String THERE = "10.0.0.2";

  final Seam seam = new Seam();
  Secy here;
  Secy there;
  LinuxBackend rightBackend;

  /** What each sends with. */
  AssociationNumber an = AN_0;

  private int lastKey;

  @BeforeEach
  void secure() {
    rightBackend = (LinuxBackend) right.backend();
    int ours = freshKey();
    int theirs = freshKey();
    here = begin(left, RIGHT_SCI, ours, theirs);
    there = begin(right, LEFT_SCI, theirs, ours);
    leftSpace.ip("addr add " + HERE + "/24 dev m0");
    rightSpace.ip("addr add " + THERE + "/24 dev m0");
  }

  @Override
  final void openLeft(LeftOver policy) {
    leftBackend = LinuxBackend.builder().namespace("left").leftOver(policy).open(seam);
    left = Macsec.using(leftBackend);
  }

  private Secy begin(Macsec where, Sci peer, int sends, int receives) {
    Secy secy = where.create(CONFIG);
    secy.addReceiveSc(peer).install(receiveSa(SUITE, an, receives, 1));
    secy.transmitSc().install(transmitSa(SUITE, an, sends, 1));
    secy.up();
    return secy;
  }

  /** Number of a key that nobody had before. */
  final int freshKey() {
    assertThat(lastKey).as("keys that differ").isLessThan(255);
    return ++lastKey;
  }

  static SaRotation receiving(Sci peer, AssociationNumber an, int key) {
    return SaRotation.builder().receive(peer, receiveSa(SUITE, an, key, 1)).build();
  }

  static SaRotation sending(AssociationNumber an, int key) {
    return SaRotation.builder().transmit(transmitSa(SUITE, an, key, 1)).build();
  }

  static SaRotation both(Sci peer, AssociationNumber an, int receives, int sends) {
    return SaRotation.builder()
        .receive(peer, receiveSa(SUITE, an, receives, 1))
        .transmit(transmitSa(SUITE, an, sends, 1))
        .build();
  }

  final Process flood() {
    return Floods.start(leftSpace, THERE);
  }

  final void assertNoneLost(Process flood, int atLeast) throws IOException {
    Floods.assertNoneLost(leftSpace, flood, atLeast);
  }
}
