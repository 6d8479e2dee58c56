package org.macsec4j.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;

class LinkFileTest {
  private static final String CAK = "000102030405060708090a0b0c0d0e0f";
  private static final String CKN = "6d61637365632d31";
  private static final String WPA =
      """
      ctrl_interface=/run/wpa
      eapol_version=3
      ap_scan=0
      # the link to the basement
      network={
      \tkey_mgmt=NONE
      \teapol_flags=0
      \tmacsec_policy=1
      \tmacsec_integ_only=1
      \tmacsec_replay_protect=1
      \tmacsec_replay_window=64
      \tmacsec_port=7
      \tmacsec_csindex=1
      \tmka_priority=100
      \tmka_cak=%s
      \tmka_ckn=%s
      }
      """
          .formatted(CAK, CKN);
  private static final HexFormat HEX = HexFormat.of();
  private static final String NETWORKMANAGER =
      """
      [connection]
      id=macsec0
      type=macsec
      interface-name=macsec0

      [macsec]
      parent=eth1
      mode=0
      encrypt=false
      port=9
      validation=1
      send-sci=false
      offload=-1
      mka-cak=%s
      mka-ckn=%s

      [ipv4]
      method=auto
      """
          .formatted(CAK, CKN);

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("link"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private List<String> problems(String text) throws IOException {
    Path file = file(text);
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> LinkFile.read(file, "eth0"));
    assertThat(refused).isNotNull().hasMessageContaining(file.toString());
    assertThat(refused.getMessage()).doesNotContain(CAK.substring(0, 8));
    return refused.problems();
  }

  @Test
  void readsANetworkBlockOfWpaSupplicant() throws IOException {
    LinkFile read = LinkFile.read(file(WPA), "eth0");
    assertThat(read.format()).isEqualTo(Format.WPA_SUPPLICANT);
    assertThat(read.links()).hasSize(1);
    assertThat(read.links().get(0).interfaceName()).isEqualTo("eth0");
    MkaConfig mka = read.links().get(0).mka();
    assertThat(mka.keys()).containsExactly(PreSharedKey.of(Ckn.parse(CKN), Cak.parse(CAK)));
    assertThat(mka.confidentialityOffset()).isEqualTo(ConfidentialityOffset.NO_CONFIDENTIALITY);
    assertThat(mka.replayProtection()).isEqualTo(ReplayProtection.window(64));
    assertThat(mka.sciPort()).isEqualTo(7);
    assertThat(mka.cipherSuites()).containsExactly(CipherSuite.GCM_AES_256);
    assertThat(mka.keyServerPriority()).isEqualTo(100);
    assertThat(read.notes())
        .containsExactlyInAnyOrder(
            "line 1, ctrl_interface: there is no such socket; see macsec show",
            "line 3, ap_scan: there is nothing to scan for on a wire");
  }

  /** What wpa_supplicant does when a file does not say. */
  @Test
  void whatWpaSupplicantIsNotToldIsAsItHasIt() throws IOException {
    String text =
        "network={\nkey_mgmt=NONE\nmacsec_policy=1\nmka_cak=" + CAK + "\nmka_ckn=" + CKN + "\n}\n";
    MkaConfig mka = LinkFile.read(file(text), "eth0").links().get(0).mka();
    assertThat(mka.keyServerPriority()).isEqualTo(255);
    assertThat(mka.replayProtection()).isEqualTo(ReplayProtection.OFF);
    assertThat(mka.cipherSuites()).containsExactly(CipherSuite.GCM_AES_128);
  }

  @Test
  void readsAKeyfileOfNetworkManager() throws IOException {
    LinkFile read = LinkFile.read(file(NETWORKMANAGER), null);
    assertThat(read.format()).isEqualTo(Format.NETWORKMANAGER);
    Link link = read.links().get(0);
    assertThat(link.interfaceName()).isEqualTo("eth1");
    assertThat(link.mka().confidentialityOffset())
        .isEqualTo(ConfidentialityOffset.NO_CONFIDENTIALITY);
    assertThat(link.mka().sciPort()).isEqualTo(9);
    assertThat(link.mka().validateFrames()).isEqualTo(ValidateFrames.CHECK);
    assertThat(link.mka().includeSci()).isFalse();
    assertThat(read.notes())
        .containsExactly(
            "line 2, id: is NetworkManager's alone",
            "line 4, interface-name: is NetworkManager's alone",
            "line 18, method: [ipv4] is not macsec's");
  }

