package org.macsec4j.mka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * A secure Connectivity Association Key (IEEE 802.1X 9.3): the root of all keys of a CA, 128 or 256
 * bits.
 *
 * <p>The octets are held in one array that {@link #destroy()} fills with zeros. Nothing prints
 * them: {@link #toString()} shows the length alone, and no exception repeats a digit. Equality
 * compares in constant time.
 */
public final class Cak implements Destroyable {
  /** Octets of a 128-bit key. */
  public static final int LENGTH_128 = 16;

  /** Octets of a 256-bit key. */
  public static final int LENGTH_256 = 32;

  /** Far above 64 digits and their white space; a larger file is some other file. */
  private static final int MAX_FILE_OCTETS = 1024;

  private final byte[] octets;
  private volatile boolean destroyed;

  private Cak(byte[] owned) {
    octets = owned;
  }

  /**
   * A key of the given octets.
   *
   * @param octets 16 or 32 octets; copied, so the caller can zero its own
   * @return the key
   * @throws IllegalArgumentException for another length
   */
  public static Cak of(byte[] octets) {
    checkLength(octets.length, "a CAK");
    return new Cak(octets.clone());
  }

  /**
   * A key of hexadecimal digits. {@link #read} is better: a {@link String} cannot be zeroed.
   *
   * @param hex 32 or 64 digits
   * @return the key
   * @throws IllegalArgumentException when it is something else; the message does not repeat it
   */
  public static Cak parse(String hex) {
    byte[] text = hex.getBytes(StandardCharsets.UTF_8);
    try {
      return ofDigits(text, "a CAK");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Reads a key from a text file of 32 or 64 hexadecimal digits; white space around them, such as
   * the newline of an editor, is ignored.
   *
   * <p>On a file system with POSIX permissions the file must be readable and writable by its owner
   * alone, as SSH asks of its keys.
   *
   * @param file the file
   * @return the key
   * @throws UncheckedIOException when the file cannot be read
   * @throws IllegalArgumentException when the file is open to others or holds something else; the
   *     message names the file and never repeats what is in it
   */
  public static Cak read(Path file) {
    return read(file, true);
  }

  /** Who keeps others away by the folder alone, as systemd does, does not ask about the file. */
  static Cak read(Path file, boolean forOwnerAlone) {
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      if (forOwnerAlone) {
        refuseWhenOpenToOthers(file);
      }
      text = in.readNBytes(MAX_FILE_OCTETS + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the CAK file " + file + ": " + e, e);
    }
    try {
      if (text.length > MAX_FILE_OCTETS) {
        throw new IllegalArgumentException(
            "the CAK file " + file + " is too long: it holds 32 or 64 hexadecimal digits alone");
      }
      return ofDigits(text, "the CAK file " + file);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * A random key.
   *
   * @param bits 128 or 256
   * @param random where the octets come from; a {@link java.security.SecureRandom} for real traffic
   * @return the key
   * @throws IllegalArgumentException for another length
   */
  public static Cak generate(int bits, Random random) {
    if (bits != 8 * LENGTH_128 && bits != 8 * LENGTH_256) {
      throw new IllegalArgumentException("a CAK has 128 or 256 bits, not " + bits);
    }
    byte[] fresh = new byte[bits / 8];
    random.nextBytes(fresh);
    return new Cak(fresh);
  }

  private static Cak ofDigits(byte[] text, String what) {
    byte[] octets = HexKey.parse(text);
    if (octets == null) {
      throw new IllegalArgumentException(
          what + " is 32 or 64 hexadecimal digits; a character is none, or one digit is missing");
    }
    if (octets.length != LENGTH_128 && octets.length != LENGTH_256) {
      Arrays.fill(octets, (byte) 0);
      throw new IllegalArgumentException(
          what + " is 32 or 64 hexadecimal digits, not " + 2 * octets.length);
    }
    return new Cak(octets);
  }

  private static void checkLength(int length, String what) {
    if (length != LENGTH_128 && length != LENGTH_256) {
      throw new IllegalArgumentException(what + " has 16 or 32 octets, not " + length);
    }
  }

  private static void refuseWhenOpenToOthers(Path file) throws IOException {
    Optional<String> open = SecretFile.openToOthers(file);
    if (open.isPresent()) {
      throw new IllegalArgumentException("the CAK file " + file + " " + open.get());
    }
  }

  /**
   * The length.
   *
   * @return 16 or 32 octets
   */
  public int length() {
    return octets.length;
  }

  /**
   * The octets, for whoever derives keys from them. Zero the array after use.
   *
   * @return a new array
   * @throws IllegalStateException when the key was destroyed
   */
  public byte[] toByteArray() {
    byte[] copy = octets.clone();
    // Asked after the copy: a destroy() in between leaves zeros, which nobody may take for the key.
    if (destroyed) {
      throw new IllegalStateException("the CAK was destroyed");
    }
    return copy;
  }

  /**
   * Another holder of the same key, destroyed apart from this one.
   *
   * @return a copy
   * @throws IllegalStateException when the key was destroyed
   */
  public Cak copy() {
    return new Cak(toByteArray());
  }

  /** Fills the octets with zeros. Repeating it does no harm. */
  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Same octets, compared in constant time. A destroyed key equals only itself. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Cak key
        && !destroyed
        && !key.destroyed
        && MessageDigest.isEqual(octets, key.octets);
  }

  /** From the length alone, so that the hash tells nothing of the octets. */
  @Override
  public int hashCode() {
    return octets.length;
  }

  /** The length; never the octets. */
  @Override
  public String toString() {
    return "CAK (" + 8 * octets.length + " bits)";
  }
}
