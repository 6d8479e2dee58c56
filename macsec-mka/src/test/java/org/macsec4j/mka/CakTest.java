package org.macsec4j.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CakTest {
  private static final String HEX_128 = "c0ffee02030405060708090a0b0c0d0e";
  private static final String HEX_256 = HEX_128 + "1f1e1d1c1b1a19181716151413121110";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    Path file = directory.resolve("cak");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Test
  void has128Or256Bits() {
    assertThat(Cak.parse(HEX_128).length()).isEqualTo(16);
    assertThat(Cak.parse(HEX_256.toUpperCase(java.util.Locale.ROOT)).toByteArray())
        .isEqualTo(HexFormat.of().parseHex(HEX_256));
    for (int length : new int[] {0, 1, 15, 17, 24, 31, 33}) {
      assertThatThrownBy(() -> Cak.of(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a CAK has 16 or 32 octets, not " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c0ffee02030405060708090a0b0c0d",
        "c0ffee02030405060708090a0b0c0d0",
        "c0ffee02030405060708090a0b0c0d0e0",
        "c0ffee02030405060708090a0b0c0d0x",
        "c0ffee02 030405060708090a0b0c0d0e",
        "c0:ffee02030405060708090a0b0c0d0e"
      })
  void neverRepeatsTheDigitsOfATextThatIsNoKey(String text) throws IOException {
    Path file = file(text);
    Throwable[] thrown = {
      catchThrowable(() -> Cak.parse(text)), catchThrowable(() -> Cak.read(file))
    };
    for (Throwable each : thrown) {
      assertThat(each).isInstanceOf(IllegalArgumentException.class);
      StringWriter trace = new StringWriter();
      each.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString())
          .contains("32 or 64 hexadecimal digits")
          .doesNotContainIgnoringCase("ffee02")
          .doesNotContain("0a0b0c");
    }
    assertThat(thrown[1]).hasMessageContaining(file.toString());
  }

  @Test
  void isReadFromAFileWithWhiteSpaceAround() throws IOException {
    assertThat(Cak.read(file(HEX_128))).isEqualTo(Cak.parse(HEX_128));
    assertThat(Cak.read(file(" \t" + HEX_256 + "\r\n\n"))).isEqualTo(Cak.parse(HEX_256));
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("none");
    assertThatThrownBy(() -> Cak.read(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void aFileThatCannotBeAKeyIsNotReadToItsEnd() throws IOException {
    Path file = file("0".repeat(100_000));
    assertThatThrownBy(() -> Cak.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw-rw-rw-"})
  void aFileOpenToOthersIsRefusedWithAHint(String permissions) throws IOException {
    Path file = file(HEX_128);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> Cak.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(permissions)
        .hasMessageContaining("chmod 600 " + file)
        .hasMessageNotContaining("c0ffee");
  }

  @Test
  void aFileOfItsOwnerAloneIsTaken() throws IOException {
    Path file = file(HEX_128);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(Cak.read(file).length()).isEqualTo(16);
  }

  @Test
  void isGeneratedFromTheGivenRandomness() {
    assertThat(Cak.generate(128, new Random(1)).length()).isEqualTo(16);
    assertThat(Cak.generate(256, new Random(1))).isEqualTo(Cak.generate(256, new Random(1)));
    assertThat(Cak.generate(256, new Random(1))).isNotEqualTo(Cak.generate(256, new Random(2)));
    assertThatThrownBy(() -> Cak.generate(192, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("128 or 256 bits");
  }

  @Test
  void showsNothingOfItself() {
    Cak key = Cak.parse(HEX_128);
    assertThat(key).hasToString("CAK (128 bits)");
    assertThat(key).hasSameHashCodeAs(Cak.generate(128, new Random(3)));
  }

  @Test
  void destroyedItGivesNoOctetsAndEqualsNothingElse() {
    Cak key = Cak.parse(HEX_128);
    Cak copy = key.copy();
    key.destroy();
    key.destroy();
    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(key::toByteArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(key::copy).isInstanceOf(IllegalStateException.class);
    assertThat(key).isNotEqualTo(Cak.of(new byte[16])).isNotEqualTo(copy);
    assertThat(copy).isEqualTo(Cak.parse(HEX_128));
  }
}