  @Test
  void readsItsOwnFormatWithAKeyInAnotherFile() throws IOException {
    Path cak = Files.writeString(folder.resolve("cak"), CAK + "\n");
    Files.setPosixFilePermissions(cak, PosixFilePermissions.fromString("rw-------"));
    String text =
        """
        [eth0]
        ckn = %s
        cak-file = %s
        cipher-suites = GCM-AES-XPN-256, gcm-aes-128
        hello-time = 500ms
        rekey-interval = 1h

        [eth1]
        ckn = 02
        cak-file = %s
        """
            .formatted(CKN, cak, cak);
    Path file = file(text);
    // Without keys in it, others may read it.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    LinkFile read = LinkFile.read(file, null);
    assertThat(read.links()).extracting(Link::interfaceName).containsExactly("eth0", "eth1");
    MkaConfig mka = read.links().get(0).mka();
    assertThat(mka.cipherSuites())
        .containsExactly(CipherSuite.GCM_AES_XPN_256, CipherSuite.GCM_AES_128);
    assertThat(mka.helloTime()).isEqualTo(Duration.ofMillis(500));
    assertThat(mka.rekeyInterval()).contains(Duration.ofHours(1));
    assertThat(LinkFile.read(file, "eth1").links()).hasSize(1);
  }

  private Path keyStore(String password) throws Exception {
    Path file = folder.resolve("keys.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "cak", new SecretKeySpec(HEX.parseHex(CAK), "AES"), password.toCharArray(), null);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }

  @Test
  void thePasswordOfAKeyStoreMustBeItsOwnersAloneToo() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "open sesame\n");
    String text =
        """
        [eth0]
        ckn = %s
        cak-keystore = %s
        cak-keystore-alias = cak
        cak-keystore-password-file = %s
        """
            .formatted(CKN, keyStore("open sesame"), password);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(problems(text))
        .singleElement()
        .asString()
        .contains("password file")
        .contains("open to group or others")
        .doesNotContain("sesame");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    assertThat(LinkFile.read(file(text), null).links())
        .flatExtracting(link -> link.mka().keys())
        .extracting(PreSharedKey::cak)
        .containsExactly(Cak.parse(CAK));
  }

  @Test
  void aFileWithKeysInItMustBeItsOwnersAlone() throws IOException {
    Path file = file(WPA);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(
            catchThrowableOfType(
                    InvalidConfigurationException.class, () -> LinkFile.read(file, "eth0"))
                .problems())
        .singleElement()
        .asString()
        .contains("open to group or others (rw-r-----)", "chmod 600");
  }

  @Test
  void tellsAllProblemsOfAFileAtOnceAndNoKey() throws IOException {
    String text =
        WPA.replace("key_mgmt=NONE", "key_mgmt=IEEE8021X")
            .replace("macsec_port=7", "macsec_port=65535")
            .replace("mka_priority=100", "mka_priority=often")
            .replace("macsec_csindex=1", "ssid=\"home\"")
            .replace("mka_cak=" + CAK, "mka_cak=" + CAK + "0");
    assertThat(problems(text))
        .containsExactlyInAnyOrder(
            "line 6, key_mgmt: must be NONE: authentication by EAP is not there yet, pre-shared"
                + " keys are",
            "line 12, macsec_port: is 1..65534",
            "line 14, mka_priority: is 0..255",
            "line 13, ssid: is no setting that macsec knows here",
            "line 15, mka_cak: a CAK is 32 or 64 hexadecimal digits; a character is none, or one"
                + " digit is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "macsec_policy=0",
        "macsec_offload=3",
        "eapol_flags=3",
        "macsec_replay_protect=2",
        "eap=TLS",
        "mka_ckn=xyz",
        "macsec_icv_indicator=yes",
        "0001020304050607"
      })
  void refusesWhatItCannotHonour(String setting) throws IOException {
    int equals = setting.indexOf('=');
    String without =
        equals < 0
            ? WPA
            : WPA.lines()
                .filter(line -> !line.strip().startsWith(setting.substring(0, equals + 1)))
                .reduce("", (all, line) -> all + line + "\n");
    assertThat(problems(without.replace("network={\n", "network={\n" + setting + "\n")))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("line 6"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ckn = 01",
        "[eth0]\nckn = 01\n",
        "[eth0]\ncak-file = /nonexistent\nckn = 01\n",
        "[eth0]\ncak = " + CAK + "\nckn = 01\nckn = 02\n",
        "[eth0]\ncak = " + CAK + "\nckn = 01\n[eth0]\ncak = " + CAK + "\nckn = 01\n",
        "[eth0]\ncak = " + CAK + "\ncak-environment = HOME\nckn = 01\n",
        "[eth0]\ncak = " + CAK + "\nckn = 01\nlife-time = 1s\n",
        "[eth0]\ncak-keystore = /nonexistent\nckn = 01\n",
        "[connection]\ntype=ethernet\n",
        "network={\nmacsec_policy=1\n",
        "network={\n}\nnetwork={\n}\n",
        "[macsec]\nparent=eth0\n[connection]\ntype=macsec\n",
      })
  void saysWhyAFileIsNone(String text) throws IOException {
    assertThat(problems(text)).isNotEmpty();
  }

