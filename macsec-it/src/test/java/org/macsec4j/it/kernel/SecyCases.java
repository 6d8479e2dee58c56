package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.ValidateFrames;
import org.macsec4j.netlink.LinuxBackend;

/** SecYs: what we set is what {@code ip} prints, and what {@code ip} sets is what we read. */
abstract class SecyCases extends Pair {
  private static SecyConfig.Builder on() {
    return SecyConfig.on("eth0").name("m0");
  }

  /** What {@code ip} prints, without the word on offload that kernels before 6.3 do not have. */
  private String shown() {
    return leftSpace.ip("-d link show dev m0").replace(" offload off", "");
  }

  private void assertRefused(Kind kind, SecyConfig config, String... words) {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> left.create(config))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void theDefaultsAreTheStandards() {
    Secy secy = left.create(on().build());
    assertThat(shown())
        .contains("macsec sci 020000000a010001 protect on cipher GCM-AES-128 icvlen 16")
        .contains("encodingsa 0 validate strict encrypt on send_sci on end_station off scb off")
        .contains("replay on window 0")
        .contains("state DOWN");
    assertThat(secy.config()).isEqualTo(on().sci(LEFT_SCI).build());
    assertThat(secy.snapshot().up()).isFalse();
    secy.up();
    assertThat(shown()).contains("<BROADCAST,MULTICAST,UP");
    assertThat(secy.snapshot().up()).isTrue();
    secy.down();
    assertThat(secy.snapshot().up()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void everySuite(CipherSuite suite) {
    Secy secy = left.create(on().cipherSuite(suite).build());
    assertThat(shown()).contains("cipher " + suite + " ");
    assertThat(secy.config().cipherSuite()).isEqualTo(suite);
  }

  @Test
  void everyAttribute() {
    SecyConfig config =
        on().port(0x1234)
            .icvLength(12)
            .encrypt(false)
            .protectFrames(false)
            .validateFrames(ValidateFrames.CHECK)
            .replayWindow(0xFFFF_FFFFL)
            .includeSci(false)
            .singleCopyBroadcast(true)
            .build();
    Secy secy = left.create(config);
    assertThat(shown())
        .contains("sci 020000000a011234 protect off cipher GCM-AES-128 icvlen 12")
        .contains(
            "validate check encrypt off send_sci off end_station off scb on replay on window");
    assertThat(secy.config())
        .isEqualTo(config.toBuilder().sci(Sci.parse("020000000a011234")).build());
  }

  @Test
  void anEndStationSendsNoSci() {
    Secy secy = left.create(on().includeSci(false).endStation(true).build());
    assertThat(shown()).contains("send_sci off end_station on scb off");
    assertThat(secy.config().endStation()).isTrue();
  }

  @Test
  void aWholeSciThatIsNotSentNeedsTwoSteps() {
    Sci sci = Sci.parse("1234567890ab0007");
    Secy secy = left.create(on().sci(sci).includeSci(false).build());
    assertThat(shown()).contains("sci 1234567890ab0007").contains("send_sci off");
    assertThat(secy.transmitSc().sci()).isEqualTo(sci);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 13, 14, 15, 16})
  void everyLengthOfTheIcvThatTheKernelTakes(int length) {
    assertThat(left.create(on().icvLength(length).build()).config().icvLength()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11})
  void noOtherLengthOfTheIcv(int length) {
    assertRefused(
        Kind.INVALID, on().icvLength(length).build(), "ICV length " + length, "8 or 12..16");
  }

  @Test
  void everySettingThatCanChange() {
    Secy secy = left.create(on().build());
    secy.change(
        SecyChange.builder()
            .confidentialityOffset(ConfidentialityOffset.NO_CONFIDENTIALITY)
            .protectFrames(false)
            .validateFrames(ValidateFrames.DISABLED)
            .replayProtection(ReplayProtection.window(77))
            .includeSci(false)
            .endStation(true)
            .build());
    assertThat(shown())
        .contains("protect off")
        .contains("validate disabled encrypt off send_sci off end_station on scb off")
        .contains("replay on window 77");
    secy.change(SecyChange.builder().replayProtection(ReplayProtection.OFF).build());
    assertThat(shown()).contains("replay off");
    secy.change(SecyChange.builder().cipherSuite(CipherSuite.GCM_AES_128).build());
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> secy.change(SecyChange.builder().includeSci(true).build()))
        .withMessageContaining("exclude each other");
  }

