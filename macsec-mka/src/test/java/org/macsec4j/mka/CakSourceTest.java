package org.macsec4j.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CakSourceTest {
  private static final String DIGITS = "000102030405060708090a0b0c0d0e0f";
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private Path file(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("cak"), DIGITS + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Path keyStore(byte[] key) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setEntry(
        "cak",
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "AES")),
        new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    Path file = folder.resolve("keys.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  @Test
  void aFileMustBeItsOwnersAlone() throws IOException {
    assertThat(CakSource.file(file("rw-------")).read()).isEqualTo(Cak.parse(DIGITS));
    CakSource open = CakSource.file(file("rw-r-----"));
    assertThatIllegalArgumentException()
        .isThrownBy(open::read)
        .withMessageContaining("open to group or others")
        .withMessageNotContaining(DIGITS);
  }

  @Test
  void aCredentialIsAFileOfTheServicesFolderWhateverItsMode() throws IOException {
    file("r--r-----");
    Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
    assertThat(CakSource.credential("cak", environment::get).read()).isEqualTo(Cak.parse(DIGITS));
    assertThatThrownBy(CakSource.credential("other", environment::get)::read)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("other");
    assertThatIllegalArgumentException()
        .isThrownBy(CakSource.credential("cak", Map.<String, String>of()::get)::read)
        .withMessageContaining("CREDENTIALS_DIRECTORY is not set")
        .withMessageContaining("LoadCredential=");
    for (String name : new String[] {"", "..", "../cak", "/etc/cak"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> CakSource.credential(name));
    }
  }

  @Test
  void aVariableHoldsDigitsAndIsNotRepeated() {
    Map<String, String> environment = Map.of("CAK", DIGITS, "BAD", DIGITS + "zz");
    assertThat(CakSource.environment("CAK", environment::get).read()).isEqualTo(Cak.parse(DIGITS));
    assertThatIllegalArgumentException()
        .isThrownBy(CakSource.environment("NONE", environment::get)::read)
        .withMessageContaining("NONE is not set");
    assertThatIllegalArgumentException()
        .isThrownBy(CakSource.environment("BAD", environment::get)::read)
        .withMessageStartingWith("BAD: ")
        .withMessageNotContaining("0001");
  }

  @Test
  void aKeyStoreOpensWithItsPasswordWhichIsZeroed() throws Exception {
    Path file = keyStore(Cak.parse(DIGITS).toByteArray());
    char[] password = PASSWORD.toCharArray();
    assertThat(CakSource.keyStore(file, "cak", () -> password).read()).isEqualTo(Cak.parse(DIGITS));
    assertThat(password).containsOnly('\0');
    assertThatIllegalArgumentException()
        .isThrownBy(CakSource.keyStore(file, "cak", "wrong"::toCharArray)::read)
        .withMessageContaining("the password does not open the store")
        .withMessageNotContaining("wrong");
    assertThatIllegalArgumentException()
        .isThrownBy(CakSource.keyStore(file, "none", PASSWORD::toCharArray)::read)
        .withMessageContaining("there is no key in key store")
        .withMessageContaining("alias none");
    assertThatThrownBy(CakSource.keyStore(folder.resolve("no"), "c", PASSWORD::toCharArray)::read)
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() throws Exception {
    CakSource source = CakSource.keyStore(keyStore(new byte[24]), "cak", PASSWORD::toCharArray);
    assertThatIllegalArgumentException()
        .isThrownBy(source::read)
        .withMessageContaining("16 or 32 octets, not 24");
  }

  /** A store that the JDK's own tool has made. */
  @Test
  void readsWhatKeytoolMakes() throws Exception {
    Path file = folder.resolve("tool.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process tool =
        new ProcessBuilder(
                keytool,
                "-genseckey",
                "-alias",
                "cak",
                "-keyalg",
                "AES",
                "-keysize",
                "256",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tool.exitValue())
        .as(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    CakSource source = CakSource.keyStore(file, "cak", PASSWORD::toCharArray);
    assertThat(source.read().length()).isEqualTo(Cak.LENGTH_256);
    assertThat(source).hasToString("key store " + file + ", alias cak");
  }
}