  /** Each setting with another value than it has by itself. */
  private static MkaConfig everything() {
    return MkaConfig.builder()
        .keys(
            PreSharedKey.of(Ckn.parse(CKN), Cak.parse(CAK)),
            PreSharedKey.of(Ckn.parse("02"), Cak.parse(CAK + CAK)).asFallback())
        .cipherSuites(CipherSuite.GCM_AES_XPN_128, CipherSuite.GCM_AES_128)
        .assumedCipherSuites(CipherSuite.GCM_AES_XPN_128)
        .keyServerPriority(77)
        .keyServerRole(KeyServerRole.SERVER)
        .macsecCapability(MacsecCapability.CONFIDENTIALITY_OFFSET_0)
        .confidentialityOffset(ConfidentialityOffset.NO_CONFIDENTIALITY)
        .macsecDesired(false)
        .replayProtection(ReplayProtection.window(99))
        .validateFrames(ValidateFrames.CHECK)
        .includeSci(false)
        .mkaVersion(2)
        .icvIndicator(IcvIndicatorPolicy.ALWAYS)
        .pnThreshold(PacketNumber.of(0x9000_0000L))
        .xpnThreshold(PacketNumber.of(0x9000_0000_0000_0000L))
        .rekeyOnPeerLoss(false)
        .destination(MacAddress.parse("01:80:c2:00:00:0e"))
        .etherType(0x876F)
        .helloTime(Duration.ofMillis(1500))
        .lifeTime(Duration.ofSeconds(7))
        .sakRetireTime(Duration.ofSeconds(4))
        .sciPort(5)
        .maxPeers(9)
        .rekeyInterval(Duration.ofMinutes(90))
        .accessPolicy(AccessPolicy.SHOULD_SECURE)
        .delayProtection(true)
        .nullXpnSet(true)
        .suspendOnRequest(false)
        .joinGroups(true)
        .helloRampUp(Duration.ofMillis(50))
        .kmd("somewhere")
        .nid("lab")
        .build();
  }

  @Test
  void itsOwnFormatLosesNothing() throws IOException {
    MkaConfig all = everything();
    Format.Written written = Format.MACSEC.write(new Link("eth0", all));
    assertThat(written.lost()).isEmpty();
    MkaConfig again = LinkFile.read(file(written.text()), null).links().get(0).mka();
    assertThat(MacsecFormat.differences(all, again)).isEmpty();
    MkaConfig plain = MkaConfig.preSharedKey(Ckn.parse(CKN), Cak.parse(CAK));
    // Every knob differs, and the keys: none was forgotten above.
    assertThat(MacsecFormat.differences(plain, again)).hasSize(MacsecKnobs.ALL.size() + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "offload = prefer, prefer",
    "offload = REQUIRE  mac, require mac",
    "offload = prefer phy, prefer phy",
    "offload = prefer mac window 64  128, prefer mac window 64 128",
    "offload = require window 0, require window 0",
    "offload = off, off"
  })
  void hardwareIsAskedForInItsOwnFormat(String line, String read) throws IOException {
    String own = "[eth0]\nckn = %s\ncak = %s\n%s\n".formatted(CKN, CAK, line);
    Link link = LinkFile.read(file(own), null).links().get(0);
    assertThat(link.offload()).hasToString(read);
    Format.Written written = Format.MACSEC.write(link);
    assertThat(written.lost()).isEmpty();
    Link again = LinkFile.read(file(written.text()), null).links().get(0);
    assertThat(again.offload()).isEqualTo(link.offload());
    assertThat(again.changes(link)).isEmpty();
    assertThat(new Link("eth0", link.mka()).changes(link)).hasSize(read.equals("off") ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offload = sometimes",
        "offload = off mac",
        "offload = prefer software",
        "offload = prefer mac phy",
        "offload = prefer mac window",
        "offload = window 64",
        "offload = prefer mac window 64 phy",
        "offload = prefer window 1073741824",
        "offload = off window 64"
      })
  void whatAsksForNoHardwareIsRefused(String line) throws IOException {
    assertThat(problems("[eth0]\nckn = %s\ncak = %s\n%s\n".formatted(CKN, CAK, line)))
        .containsExactly(
            "line 4, offload: is off, prefer or require, the last two maybe with mac or phy, and then"
                + " maybe with window and one or more of 0..1073741823");
  }

