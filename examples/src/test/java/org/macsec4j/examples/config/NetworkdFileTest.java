package org.macsec4j.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.TransmitSa;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;

class NetworkdFileTest {
  private static final String THERE = "000102030405060708090a0b0c0d0e0f";
  private static final String NEXT = "101112131415161718191a1b1c1d1e1f";
  private static final String BACK = "f0e0d0c0b0a090807060504030201000";
  private static final String BLOCK = "```ini\n";
  private static final Sci PEER = Sci.parse("02:00:00:00:0b:02/7");

  private static final String NETDEV =
      """
      # To the basement.
      [NetDev]
      Name=macsec0
      Kind=macsec
      MACAddress=none

      [MACsec]
      Port=11
      Encrypt=yes

      [MACsecTransmitAssociation]
      PacketNumber=1024
      KeyId=01
      Key=%s
      Activate=yes

      [MACsecReceiveAssociation]
      Port=7
      MACAddress=02:00:00:00:0b:02
      KeyId=02
      Key=%s
      Activate=yes
      """
          .formatted(THERE, BACK);
  private static final String NETWORK =
      """
      [Match]
      Name=eth0

      [Network]
      DHCP=no
      MACsec=other0
      MACsec=macsec0
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("macsec0.netdev"), text);
    return ownersAlone(file);
  }

  private static Path ownersAlone(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private StaticLink link(String text) throws IOException {
    LinkFile read = LinkFile.read(file(text), "eth0");
    assertThat(read.format()).isEqualTo(Format.NETWORKD);
    assertThat(read.links()).isEmpty();
    assertThat(read.staticLinks()).hasSize(1);
    return read.staticLinks().get(0);
  }

  private List<String> notes(String text) throws IOException {
    return LinkFile.read(file(text), "eth0").notes();
  }

  private List<String> problems(Path file, String interfaceName) {
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> LinkFile.read(file, interfaceName));
    assertThat(refused).isNotNull();
    assertThat(refused.getMessage())
        .doesNotContain(THERE.substring(0, 8))
        .doesNotContain(BACK.substring(0, 8));
    return refused.problems();
  }

  private List<String> problems(String text) throws IOException {
    return problems(file(text), "eth0");
  }

  @Test
  void readsALinkWithStaticKeys() throws IOException {
    StaticLink link = link(NETDEV);
    assertThat(link.name()).isEqualTo("macsec0");
    assertThat(link.secy().parent()).isEqualTo("eth0");
    assertThat(link.secy().port()).isEqualTo(11);
    assertThat(link.secy().sci()).isEmpty();
    assertThat(link.secy().cipherSuite()).isEqualTo(CipherSuite.GCM_AES_128);
    assertThat(link.secy().confidentialityOffset()).isEqualTo(ConfidentialityOffset.OFFSET_0);
    assertThat(link.secy().replayProtection()).isEqualTo(ReplayProtection.OFF);
    assertThat(link.encodingSa()).isEqualTo(AssociationNumber.AN_0);
    assertThat(link.transmitSas())
        .containsExactly(
            TransmitSa.builder(AssociationNumber.AN_0, key("01", THERE))
                .nextPn(PacketNumber.of(1024))
                .build());
    assertThat(link.receiveScs())
        .containsExactly(
            Map.entry(
                PEER,
                List.of(
                    ReceiveSa.builder(AssociationNumber.AN_0, key("02", BACK))
                        .lowestPn(PacketNumber.FIRST)
                        .build())));
    assertThat(notes(NETDEV)).isEmpty();
    assertThat(link.toString()).contains("eth0", "macsec0", "1024").doesNotContain(THERE);
  }

  private static SecureAssociationKey key(String identifier, String digits) {
    return SecureAssociationKey.parse(KeyIdentifier.parse(identifier), digits);
  }

  @Test
  void associationsAreNumberedByTheirOrderAndOneOfThemSends() throws IOException {
    String more =
        """
        [MACsecTransmitAssociation]
        PacketNumber=5
        KeyId=0304
        Key=%s
        UseForEncoding=true
        [MACsecReceiveAssociation]
        Port=7
        MACAddress=02:00:00:00:0b:02
        PacketNumber=9
        KeyId=05
        Key=%s
        Activate=off
        [MACsecReceiveChannel]
        Port=1
        MACAddress=02-00-00-00-0c-03
        """
            .formatted(NEXT, NEXT);
    StaticLink link = link(NETDEV + more);
    assertThat(link.encodingSa()).isEqualTo(AssociationNumber.AN_1);
    assertThat(link.transmitSas()).extracting(TransmitSa::enabled).containsExactly(true, true);
    assertThat(link.receiveScs().get(PEER))
        .extracting(ReceiveSa::an, ReceiveSa::enabled, sa -> sa.lowestPn().value())
        .containsExactly(
            tuple(AssociationNumber.AN_0, true, 1L), tuple(AssociationNumber.AN_1, false, 9L));
    assertThat(link.receiveScs()).containsKey(Sci.parse("02:00:00:00:0c:03/1")).hasSize(2);
  }

  @Test
  void theInterfaceBelowIsTheOneWhoseNetworkFileNamesTheDevice() throws IOException {
    Path file = file(NETDEV);
    Files.writeString(folder.resolve("eth0.network"), NETWORK);
    Files.writeString(folder.resolve("eth1.network"), "[Match]\nName=eth1\n[Network]\nDHCP=yes\n");
    LinkFile read = LinkFile.read(file, null);
    assertThat(read.staticLinks().get(0).secy().parent()).isEqualTo("eth0");
    assertThat(read.notes())
        .containsExactly("eth0.network names the interface eth0; all else in it is networkd's");
    assertThat(LinkFile.read(file, "eth5").staticLinks().get(0).secy().parent()).isEqualTo("eth5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Match]\nName=eth*\n[Network]\nMACsec=macsec0\n",
        "[Match]\nName=eth0 eth1\n[Network]\nMACsec=macsec0\n",
        "[Match]\nName=eth0\nDriver=e1000\n[Network]\nMACsec=macsec0\n",
        "[Match]\nMACAddress=02:00:00:00:0a:01\n[Network]\nMACsec=macsec0\n",
        "[Network]\nMACsec=macsec0\n"
      })
  void anInterfaceThatIsNotNamedPlainlyMustBeGiven(String network) throws IOException {
    Path file = file(NETDEV);
    Files.writeString(folder.resolve("some.network"), network);
    assertThat(problems(file, null))
        .singleElement()
        .asString()
        .contains("some.network names the interface otherwise", "--interface");
  }

  @Test
  void noneOrSeveralNetworkFilesAreAProblem() throws IOException {
    Path file = file(NETDEV);
    assertThat(problems(file, null))
        .containsExactly(
            "no .network file beside it says MACsec=macsec0; give the interface with --interface");
    Files.writeString(folder.resolve("eth0.network"), NETWORK);
    Files.writeString(folder.resolve("eth1.network"), NETWORK.replace("eth0", "eth1"));
    assertThat(problems(file, null))
        .containsExactly("several files say MACsec=macsec0; give the interface with --interface");
  }

  @Test
  void aKeyMayStandInAFileOfItsOwnersAlone() throws IOException {
    Path key = ownersAlone(Files.writeString(folder.resolve("key"), THERE + "\n"));
    String text = NETDEV.replace("Key=" + THERE, "KeyFile=" + key);
    assertThat(link(text).transmitSas().get(0).key()).isEqualTo(key("01", THERE));

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("line 14, KeyFile: " + key + " is open to group or others (rw-r-----)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001", THERE + "00", THERE + THERE, "nothing of the kind", ""})
  void aKeyFileHolds32DigitsAlone(String content) throws IOException {
    Path key = ownersAlone(Files.writeString(folder.resolve("key"), content));
    assertThat(problems(NETDEV.replace("Key=" + THERE, "KeyFile=" + key)))
        .containsExactly(
            "line 14, KeyFile: "
                + key
                + " holds 32 hexadecimal digits: networkd has keys of 128 bits alone");
  }

  @Test
  void aKeyFileIsAFileThatIsThere() throws IOException {
    assertThat(problems(NETDEV.replace("Key=" + THERE, "KeyFile=key")))
        .containsExactly("line 14, KeyFile: is an absolute path");
    assertThat(problems(NETDEV.replace("Key=" + THERE, "KeyFile=" + folder)))
        .containsExactly("line 14, KeyFile: is no file; macsec reads no key from a socket");
    assertThat(problems(NETDEV.replace("Key=" + THERE, "KeyFile=" + folder.resolve("no"))))
        .singleElement()
        .asString()
        .contains("cannot be read");
    assertThat(problems(NETDEV.replace("Key=" + THERE, "KeyFile=/k\nKey=" + THERE)))
        .contains("line 15, Key: is not used, as KeyFile is set; take one of them away");
  }

  @Test
  void aFileWithKeysInItMustBeItsOwnersAlone() throws IOException {
    Path file = file(NETDEV);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(problems(file, "eth0"))
        .singleElement()
        .asString()
        .contains("it has keys in it", "rw-r--r--");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Kind=macsec | Kind=vlan | line 4, Kind: must be macsec: this is a device of another kind",
        "Kind=macsec | Description=x | line 2, NetDev: lacks Kind",
        "Name=macsec0 | Name=too long | line 3, Name: is the name of an interface, of up to 15"
            + " characters",
        "Name=macsec0 | Description=x | line 2, NetDev: lacks Name",
        "MACAddress=none | MACAddress=home | line 5, MACAddress: is an address such as"
            + " 02:00:00:00:0a:01",
        "MACAddress=none | MTUBytes=1400 | line 5, MTUBytes: macsec sets no MTU; the kernel's is the"
            + " interface's less 32",
        "MACAddress=none | NetworkNamespace=x | line 5, NetworkNamespace: give the namespace with"
            + " --netns",
        "MACAddress=none | Colour=red | line 5, Colour: is no setting that macsec knows here",
        "Port=11 | Port=65535 | line 8, Port: is 1..65534",
        "Port=11 | Port=0 | line 8, Port: is 1..65534",
        "Port=11 | Window=5 | line 8, Window: is no setting that macsec knows here",
        "Encrypt=yes | Encrypt=perhaps | line 9, Encrypt: is yes or no",
        "PacketNumber=1024 | PacketNumber=0 | line 12, PacketNumber: is 1..4294967295",
        "PacketNumber=1024 | PacketNumber=4294967296 | line 12, PacketNumber: is 1..4294967295",
        "PacketNumber=1024 | Activate=no | line 11, MACsecTransmitAssociation: lacks PacketNumber",
        "KeyId=01 | KeyId=1 | line 13, KeyId: is 2 to 32 hexadecimal digits, an even number",
        "KeyId=01 | UseForEncoding=maybe | line 13, UseForEncoding: is yes or no",
        "KeyId=01 | UseForEncoding=no | line 11, MACsecTransmitAssociation: lacks KeyId",
        "Port=7 | PacketNumber=1 | line 17, MACsecReceiveAssociation: lacks Port",
        "Port=7 | Port=x | line 18, Port: is 1..65534",
        "MACAddress=02:00:00:00:0b:02 | PacketNumber=1 | line 17, MACsecReceiveAssociation: lacks"
            + " MACAddress",
        "MACAddress=02:00:00:00:0b:02 | MACAddress=00:00:00:00:00:00 | line 19, MACAddress: is an"
            + " address of one station, such as 02:00:00:00:0a:01",
        "KeyId=02 | UseForEncoding=yes | line 20, UseForEncoding: is no setting that macsec knows"
            + " here",
        "[MACsec] | [MACsecurity] | line 7: [MACsecurity] is no section that macsec knows here",
        "[MACsec] | [NetDev] | line 7: a second section [NetDev]",
        "[NetDev] | [Match] | there is no [NetDev] in it; of networkd's files give the .netdev",
        "# To the basement. | Name=x | line 1, Name: stands before the first [SECTION]",
        "Port=11 | Port=11\\ | line 8, Port: goes on in the next line, which macsec does not read",
        "Port=11 | 11 | line 8: want NAME = VALUE",
      })
  void refusesByNameWhatItCannotHonour(String setting, String instead, String problem)
      throws IOException {
    assertThat(problems(NETDEV.replace(setting, instead))).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host=here", "KernelVersion=>5", "Architecture=arm64"})
  void conditionsAreRefused(String condition) throws IOException {
    assertThat(problems("[Match]\n" + condition + "\n" + NETDEV))
        .singleElement()
        .asString()
        .endsWith("macsec does not look at conditions of [Match]");
  }

  @Test
  void tellsAllProblemsOfAFileAtOnceAndNoKey() throws IOException {
    String text =
        NETDEV
            .replace("Key=" + THERE, "Key=" + THERE + "0")
            .replace("Kind=macsec", "Kind=" + BACK)
            .replace("Encrypt=yes", "Encrypt=" + BACK)
            .replace("KeyId=02", "KeyId=x" + THERE)
            .replace("MACAddress=02:00:00:00:0b:02", "MACAddress=" + THERE);
    assertThat(problems(text)).hasSize(5);
  }

  @Test
  void dropInsAreRefused() throws IOException {
    Path dropIn = Files.createDirectory(folder.resolve("macsec0.netdev.d")).resolve("port.conf");
    Files.writeString(dropIn, "[MACsec]\nPort=5\n");
    assertThat(problems(NETDEV))
        .containsExactly(dropIn + " belongs to it, and macsec reads no drop-ins");
  }

  @Test
  void oneAssociationSendsAndItIsActive() throws IOException {
    String encodes = "UseForEncoding=yes\n";
    String another = NETDEV.substring(NETDEV.indexOf("[MACsecT"), NETDEV.indexOf("[MACsecR"));
    String first = NETDEV.replace("Key=" + THERE + "\n", "Key=" + THERE + "\n" + encodes);
    assertThat(problems(first + another.replace(THERE, NEXT) + encodes))
        .containsExactly(
            "line 24, MACsecTransmitAssociation: UseForEncoding is set already for SA 0");
    assertThat(problems(first.replaceFirst("Activate=yes", "Activate=no")))
        .containsExactly(
            "line 11, MACsecTransmitAssociation: Activate is no, and UseForEncoding wants it"
                + " active");
    assertThat(problems(NETDEV + another))
        .containsExactly(
            "line 23, MACsecTransmitAssociation: has the key of SA 0: packet numbers would repeat");
  }

  @Test
  void aChannelHasFourAssociations() throws IOException {
    StringBuilder text = new StringBuilder(NETDEV);
    String receive = NETDEV.substring(NETDEV.indexOf("[MACsecR"));
    String transmit = NETDEV.substring(NETDEV.indexOf("[MACsecT"), NETDEV.indexOf("[MACsecR"));
    for (int i = 1; i <= 4; i++) {
      text.append(receive).append(transmit.replace(THERE, NEXT.replace("1f", "2" + i)));
    }
    assertThat(problems(text.toString()))
        .hasSize(2)
        .allMatch(problem -> problem.endsWith("is one too many: a channel has four"));
  }

  @Test
  void twoChannelsOfOnePeerAreRefused() throws IOException {
    String channel = "[MACsecReceiveChannel]\nPort=7\nMACAddress=02:00:00:00:0b:02\n";
    assertThat(problems(NETDEV + channel + channel))
        .containsExactly(
            "line 26, MACsecReceiveChannel: there is another channel 02:00:00:00:0b:02/7");
  }

  @Test
  void saysWhatFollowsFromWhatIsNotSet() throws IOException {
    String text =
        NETDEV
            .replace("MACAddress=none\n", "Description=basement\n")
            .replace("Encrypt=yes", "Encrypt=")
            .replace("Activate=yes\n", "");
    assertThat(link(text).secy().confidentialityOffset())
        .isEqualTo(ConfidentialityOffset.NO_CONFIDENTIALITY);
    assertThat(link(text).transmitSas().get(0).enabled()).isFalse();
    assertThat(notes(text))
        .containsExactly(
            "line 5, Description: is networkd's alone",
            "line 2, NetDev: MACAddress is not set: networkd would make one from the machine's"
                + " identifier; here the SCI has the address of the interface, and peers must"
                + " expect that",
            "Encrypt is not set, so frames are protected and can be read by anybody",
            "line 16, MACsecReceiveAssociation: Activate is not set, so it stays off",
            "line 11, MACsecTransmitAssociation: Activate is not set, so it stays off",
            "transmit SA 0 is not there or not active, so nothing can be sent");
  }

  @Test
  void anAddressMakesTheSci() throws IOException {
    String text = NETDEV.replace("MACAddress=none", "MACAddress=02:00:00:00:0a:09");
    assertThat(link(text).secy().sci()).contains(Sci.parse("02:00:00:00:0a:09/11"));
    assertThat(notes(text))
        .containsExactly(
            "line 5, MACAddress: makes the SCI; the device has the address of the interface below");
  }

  @Test
  void whatNetworkdSaysIsSaidInItsOwnWordsAgain() throws IOException {
    String more =
        """
        [MACsecTransmitAssociation]
        PacketNumber=5
        KeyId=0304
        Key=%s
        UseForEncoding=yes
        """
            .formatted(NEXT);
    for (String text : List.of(NETDEV, NETDEV + more, NETDEV.replace("=yes", "=no"))) {
      StaticLink link = link(text);
      Format.Written written = Format.NETWORKD.write(link);
      assertThat(written.lost()).isEmpty();
      assertThat(link(written.text())).isEqualTo(link);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "NETWORKD")
  void noFormatOfMkaHasAWordForStaticKeys(Format format) throws IOException {
    StaticLink link = link(NETDEV);
    InvalidConfigurationException refused =
        catchThrowableOfType(InvalidConfigurationException.class, () -> format.write(link));
    assertThat(refused.problems())
        .contains("receive channel 02:00:00:00:0b:02/7")
        .anyMatch(line -> line.contains("MKA makes its keys itself"))
        .anyMatch(line -> line.startsWith("transmit SA 0 on, SAK 01"))
        .noneMatch(line -> line.contains(THERE.substring(0, 8)));
  }

  @Test
  void networkdHasNoWordForMka() {
    Link link = new Link("eth0", MkaConfig.preSharedKey(Ckn.parse("01"), Cak.parse(THERE)));
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> Format.NETWORKD.write(link));
    assertThat(refused.problems())
        .containsExactly(
            "eth0 has keys that MKA agrees on; systemd-networkd speaks no MKA, and has a word for"
                + " static keys alone");
  }

  private static String block(String text, int at) {
    int begin = at + BLOCK.length();
    return text.substring(begin, text.indexOf("```", begin));
  }

  @Test
  void theUnitThatIsDescribedIsRead() throws IOException {
    String text = Files.readString(Path.of("networkd-units.md"));
    int device = text.indexOf(BLOCK);
    String unit = block(text, device);
    Path key = ownersAlone(Files.writeString(folder.resolve("key"), THERE));
    Files.writeString(folder.resolve("eth0.network"), block(text, text.indexOf(BLOCK, device + 1)));
    Path file = file(unit.replaceAll("KeyFile=.*", "KeyFile=" + key));
    StaticLink link = LinkFile.read(file, null).staticLinks().get(0);
    assertThat(link.sends()).isTrue();
    assertThat(link.receiveScs()).hasSize(1);
    assertThat(
            List.of(
                "Port",
                "Encrypt",
                "PacketNumber",
                "KeyId",
                "Key",
                "KeyFile",
                "Activate",
                "UseForEncoding",
                "MACAddress",
                "MTUBytes",
                "NetworkNamespace",
                "Description"))
        .allMatch(setting -> text.contains("`" + setting + "`"));
  }
}
