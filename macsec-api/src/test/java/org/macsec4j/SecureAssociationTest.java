package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.macsec4j.AssociationNumber.AN_1;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecureAssociationTest {
  private final SecureAssociationKey plain =
      SecureAssociationKey.generate(CipherSuite.GCM_AES_128, new Random(1));
  private final SecureAssociationKey xpn =
      SecureAssociationKey.generate(CipherSuite.GCM_AES_XPN_256, new Random(1));

  private static List<String> problemsOf(ThrowingCallable call) {
    return catchThrowableOfType(InvalidConfigurationException.class, call).problems();
  }

  @Test
  void thePacketNumberMustBeGiven() {
    assertThat(problemsOf(() -> TransmitSa.builder(AN_1, plain).build()))
        .singleElement()
        .asString()
        .startsWith("nextPn must be given, at least 1");
    assertThat(problemsOf(() -> ReceiveSa.builder(AN_1, plain).build()))
        .singleElement()
        .asString()
        .startsWith("lowestPn must be given, at least 1");
    assertThat(problemsOf(() -> TransmitSa.builder(AN_1, plain).nextPn(PacketNumber.of(0)).build()))
        .hasSize(1);
  }

  @Test
  void listsEveryProblemAtOnce() {
    xpn.destroy();

    assertThat(problemsOf(() -> TransmitSa.builder(AN_1, xpn).build()))
        .containsExactly(
            "nextPn must be given, at least 1: PacketNumber.of(1) for a key that was never used,"
                + " otherwise above every number used",
            "an XPN key needs an SSCI, 1..4294967295",
            "the key was destroyed");
  }

  @Test
  void anSsciGoesWithAnXpnKeyAlone() {
    assertThat(
            problemsOf(
                () ->
                    ReceiveSa.builder(AN_1, plain)
                        .lowestPn(PacketNumber.FIRST)
                        .ssci(Ssci.of(1))
                        .build()))
        .containsExactly("an SSCI needs an XPN key, which has a salt");
  }

  @Test
  void isCheckedAgainstTheSuiteOfItsSecy() {
    TransmitSa sa = TransmitSa.builder(AN_1, plain).nextPn(PacketNumber.of(1L << 32)).build();

    assertThat(problemsOf(() -> sa.checkFor(CipherSuite.GCM_AES_XPN_256)))
        .containsExactly(
            "GCM-AES-XPN-256 takes a key of 32 octets, not 16",
            "GCM-AES-XPN-256 needs a salt of 12 octets with the key",
            "GCM-AES-XPN-256 needs an SSCI, 1..4294967295");
    assertThat(problemsOf(() -> sa.checkFor(CipherSuite.GCM_AES_128)))
        .containsExactly("packet number 4294967296 is not in 1..4294967295");
    ReceiveSa fits =
        ReceiveSa.builder(AN_1, xpn).lowestPn(PacketNumber.MAX_64).ssci(Ssci.of(-1)).build();
    assertThatCode(() -> fits.checkFor(CipherSuite.GCM_AES_XPN_256)).doesNotThrowAnyException();
    assertThat(problemsOf(() -> fits.checkFor(CipherSuite.GCM_AES_256)))
        .containsExactly(
            "GCM-AES-256 takes no salt; use a key without one",
            "GCM-AES-256 takes no SSCI",
            "packet number 18446744073709551615 is not in 1..4294967295");
  }

  @Test
  void isEnabledUnlessAskedOtherwise() {
    ReceiveSa.Builder builder = ReceiveSa.builder(AN_1, plain).lowestPn(PacketNumber.FIRST);

    assertThat(builder.build().enabled()).isTrue();
    assertThat(builder.enabled(false).build())
        .isEqualTo(new ReceiveSa(AN_1, plain, PacketNumber.FIRST, Optional.empty(), false));
  }
}
