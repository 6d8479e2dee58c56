package org.macsec4j.testkit.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.security.auth.Destroyable;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

/**
 * Writes the tables of keys from which Wireshark decrypts MKA and MACsec.
 *
 * <p><b>This writes keys in clear.</b> Whoever reads the files reads all traffic under these keys,
 * recorded or future. It is for the keys of tests. Nothing in this library calls it; only you do.
 *
 * <p>The files belong into a folder of a Wireshark profile, for instance {@code
 * ~/.config/wireshark/profiles/lab}:
 *
 * <ul>
 *   <li>{@value #MKA_TABLE}: CKN, description, and CAK, the three columns of Wireshark 4.6. From
 *       the CAK it derives the ICK and KEK, and with the preference {@code macsec.mka} it decrypts
 *       data frames with the SAKs that it finds. Version 4.6.9 does so for GCM-AES-128; it did not
 *       for GCM-AES-256 below a CAK of 128 bits, nor for XPN.
 *   <li>{@value #SAK_TABLE}: SAK and description, of Wireshark 4.6 too, for static keys;
 *       GCM-AES-128 and GCM-AES-256 alone, as there is no salt in it.
 * </ul>
 */
public final class WiresharkKeys implements Destroyable {
  /** The name of the table of CKNs and CAKs. */
  public static final String MKA_TABLE = "mka_ckn_info";

  /** The name of the table of static SAKs. */
  public static final String SAK_TABLE = "psk_config_data";

  private static final String OWNER_ALONE = "rw-------";

  private final List<byte[]> mkaLines = new ArrayList<>();
  private final List<byte[]> sakLines = new ArrayList<>();
  private boolean destroyed;

  /** Empty tables. */
  public WiresharkKeys() {}

  /**
   * Adds the key of a CA.
   *
   * @param ckn its name
   * @param cak the key; stays the caller's
   * @param description what Wireshark shows
   * @return this
   */
  public WiresharkKeys add(Ckn ckn, Cak cak, String description) {
    refuseDestroyed();
    byte[] key = cak.toByteArray();
    mkaLines.add(line(ckn + "," + quoted(description) + ",", key, "\n"));
    return this;
  }

  /**
   * Adds a SAK.
   *
   * @param sak the key; stays the caller's
   * @param description what Wireshark shows
   * @return this
   */
  public WiresharkKeys add(SecureAssociationKey sak, String description) {
    refuseDestroyed();
    sakLines.add(line("", sak.toByteArray(), "," + quoted(description) + "\n"));
    return this;
  }

  /**
   * Writes the tables that are not empty, <b>with the keys in clear</b>, readable by the owner
   * alone where the file system knows owners.
   *
   * @param folder of a Wireshark profile; made when it does not exist
   * @throws UncheckedIOException when it cannot be written, also when a table exists already: a
   *     user's own keys are never overwritten
   */
  public void writeKeysInClearTo(Path folder) {
    refuseDestroyed();
    try {
      Files.createDirectories(folder);
      write(folder.resolve(MKA_TABLE), mkaLines);
      write(folder.resolve(SAK_TABLE), sakLines);
    } catch (FileAlreadyExistsException e) {
      throw new UncheckedIOException(
          "the table of keys " + e.getFile() + " exists already and is left as it is", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write tables of keys to " + folder + ": " + e, e);
    }
  }

  private static void write(Path file, List<byte[]> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (OutputStream out =
        java.nio.channels.Channels.newOutputStream(
            Files.newByteChannel(file, options, attributes))) {
      for (byte[] line : lines) {
        out.write(line);
      }
    }
  }

  /** A line around a key, made without a String of the key, which could not be zeroed. */
  private static byte[] line(String before, byte[] key, String after) {
    byte[] head = before.getBytes(StandardCharsets.UTF_8);
    byte[] tail = after.getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(head, head.length + 2 * key.length + tail.length);
    HexFormat hex = HexFormat.of();
    int at = head.length;
    for (byte octet : key) {
      line[at++] = (byte) hex.toHighHexDigit(octet);
      line[at++] = (byte) hex.toLowHexDigit(octet);
    }
    Arrays.fill(key, (byte) 0);
    System.arraycopy(tail, 0, line, at, tail.length);
    return line;
  }

  /** Wireshark reads a quotation mark, a backslash and control characters as {@code \xhh}. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ' || c > '~') {
        quoted.append(c <= 0xFF ? String.format(java.util.Locale.ROOT, "\\x%02x", (int) c) : "?");
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private void refuseDestroyed() {
    if (destroyed) {
      throw new IllegalStateException("the tables of keys were destroyed");
    }
  }

  /** Fills the lines with zeros. Repeating it does no harm. */
  @Override
  public void destroy() {
    destroyed = true;
    mkaLines.forEach(line -> Arrays.fill(line, (byte) 0));
    sakLines.forEach(line -> Arrays.fill(line, (byte) 0));
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** How many keys; never a key. */
  @Override
  public String toString() {
    return mkaLines.size() + " CAKs, " + sakLines.size() + " SAKs";
  }
}