  /** The kernel cannot do that, so it is another one of the same number and name. */
  @Test
  void anotherSuiteWhileThereIsNoSa() {
    SecyConfig config =
        on().validateFrames(ValidateFrames.CHECK)
            .replayProtection(ReplayProtection.window(9))
            .includeSci(false)
            .build();
    Secy secy = left.create(config);
    secy.addReceiveSc(RIGHT_SCI);
    secy.up();
    leftBackend.setMtu(secy.id(), 1200);
    SecyConfig before = secy.config();
    SecyChange change = SecyChange.builder().cipherSuite(CipherSuite.GCM_AES_XPN_256).build();
    secy.change(change);
    assertThat(secy.config()).isEqualTo(before.with(change));
    assertThat(leftBackend.list()).containsExactly(secy.id());
    assertThat(leftBackend.mtu(secy.id())).isEqualTo(1200);
    assertThat(leftSpace.ip("link show dev m0")).contains(",UP,");
    secy.receiveSc(RIGHT_SCI)
        .orElseThrow()
        .install(receiveSa(CipherSuite.GCM_AES_XPN_256, AN_0, 1, 1));
    assertThat(leftSpace.ip("macsec show"))
        .contains("GCM-AES-XPN-256", "RXSC: " + RIGHT_SCI.toHex());
  }

  @Test
  void whatIpSetIsRead() {
    leftSpace.ip(
        "link add link eth0 name m0 type macsec sci abbacdde01020304 cipher gcm-aes-xpn-256"
            + " encrypt on validate check replay on window 9 encodingsa 2");
    leftSpace.ip("link set dev m0 type macsec send_sci off scb on");
    Secy secy = left.secy("m0").orElseThrow();
    SecyConfig config = secy.config();
    assertThat(config.parent()).isEqualTo("eth0");
    assertThat(config.sci()).contains(Sci.parse("abbacdde01020304"));
    assertThat(config.cipherSuite()).isEqualTo(CipherSuite.GCM_AES_XPN_256);
    assertThat(config.includeSci()).isFalse();
    assertThat(config.singleCopyBroadcast()).isTrue();
    assertThat(config.validateFrames()).isEqualTo(ValidateFrames.CHECK);
    assertThat(config.replayProtection()).isEqualTo(ReplayProtection.window(9));
    assertThat(secy.transmitSc().snapshot().encodingSa()).isEqualTo(AN_2);
  }

  @Test
  void nameMtuAndEnd() {
    Secy secy = left.create(SecyConfig.on("eth0").build());
    assertThat(secy.id().name()).isEqualTo("macsec0");
    assertThat(leftBackend.mtu(secy.id())).isEqualTo(1468);
    leftBackend.setMtu(secy.id(), 1000);
    assertThat(leftSpace.ip("link show dev macsec0")).contains("mtu 1000");
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> leftBackend.setMtu(secy.id(), 1469))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    SecyId renamed = leftBackend.rename(secy.id(), "uplink");
    assertThat(left.secys()).extracting(Secy::id).containsExactly(renamed);
    secy.delete();
    assertThat(left.secys()).isEmpty();
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(secy::snapshot)
        .withMessageContaining("there is no such SecY any more; there is none")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void theFirstNameThatIsFreeIsTaken() {
    List<SecyId> made = new ArrayList<>();
    for (int port = 1; port <= 3; port++) {
      made.add(leftBackend.create(SecyConfig.on("eth0").port(port).build()));
    }
    assertThat(made).extracting(SecyId::name).containsExactly("macsec0", "macsec1", "macsec2");
    leftBackend.delete(made.get(1));
    assertThat(leftBackend.create(SecyConfig.on("eth0").port(4).build()).name())
        .isEqualTo("macsec1");
    leftSpace.ip("link add name macsec3 type dummy");
    assertThat(leftBackend.create(SecyConfig.on("eth0").port(5).build()).name())
        .isEqualTo("macsec4");
    leftBackend.rename(made.get(0), "other");
    assertThat(leftBackend.create(SecyConfig.on("eth0").port(6).build()).name())
        .isEqualTo("macsec0");
    leftSpace.ip("link del dev macsec3");
  }

  @Test
  void whatStandsInTheWayIsNamed() {
    left.create(on().build());
    assertRefused(
        Kind.EXISTS,
        SecyConfig.on("eth0").build(),
        "EBUSY, SCI 020000000a010001 is in use by m0 on the same parent; choose another port");
    assertRefused(Kind.EXISTS, on().port(2).build(), "EEXIST", "choose another");
    leftSpace.ip("link add name br0 type bridge");
    leftSpace.ip("link add name d0 type dummy");
    leftSpace.ip("link set dev d0 master br0");
    assertRefused(
        Kind.BUSY, SecyConfig.on("d0").build(), "EBUSY, d0 is a port of bridge br0", "use br0");
    left.create(SecyConfig.on("br0").build());
    assertRefused(Kind.NOT_FOUND, SecyConfig.on("eth7").build(), "no interface eth7", "eth0");
    assertRefused(Kind.INVALID, SecyConfig.on("lo").build(), "lo is no Ethernet interface");
  }

