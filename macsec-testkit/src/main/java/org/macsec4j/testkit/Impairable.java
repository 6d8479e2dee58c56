package org.macsec4j.testkit;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Something whose way of carrying frames can be made worse, at any time, also while frames travel.
 *
 * <p>Chance is drawn from the seed of the {@link Lab}: each direction of each medium has a source
 * of its own, and each frame takes the same number of draws, so that changing one fault does not
 * shift the others. The same seed and the same calls give the same run, byte for byte.
 *
 * @param <T> what the methods return, for chaining
 */
public interface Impairable<T> {
  /**
   * Loses frames.
   *
   * @param probability 0..1; default 0
   * @return this
   */
  T loss(double probability);

  /**
   * Sets how long each frame travels.
   *
   * @param value 0 or more; default 1 microsecond
   * @return this
   */
  T latency(Duration value);

  /**
   * Delays each frame by a further time between 0 and a limit; frames keep their order.
   *
   * @param limit 0 or more; default 0
   * @return this
   */
  T jitter(Duration limit);

  /**
   * Holds frames back, so that others overtake them.
   *
   * @param probability 0..1; default 0
   * @param limit a frame is held back by a time between 0 and this limit
   * @return this
   */
  T reorder(double probability, Duration limit);

  /**
   * Delivers frames twice.
   *
   * @param probability 0..1; default 0
   * @return this
   */
  T duplicate(double probability);

  /**
   * Flips one bit anywhere in a frame, as if the FCS had missed it.
   *
   * @param probability 0..1; default 0
   * @return this
   */
  T corrupt(double probability);

  /**
   * Lets only some frames pass; for losses that are aimed rather than drawn.
   *
   * @param passes says for a frame, from the destination address on, whether it passes; must not
   *     change it
   * @return this
   */
  T filter(Predicate<byte[]> passes);

  /**
   * Interrupts: no frame passes, and those that travel are lost.
   *
   * @return this
   */
  T cut();

  /**
   * Ends an interruption; the other faults stay as they are set.
   *
   * @return this
   */
  T restore();
}
