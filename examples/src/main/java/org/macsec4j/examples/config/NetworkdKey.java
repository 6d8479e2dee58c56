package org.macsec4j.examples.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.SecretFile;

/**
 * The key of an association in a {@code .netdev} file: of 128 bits, as networkd knows no other, in
 * the file itself or in one that it names. No message repeats a digit.
 */
record NetworkdKey(Section section, Settings settings, Reading reading) {
  private static final int OCTETS = 16;
  private static final int MAX_FILE_OCTETS = 1024;

  Optional<SecureAssociationKey> read() {
    Optional<KeyIdentifier> identifier =
        NetworkdFormat.require(settings, "KeyId", section, reading)
            .flatMap(entry -> settings.read(entry, NetworkdKey::identifier));
    Optional<Section.Entry> inline = settings.take("Key");
    Optional<Section.Entry> file =
        settings.take("KeyFile").filter(entry -> !entry.value().isEmpty());
    inline.ifPresent(entry -> reading.keysWithin());
    Optional<byte[]> octets =
        file.isPresent()
            ? settings.read(file.get(), NetworkdKey::ofFile)
            : inline.flatMap(entry -> settings.read(entry, NetworkdKey::ofText));
    if (file.isPresent() && inline.isPresent()) {
      reading.problem(inline.get(), "is not used, as KeyFile is set; take one of them away");
    } else if (file.isEmpty() && inline.isEmpty()) {
      String where = "line " + section.line() + ", " + section.name();
      reading.problems().add(where + ": lacks KeyFile, or Key");
    }
    try {
      return octets.flatMap(key -> identifier.map(name -> SecureAssociationKey.of(name, key)));
    } finally {
      octets.ifPresent(key -> Arrays.fill(key, (byte) 0));
    }
  }

  /** The same key by another name. */
  static SecureAssociationKey of(KeyIdentifier identifier, SecureAssociationKey key) {
    byte[] octets = key.toByteArray();
    try {
      return SecureAssociationKey.of(identifier, octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The manual calls it a number of 0..255; networkd reads digits, as {@code ip macsec} does. */
  private static KeyIdentifier identifier(String digits) {
    try {
      return KeyIdentifier.parse(digits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is 2 to 32 hexadecimal digits, an even number", e);
    }
  }

  private static byte[] ofText(String digits) {
    return octets(digits.getBytes(StandardCharsets.UTF_8), "is");
  }

  private static byte[] ofFile(String name) {
    Path file = Path.of(name);
    if (!file.isAbsolute()) {
      throw new IllegalArgumentException("is an absolute path");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IllegalArgumentException("is no file; macsec reads no key from a socket");
    }
    try (InputStream in = Files.newInputStream(file)) {
      Optional<String> open = SecretFile.openToOthers(file);
      if (open.isPresent()) {
        throw new IllegalArgumentException(file + " " + open.get());
      }
      return octets(in.readNBytes(MAX_FILE_OCTETS), file + " holds");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read: " + e, new UncheckedIOException(e));
    }
  }

  /** Of digits with white space anywhere; the text is wiped. */
  private static byte[] octets(byte[] text, String what) {
    byte[] octets = new byte[OCTETS];
    boolean wrong = false;
    int digits = 0;
    for (byte octet : text) {
      int digit = Character.digit(octet, 16);
      if (digit >= 0) {
        if (digits < 2 * OCTETS) {
          octets[digits / 2] = (byte) (octets[digits / 2] << 4 | digit);
        }
        digits++;
      } else {
        wrong |= !Character.isWhitespace(octet);
      }
    }
    Arrays.fill(text, (byte) 0);
    if (wrong || digits != 2 * OCTETS) {
      Arrays.fill(octets, (byte) 0);
      throw new IllegalArgumentException(
          what + " 32 hexadecimal digits: networkd has keys of 128 bits alone");
    }
    return octets;
  }
}
