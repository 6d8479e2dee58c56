package org.macsec4j;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds for an SA of either direction. */
final class SaChecks {
  /** Stands for a number that was not given; zero is never a valid packet number. */
  private static final PacketNumber NOT_GIVEN = PacketNumber.of(0);

  private SaChecks() {}

  static PacketNumber given(@Nullable PacketNumber pn) {
    return pn == null ? NOT_GIVEN : pn;
  }

  static Problems check(
      String subject,
      SecureAssociationKey key,
      PacketNumber pn,
      String pnName,
      Optional<Ssci> ssci) {
    Objects.requireNonNull(key, "key");
    Problems problems = new Problems(subject);
    problems.require(
        !pn.equals(NOT_GIVEN),
        pnName
            + " must be given, at least 1: PacketNumber.of(1) for a key that was never used,"
            + " otherwise above every number used");
    problems.require(
        key.salt().isPresent() || ssci.isEmpty(), "an SSCI needs an XPN key, which has a salt");
    problems.require(
        key.salt().isEmpty() || ssci.isPresent(), "an XPN key needs an SSCI, 1..4294967295");
    problems.require(!key.isDestroyed(), "the key was destroyed");
    return problems;
  }

  static Problems checkFor(
      CipherSuite suite,
      String subject,
      SecureAssociationKey key,
      PacketNumber pn,
      Optional<Ssci> ssci) {
    Problems problems = new Problems(subject);
    problems.require(
        key.length() == suite.keyLength(),
        suite + " takes a key of " + suite.keyLength() + " octets, not " + key.length());
    problems.require(
        suite.isXpn() == key.salt().isPresent(),
        suite.isXpn()
            ? suite + " needs a salt of 12 octets with the key"
            : suite + " takes no salt; use a key without one");
    problems.require(
        suite.isXpn() == ssci.isPresent(),
        suite.isXpn() ? suite + " needs an SSCI, 1..4294967295" : suite + " takes no SSCI");
    problems.require(
        suite.isXpn() || pn.fits32(), "packet number " + pn + " is not in 1..4294967295");
    return problems;
  }
}