  @Test
  void whatTheKernelDoesNotHaveIsSaid() {
    assertRefused(
        Kind.UNSUPPORTED,
        on().confidentialityOffset(ConfidentialityOffset.OFFSET_30).build(),
        "Linux knows no confidentiality offset of 30");
    assertRefused(
        Kind.UNSUPPORTED,
        on().offload(OffloadPolicy.REQUIRE).build(),
        "EOPNOTSUPP, the interface below has no MACsec hardware");
    assertThat(left.secys()).isEmpty();
    assertThat(left.create(on().offload(OffloadPolicy.PREFER).build()).config().offload())
        .isEqualTo(OffloadPolicy.OFF);
    assertRefused(Kind.INVALID, on().name("much-too-long-a-name").build(), "1..15 characters");
  }

  @Test
  void aSecyGoesWithItsParent() {
    leftSpace.ip("link add name d0 type dummy");
    Secy secy = left.create(SecyConfig.on("d0").build());
    leftSpace.ip("link del dev d0");
    assertThat(left.secys()).isEmpty();
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> secy.addReceiveSc(RIGHT_SCI))
        .withMessageContaining("no such SecY any more");
  }

  @Test
  void livesInAnotherNamespace() {
    Secy secy = left.create(on().build());
    leftBackend.move(secy.id(), Path.of("/run/netns/right"));
    assertThat(left.secys()).isEmpty();
    Secy moved = right.secy("m0").orElseThrow();
    moved.addReceiveSc(Sci.parse("0200000000990001"));
    moved.transmitSc().install(transmitSa(CipherSuite.GCM_AES_128, AN_0, 1, 1));
    assertThat(moved.snapshot().receiveScs()).hasSize(1);
    assertThat(moved.config().parent()).startsWith("if");
    assertThat(rightSpace.ip("macsec show")).contains("m0");
  }

  @Test
  void aNamespaceThatIsNotThereIsSaid() {
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> LinuxBackend.builder().namespace("nowhere").open())
        .withMessageContaining("/run/netns/nowhere: ENOENT")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void whatAProcessLeftBehindIsTakenOver() {
    Secy old = left.create(SecyConfig.on("eth0").build());
    old.addReceiveSc(RIGHT_SCI);
    old.transmitSc().install(transmitSa(CipherSuite.GCM_AES_128, AN_0, 1, 100));

    SecyId kept = createWith(LeftOver.KEEP, SecyConfig.on("eth0").build());
    assertThat(kept).isEqualTo(old.id());
    assertThat(old.receiveScs()).hasSize(1);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> createWith(LeftOver.KEEP, SecyConfig.on("eth0").encrypt(false).build()))
        .withMessageContaining("it differs in its settings");

    SecyId reconciled =
        createWith(LeftOver.RECONCILE, SecyConfig.on("eth0").encrypt(false).build());
    assertThat(reconciled).isEqualTo(old.id());
    assertThat(old.receiveScs()).isEmpty();
    assertThat(old.transmitSc().sas()).isEmpty();
    assertThat(old.config().confidentialityOffset())
        .isEqualTo(ConfidentialityOffset.NO_CONFIDENTIALITY);

    SecyId recreated = createWith(LeftOver.RECREATE, SecyConfig.on("eth0").build());
    assertThat(recreated).isNotEqualTo(old.id());
    assertThat(left.secys()).hasSize(1);
  }

  @Test
  void aKeyThatALeftOverUsedGoesOnWhereItStopped() {
    Secy old = left.create(SecyConfig.on("eth0").build());
    old.transmitSc().install(transmitSa(CipherSuite.GCM_AES_128, AN_0, 1, 100));
    LinuxBackend next = LinuxBackend.builder().namespace("left").leftOver(LeftOver.RECREATE).open();
    try (Macsec macsec = Macsec.using(next)) {
      Secy secy = macsec.create(SecyConfig.on("eth0").build());
      assertThatExceptionOfType(MacsecException.class)
          .isThrownBy(
              () -> secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_128, AN_0, 1, 1)))
          .withMessageContaining("go on at")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PACKET_NUMBER));
      secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_128, AN_0, 1, 1000));
    }
  }

  private static SecyId createWith(LeftOver policy, SecyConfig config) {
    LinuxBackend backend = LinuxBackend.builder().namespace("left").leftOver(policy).open();
    try (Macsec macsec = Macsec.using(backend)) {
      return macsec.create(config).id();
    }
  }
}
