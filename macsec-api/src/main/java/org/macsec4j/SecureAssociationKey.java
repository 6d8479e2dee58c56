package org.macsec4j;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * A Secure Association Key (IEEE 802.1AE 7.1.3) with its identifier and, for the XPN suites, its
 * salt.
 *
 * <p>The octets are held in one array that {@link #destroy()} fills with zeros. Nothing prints
 * them: {@link #toString()} shows the identifier alone, exceptions show lengths alone. Equality
 * compares the octets in constant time.
 */
public final class SecureAssociationKey implements Destroyable {
  private final KeyIdentifier identifier;
  private final byte[] octets;
  private final @Nullable Salt salt;
  private volatile boolean destroyed;

  private SecureAssociationKey(KeyIdentifier identifier, byte[] octets, @Nullable Salt salt) {
    this.identifier = Objects.requireNonNull(identifier, "identifier");
    if (octets.length != 16 && octets.length != 32) {
      throw new IllegalArgumentException("a SAK has 16 or 32 octets, not " + octets.length);
    }
    this.octets = octets.clone();
    this.salt = salt;
  }

  /**
   * A key for a suite without extended packet numbering.
   *
   * @param identifier its identifier
   * @param octets 16 or 32 octets; copied, so the caller can zero its own
   * @return the key
   * @throws IllegalArgumentException for another length
   */
  public static SecureAssociationKey of(KeyIdentifier identifier, byte[] octets) {
    return new SecureAssociationKey(identifier, octets, null);
  }

  /**
   * A key for an XPN suite.
   *
   * @param identifier its identifier
   * @param octets 16 or 32 octets; copied, so the caller can zero its own
   * @param salt the salt of this key
   * @return the key
   * @throws IllegalArgumentException for another length
   */
  public static SecureAssociationKey ofXpn(KeyIdentifier identifier, byte[] octets, Salt salt) {
    return new SecureAssociationKey(identifier, octets, Objects.requireNonNull(salt, "salt"));
  }

  /**
   * A key of hexadecimal digits.
   *
   * @param identifier its identifier
   * @param hex 32 or 64 digits
   * @return the key
   * @throws IllegalArgumentException for another length or a digit that is none; the message does
   *     not repeat the digits
   */
  public static SecureAssociationKey parse(KeyIdentifier identifier, String hex) {
    byte[] octets;
    try {
      octets = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      // The cause would quote the digits.
      throw new IllegalArgumentException("a SAK has 32 or 64 hexadecimal digits");
    }
    try {
      return new SecureAssociationKey(identifier, octets, null);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * A fresh key for a suite, with a random identifier and, for an XPN suite, a random salt.
   *
   * @param suite the suite
   * @param random where the octets come from; a {@link java.security.SecureRandom} for real traffic
   * @return the key
   */
  public static SecureAssociationKey generate(CipherSuite suite, Random random) {
    byte[] identifier = new byte[KeyIdentifier.LENGTH];
    byte[] salt = new byte[Salt.LENGTH];
    byte[] octets = new byte[suite.keyLength()];
    random.nextBytes(identifier);
    random.nextBytes(salt);
    random.nextBytes(octets);
    try {
      return new SecureAssociationKey(
          KeyIdentifier.of(identifier), octets, suite.isXpn() ? Salt.of(salt) : null);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * The identifier, which is no secret.
   *
   * @return the identifier
   */
  public KeyIdentifier identifier() {
    return identifier;
  }

  /**
   * The salt of an XPN suite.
   *
   * @return the salt, empty for the other suites
   */
  public Optional<Salt> salt() {
    return Optional.ofNullable(salt);
  }

  /**
   * The length of the key.
   *
   * @return 16 or 32 octets
   */
  public int length() {
    return octets.length;
  }

  /**
   * The octets, for whoever hands them to a cipher or a kernel. Zero the array after use.
   *
   * @return a new array
   * @throws IllegalStateException when the key was destroyed
   */
  public byte[] toByteArray() {
    if (destroyed) {
      throw new IllegalStateException("the SAK " + identifier + " was destroyed");
    }
    return octets.clone();
  }

  /**
   * Another holder of the same key, destroyed apart from this one.
   *
   * @return a copy
   * @throws IllegalStateException when the key was destroyed
   */
  public SecureAssociationKey copy() {
    if (destroyed) {
      throw new IllegalStateException("the SAK " + identifier + " was destroyed");
    }
    return new SecureAssociationKey(identifier, octets, salt);
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

  /** Same identifier, salt and octets, the octets compared in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecureAssociationKey key
        && identifier.equals(key.identifier)
        && Objects.equals(salt, key.salt)
        && destroyed == key.destroyed
        && MessageDigest.isEqual(octets, key.octets);
  }

  /** From the identifier alone, so that the hash tells nothing of the octets. */
  @Override
  public int hashCode() {
    return identifier.hashCode();
  }

  /** The identifier and the length; never the octets. */
  @Override
  public String toString() {
    return "SAK " + identifier + " (" + 8 * octets.length + " bits)";
  }
}
