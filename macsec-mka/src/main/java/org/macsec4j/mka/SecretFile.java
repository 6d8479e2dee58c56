package org.macsec4j.mka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a file with a secret in it: that it is its owner's alone, as SSH asks of keys.
 */
public final class SecretFile {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * Whether others than its owner can read or write a file.
   *
   * @param file the file
   * @return the end of a sentence that says so, with what to do; empty when they cannot, and on a
   *     file system without POSIX permissions
   * @throws IOException when the permissions cannot be read
   */
  public static Optional<String> openToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return Optional.empty();
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.stream().anyMatch(OTHERS::contains)
        ? Optional.of(
            "is open to group or others ("
                + PosixFilePermissions.toString(permissions)
                + "); hint: chmod 600 "
                + file)
        : Optional.empty();
  }
}
