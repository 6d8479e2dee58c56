package org.macsec4j.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

/** Writes a line of CKN and CAK, as {@code macsec inspect --keys} reads it. */
final class KeyFile {
  private KeyFile() {}

  /** Never over a file that exists: it may hold another key. */
  static void write(Path file, Ckn ckn, Cak cak) {
    byte[] octets = cak.toByteArray();
    try {
      Files.createFile(file, ownerAlone(file));
      String line = ckn + " " + HexFormat.of().formatHex(octets) + "\n";
      Files.write(file, line.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the key to " + file, e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static FileAttribute<?>[] ownerAlone(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
