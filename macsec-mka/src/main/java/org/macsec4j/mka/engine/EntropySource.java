package org.macsec4j.mka.engine;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Where the engine's chance comes from: member identifiers, nonces of SAKs, the spread of hellos.
 */
@FunctionalInterface
public interface EntropySource {
  /**
   * Fills an array with random octets.
   *
   * @param target the array
   */
  void fill(byte[] target);

  /**
   * The system's random numbers, for real traffic.
   *
   * @return a source that may be shared
   */
  static EntropySource secure() {
    SecureRandom random = new SecureRandom();
    return random::nextBytes;
  }

  /**
   * The same octets for the same seed, for simulation and tests alone: keys made of them are no
   * secret.
   *
   * @param seed the seed
   * @return a source for one engine
   */
  static EntropySource seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random::nextBytes;
  }
}
