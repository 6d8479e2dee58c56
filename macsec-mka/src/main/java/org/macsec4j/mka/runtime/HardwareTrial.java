package org.macsec4j.mka.runtime;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.ScratchSecy;

/**
 * Tries SecYs on hardware, as no driver can be asked what it takes. There are drivers that look at
 * some settings of a SecY no sooner than it gets a key; so it gets some, which are used for
 * nothing.
 */
final class HardwareTrial {
  private final MacsecBackend backend;
  private final List<MacsecException> refusals = new ArrayList<>();
  private boolean keysRefused;

  HardwareTrial(MacsecBackend backend) {
    this.backend = backend;
  }

  /** Whether a refusal is for what a thing is, and not for want of room or the like. */
  static boolean isForWhatItIs(MacsecException refusal) {
    return refusal.kind() == Kind.UNSUPPORTED || refusal.kind() == Kind.INVALID;
  }

  /**
   * Makes such a SecY, gives it keys and takes it away.
   *
   * @param config requires hardware
   * @return whether all of it was done
   */
  boolean takes(SecyConfig config) {
    try {
      return ScratchSecy.with(backend, config, scratch -> takesKeys(scratch, config.cipherSuite()));
    } catch (MacsecException e) {
      refusals.add(e);
      return false;
    }
  }

  private boolean takesKeys(SecyId scratch, CipherSuite suite) {
    RandomGenerator random = backend.randomness().orElseGet(SecureRandom::new);
    SecureAssociationKey key = key(random, suite);
    try {
      for (SecyCommand command : commands(random, suite, key)) {
        backend.apply(scratch, command).orThrow();
      }
      return true;
    } catch (MacsecException e) {
      keysRefused = true;
      throw e;
    } finally {
      key.destroy();
    }
  }

  private static List<SecyCommand> commands(
      RandomGenerator random, CipherSuite suite, SecureAssociationKey key) {
    Sci peer = ScratchSecy.strangeSci(random);
    TransmitSa.Builder transmit =
        TransmitSa.builder(AssociationNumber.AN_0, key).nextPn(PacketNumber.FIRST);
    ReceiveSa.Builder receive =
        ReceiveSa.builder(AssociationNumber.AN_0, key).lowestPn(PacketNumber.FIRST);
    if (suite.isXpn()) {
      transmit.ssci(Ssci.of(1));
      receive.ssci(Ssci.of(2));
    }
    return List.of(
        new SecyCommand.InstallTransmitSa(transmit.build()),
        new SecyCommand.CreateReceiveSc(peer),
        new SecyCommand.InstallReceiveSa(peer, receive.build()));
  }

  private static SecureAssociationKey key(RandomGenerator random, CipherSuite suite) {
    byte[] octets = octets(random, suite.keyLength());
    KeyIdentifier name = KeyIdentifier.of(octets(random, KeyIdentifier.LENGTH));
    try {
      return suite.isXpn()
          ? SecureAssociationKey.ofXpn(name, octets, Salt.of(octets(random, Salt.LENGTH)))
          : SecureAssociationKey.of(name, octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static byte[] octets(RandomGenerator random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  /** Whether every refusal was for what was tried, so that it is known. */
  boolean isRefusedForWhatItIs() {
    return refusals.stream().allMatch(HardwareTrial::isForWhatItIs);
  }

  /** Whether a SecY was taken at least, and its keys were not. */
  boolean isRefusedWithKeysAlone() {
    return keysRefused;
  }

  /** All refusals in one; there was one at least. */
  MacsecException refusal() {
    String reasons =
        refusals.stream()
            .map(refusal -> ScratchSecy.withoutName(String.valueOf(refusal.getMessage())))
            .distinct()
            .collect(Collectors.joining("; "));
    return new MacsecException(refusals.get(0).kind(), reasons, refusals.get(0));
  }
}
