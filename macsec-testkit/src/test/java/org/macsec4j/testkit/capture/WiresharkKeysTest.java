package org.macsec4j.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

class WiresharkKeysTest {
  private static final String CAK = "0123456789abcdef0123456789abcdef";
  private static final String SAK = "ffeeddccbbaa99887766554433221100";

  private final WiresharkKeys keys =
      new WiresharkKeys()
          .add(Ckn.parse("6d61637365632d31"), Cak.parse(CAK), "a \"lab\"")
          .add(SecureAssociationKey.parse(KeyIdentifier.parse("01"), SAK), "AN 0");

  @TempDir private Path folder;

  @Test
  void writesTheTablesThatWiresharkReads() throws IOException {
    keys.writeKeysInClearTo(folder.resolve("profile"));

    assertThat(folder.resolve("profile/mka_ckn_info"))
        .hasContent("6d61637365632d31,\"a \\x22lab\\x22\"," + CAK + "\n");
    assertThat(folder.resolve("profile/psk_config_data")).hasContent(SAK + ",\"AN 0\"\n");
  }

  @Test
  void theTablesAreTheOwnersAlone() throws IOException {
    keys.writeKeysInClearTo(folder);

    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve(WiresharkKeys.MKA_TABLE))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void neverOverwritesAUsersTable() throws IOException {
    Files.writeString(folder.resolve(WiresharkKeys.MKA_TABLE), "theirs");

    assertThatThrownBy(() -> keys.writeKeysInClearTo(folder))
        .hasMessageContaining("exists already and is left as it is");
    assertThat(folder.resolve(WiresharkKeys.MKA_TABLE)).hasContent("theirs");
  }

  @Test
  void leavesOutAnEmptyTableAndShowsNoKey() {
    new WiresharkKeys().add(Ckn.parse("01"), Cak.parse(CAK), "").writeKeysInClearTo(folder);

    assertThat(folder.resolve(WiresharkKeys.SAK_TABLE)).doesNotExist();
    assertThat(keys).hasToString("1 CAKs, 1 SAKs");
  }

  @Test
  void isUselessOnceDestroyed() {
    keys.destroy();

    assertThat(keys.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> keys.writeKeysInClearTo(folder));
  }
}
