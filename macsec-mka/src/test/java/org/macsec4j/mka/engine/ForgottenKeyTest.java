package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;

/** What a key server reads off SAK Use: has the peer my key, or does it have to get another? */
class ForgottenKeyTest {
  private static final MkaKeyIdentifier OURS =
      new MkaKeyIdentifier(MemberIdentifier.parse("0102030405060708090a0b0c"), 3);
  private static final MkaKeyIdentifier FOREIGN =
      new MkaKeyIdentifier(MemberIdentifier.parse("1112131415161718191a1b1c"), 1);

  private final Peer peer =
      new Peer(
          new BasicParameterSet(
              3,
              16,
              false,
              true,
              MacsecCapability.CONFIDENTIALITY_OFFSET_0,
              World.sci(2),
              MemberIdentifier.parse("2122232425262728292a2b2c"),
              1,
              BasicParameterSet.ALGORITHM_AGILITY,
              Ckn.parse("01")),
          0);

  private void says(KeyUse latest, KeyUse old) {
    MacsecSakUse use = MacsecSakUse.of(latest, old, false, false, false);
    peer.sakUse(new SakUseReport(use, Optional.empty()));
  }

  private static KeyUse receives(MkaKeyIdentifier key) {
    return new KeyUse(AssociationNumber.AN_1, false, true, key, 1);
  }

  /** After a partition: it was lost meanwhile, so that nothing is known of what it took before. */
  @Test
  void aPeerThatHasOurKeyBesideALaterForeignOneTurnedAwayFromOurs() {
    says(receives(FOREIGN), receives(OURS));
    assertThat(peer.hasForgotten(OURS)).isTrue();
  }

  @Test
  void aPeerThatDidNotTakeOurKeyYetDidNotForgetIt() {
    says(receives(FOREIGN), KeyUse.NONE);
    assertThat(peer.hasForgotten(OURS)).isFalse();
  }

  @Test
  void aPeerThatTookOurKeyAndHasItNoMoreForgotIt() {
    says(receives(OURS), receives(FOREIGN));
    assertThat(peer.hasForgotten(OURS)).isFalse();
    says(KeyUse.NONE, KeyUse.NONE);
    assertThat(peer.hasForgotten(OURS)).isTrue();
  }
}
