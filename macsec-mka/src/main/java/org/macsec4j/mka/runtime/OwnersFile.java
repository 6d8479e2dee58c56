package org.macsec4j.mka.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.mka.SecretFile;

/**
 * A file that is the business of this process's user alone. It is made so; one that others can read
 * or write, that is another user's, or that is a symbolic link is refused.
 */
final class OwnersFile {
  private OwnersFile() {}

  /**
   * Opens the file. It is looked at each time: somebody may have put another one there, or opened
   * it to others.
   *
   * @throws IOException when it cannot be opened, or is not this user's alone
   */
  static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    FileChannel open = FileChannel.open(file, all, ownerAlone(file));
    try {
      refuseIfNotOursAlone(file);
      return open;
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  private static FileAttribute<?>[] ownerAlone(Path file) {
    return hasOwners(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasOwners(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void refuseIfNotOursAlone(Path file) throws IOException {
    if (!hasOwners(file)) {
      return;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no regular file");
    }
    Optional<String> open = SecretFile.openToOthers(file);
    if (open.isPresent()) {
      throw new IOException("it " + open.get());
    }
    UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    UserPrincipal self = self();
    if (!owner.equals(self)) {
      throw new IOException("it is " + owner.getName() + "'s, and this process is " + self);
    }
  }

  /** Who owns what this process makes; no name of a user is needed for that. */
  private static UserPrincipal self() throws IOException {
    Path probe = Files.createTempFile("macsec4j", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /** Why, in words; those of the file system come with its own name for it. */
  static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass() == IOException.class && message != null ? message : e.toString();
  }
}
