package org.macsec4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";
  private static final String NETDEV =
      """
      [NetDev]
      Name=macsec0
      Kind=macsec
      [MACsecTransmitAssociation]
      PacketNumber=1
      KeyId=01
      Key=%s
      Activate=yes
      """
          .formatted(KEY);

  @TempDir private Path folder;

  private String file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  @Test
  void staticKeysCannotBeSaidAsMka() throws IOException {
    Cli.Result result = Cli.run("convert", file(NETDEV), "-i", "eth0");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "macsec0 has static keys, for which the other format has no word",
            "SecY on eth0 as macsec0",
            "transmit SA 0 on",
            "note: line 1, NetDev: MACAddress is not set")
        .doesNotContain(KEY);
  }

  @Test
  void staticKeysAreWrittenAsNetworkdHasThem() throws IOException {
    Cli.Result result = Cli.run("convert", file(NETDEV), "-i", "eth0", "--to", "networkd");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("Kind=macsec", "Encrypt=no", "Key=" + KEY, "#   Name=eth0");
  }

  @Test
  void mkaCannotBeSaidToNetworkd() throws IOException {
    String own = "[eth0]\nckn = 01\ncak = " + KEY + "\n";
    Cli.Result result = Cli.run("convert", file(own), "--to", "networkd");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("systemd-networkd speaks no MKA").doesNotContain(KEY);
  }
}
