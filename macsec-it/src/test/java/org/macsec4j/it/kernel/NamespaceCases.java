package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.examples.StaticKeysOnLinux;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/** SecYs that are made in one namespace and live in another, and static keys between two. */
abstract class NamespaceCases extends Pair {
  private static final CipherSuite SUITE = CipherSuite.GCM_AES_256;
  private static final SecyConfig CONFIG =
      SecyConfig.on("eth0").name("m0").cipherSuite(SUITE).build();

  private Netns blueSpace;
  private Macsec blue;

  @BeforeEach
  void makeAThirdNamespace() {
    blueSpace = Netns.create("blue");
    blue = Macsec.using(LinuxBackend.builder().namespace("blue").open());
  }

  @AfterEach
  void forgetIt() {
    blue.close();
    blueSpace.close();
  }

  private void secure(Secy secy, Sci peer, int sends, int receives) {
    secy.addReceiveSc(peer).install(receiveSa(SUITE, AN_0, receives, 1));
    secy.transmitSc().install(transmitSa(SUITE, AN_0, sends, 1));
    secy.up();
  }

  @Test
  void madeHereItLivesThereFromTheFirstMomentOn() {
    SecyId made = leftBackend.create(CONFIG, blueSpace.path());
    assertThat(left.secys()).isEmpty();
    assertThat(leftSpace.ip("link show")).doesNotContain("m0");
    Secy secy = blue.secy("m0").orElseThrow();
    assertThat(secy.id()).isEqualTo(made);
    assertThat(secy.transmitSc().sci()).isEqualTo(LEFT_SCI);
    assertThat(blueSpace.ip("macsec show")).contains("m0", "020000000a010001");

    secure(secy, RIGHT_SCI, 1, 2);
    secure(right.create(CONFIG), LEFT_SCI, 2, 1);
    blueSpace.ip("addr add 10.0.0.1/24 dev m0");
    rightSpace.ip("addr add 10.0.0.2/24 dev m0");
    assertThat(blueSpace.pings("10.0.0.2")).isTrue();
    assertThat(leftSpace.pings("10.0.0.2")).isFalse();
  }

  @Test
  void aNameIsChosenThatIsFreeInBothAndWhatFollowsIsDoneThere() {
    leftSpace.ip("link add name macsec0 type dummy");
    blueSpace.ip("link add name macsec1 type dummy");
    SecyConfig config =
        SecyConfig.on("eth0").sci(Sci.parse("1234567890ab0007")).includeSci(false).build();
    SecyId made = leftBackend.create(config, blueSpace.path());
    assertThat(made.name()).isEqualTo("macsec2");
    SecySnapshot now = blue.secys().get(0).snapshot();
    assertThat(now.config().includeSci()).isFalse();
    assertThat(now.transmitSc().sci()).isEqualTo(Sci.parse("1234567890ab0007"));
  }

  @Test
  void whatIsInTheWayIsSaidAndNothingIsLeftBehind() {
    blueSpace.ip("link add name m0 type dummy");
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> leftBackend.create(CONFIG, blueSpace.path()))
        .withMessageContaining("EEXIST", "in either namespace")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.EXISTS));
    left.create(CONFIG);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(
            () -> leftBackend.create(SecyConfig.on("eth0").name("m1").build(), blueSpace.path()))
        .withMessageContaining("is in use by m0 on the same parent");
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> leftBackend.create(CONFIG, blueSpace.path().resolveSibling("nowhere")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    assertThat(blue.secys()).isEmpty();
  }

  @Test
  void aNameThatIsTakenWhereTheSecyWillNotBeIsRefusedAsTheKernelDoes() {
    leftSpace.ip("link add name m0 type dummy");
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> leftBackend.create(CONFIG, blueSpace.path()))
        .withMessageContaining("EEXIST", "in either namespace")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.EXISTS));
    assertThat(blue.secys()).isEmpty();
  }

  @Test
  void theExampleOfStaticKeysCarriesTraffic() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      StaticKeysOnLinux.main(new String[] {"left", "right", "eth0"});
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("left: macsec0", "right: macsec0", "Never install a static key twice");
    leftSpace.ip("addr add 10.0.0.1/24 dev macsec0");
    rightSpace.ip("addr add 10.0.0.2/24 dev macsec0");
    assertThat(leftSpace.pings("10.0.0.2")).isTrue();
    assertThat(left.secys().get(0).transmitSc().sas().get(0).nextPn().value()).isGreaterThan(3);
  }
}
