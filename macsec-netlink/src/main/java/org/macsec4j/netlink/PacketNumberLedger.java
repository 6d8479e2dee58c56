package org.macsec4j.netlink;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.TransmitSa;

/**
 * Remembers up to which packet number each key was used for transmission, so that no number is used
 * twice under one key: GCM would give up its authentication key. The kernel has no such memory.
 *
 * <p>What must not repeat is the nonce under a key: SCI and number or, with XPN, SSCI, salt and
 * number. So the same key with another SCI, as every member of a CA has it, is another entry. A key
 * is known again by a digest that only this process can compute; a key that somebody else installed
 * is known by its identifier alone.
 *
 * <p>A key that was installed here counts as used up until its SA is removed here and the kernel
 * was asked how far it came. When an SA vanishes otherwise, nobody knows, and the key stays
 * refused.
 */
final class PacketNumberLedger {
  private static final String DIGEST = "HmacSHA256";

  /** A place for a transmit SA. */
  record Slot(int secy, AssociationNumber an) {}

  /** What repeats when a packet number does. */
  private record Use(ByteBuffer digest) {}

  private record Seen(Sci sci, KeyIdentifier key) {}

  /** A key in use; what was known of it, and what was claimed in the same place before. */
  private record Claim(Use use, Seen seen, @Nullable Long next, @Nullable Claim before) {}

  private final SecretKeySpec secret = new SecretKeySpec(randomOctets(), DIGEST);
  private final Map<Use, Long> nextPns = new HashMap<>();
  private final Map<Seen, Long> foreign = new HashMap<>();
  private final Map<Slot, Claim> claims = new HashMap<>();

  private static byte[] randomOctets() {
    byte[] octets = new byte[32];
    new SecureRandom().nextBytes(octets);
    return octets;
  }

  /**
   * Takes a key into use, before it is installed.
   *
   * @throws MacsecException when a number would be used twice
   */
  synchronized void claim(Slot slot, Sci sci, TransmitSa sa, String operation) {
    Use use = use(sci, sa);
    Seen seen = new Seen(sci, sa.key().identifier());
    Long next = nextPns.get(use);
    requireUnused(next, sa, operation);
    requireUnused(foreign.get(seen), sa, operation);
    claims.put(slot, new Claim(use, seen, next, claims.get(slot)));
    nextPns.put(use, 0L);
  }

  private static void requireUnused(@Nullable Long next, TransmitSa sa, String operation) {
    if (next == null) {
      return;
    }
    String key = operation + ": key " + sa.key().identifier();
    if (next == 0) {
      throw new MacsecException(
          MacsecException.Kind.PACKET_NUMBER,
          key
              + " is in use by an SA, or its packet numbers are used up, or it is not known how far"
              + " it was used; use another key");
    }
    if (Long.compareUnsigned(sa.nextPn().value(), next) < 0) {
      throw new MacsecException(
          MacsecException.Kind.PACKET_NUMBER,
          key
              + " was used up to packet number "
              + PacketNumber.of(next - 1)
              + ", but nextPn is "
              + sa.nextPn()
              + "; go on at "
              + PacketNumber.of(next)
              + " or above, or use another key");
    }
  }

  /** Undoes a claim, as the kernel did not take the SA. */
  synchronized void abandon(Slot slot) {
    Claim claim = claims.remove(slot);
    if (claim == null) {
      return;
    }
    if (claim.next == null) {
      nextPns.remove(claim.use);
    } else {
      nextPns.put(claim.use, claim.next);
    }
    if (claim.before != null) {
      claims.put(slot, claim.before);
    }
  }

  /** An SA is gone, whose key was used below a number; 0 when its numbers are used up. */
  synchronized void release(Slot slot, Sci sci, KeyIdentifier key, PacketNumber nextPn) {
    Claim claim = claims.remove(slot);
    if (claim != null && claim.seen.key.equals(key)) {
      nextPns.put(claim.use, nextPn.value());
    } else {
      foreign.merge(new Seen(sci, key), nextPn.value(), PacketNumberLedger::later);
    }
  }

  private static long later(long one, long other) {
    boolean exhausted = one == 0 || other == 0;
    return exhausted ? 0 : Long.compareUnsigned(one, other) > 0 ? one : other;
  }

  private Use use(Sci sci, TransmitSa sa) {
    SecureAssociationKey key = sa.key();
    byte[] octets = key.toByteArray();
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(secret);
      mac.update(octets);
      if (sa.ssci().isPresent()) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, sa.ssci().get().value()));
        key.salt().map(Salt::toByteArray).ifPresent(mac::update);
      } else {
        mac.update(sci.toByteArray());
      }
      return new Use(ByteBuffer.wrap(mac.doFinal()).asReadOnlyBuffer());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + DIGEST, e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