  @ParameterizedTest
  @CsvSource({"0, off", "1, require phy", "2, require mac"})
  void hardwareIsAskedForInTheNumbersOfOthers(String number, String read) throws IOException {
    String wpa = WPA.replace("network={\n", "network={\nmacsec_offload=" + number + "\n");
    Link link = LinkFile.read(file(wpa), "eth0").links().get(0);
    assertThat(link.offload()).hasToString(read);
    assertThat(Format.WPA_SUPPLICANT.write(link).lost()).isEmpty();
    String manager = NETWORKMANAGER.replace("offload=-1", "offload=" + number);
    Link managed = LinkFile.read(file(manager), null).links().get(0);
    assertThat(managed.offload()).hasToString(read);
    assertThat(Format.NETWORKMANAGER.write(managed).lost()).isEmpty();
  }

  @Test
  void whatOthersCannotAskForIsSaid() throws IOException {
    String own = "[eth0]\nckn = %s\ncak = %s\noffload = prefer\n".formatted(CKN, CAK);
    Link link = LinkFile.read(file(own), null).links().get(0);
    assertThat(Format.WPA_SUPPLICANT.write(link).lost())
        .contains("offload = prefer becomes require mac");
    assertThat(Format.NETWORKMANAGER.write(link).lost())
        .contains("offload = prefer becomes require mac");
  }

  @Test
  void everySettingIsDescribed() throws IOException {
    String text = Files.readString(Path.of("macsec-conf.md"));
    assertThat(MacsecKnobs.ALL).allMatch(knob -> text.contains("`" + knob.name() + "`"));
    assertThat(text).contains("`" + MacsecFormat.OFFLOAD + "`");
  }

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "NETWORKD")
  void tellsWhatIsLost(Format format) {
    List<String> lost = format.write(new Link("eth0", everything())).lost();
    if (format == Format.MACSEC) {
      assertThat(lost).isEmpty();
    } else {
      assertThat(lost)
          .contains(
              "cipher-suites = GCM-AES-XPN-128 GCM-AES-128 becomes GCM-AES-128",
              "rekey-interval = 5400s becomes off",
              "keys besides the first, or when they are valid")
          .noneMatch(text -> text.contains(CAK.substring(0, 8)));
    }
  }

  @Test
  void whatWpaSupplicantSaysIsSaidInItsOwnWordsAgain() throws IOException {
    Link link = LinkFile.read(file(WPA), "eth0").links().get(0);
    Format.Written written = Format.WPA_SUPPLICANT.write(link);
    assertThat(written.lost()).isEmpty();
    assertThat(written.text())
        .contains("-i eth0", "mka_priority=100", "macsec_replay_window=64", "mka_cak=" + CAK);
    assertThat(written.toString()).doesNotContain(CAK);
  }

  @Test
  void whatNetworkManagerSaysIsSaidInItsOwnWordsAgain() throws IOException {
    Link link = LinkFile.read(file(NETWORKMANAGER), null).links().get(0);
    Format.Written written = Format.NETWORKMANAGER.write(link);
    assertThat(written.lost()).isEmpty();
    assertThat(written.text()).contains("parent=eth1", "validation=1", "mka-cak=" + CAK);
  }
}
