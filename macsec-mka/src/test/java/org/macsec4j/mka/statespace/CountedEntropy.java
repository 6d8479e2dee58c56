package org.macsec4j.mka.statespace;

import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.engine.EntropySource;

/**
 * Chance that is none: what is drawn says whose it is, of which life, and the how-manyeth. No two
 * draws are the same, and equal histories draw the same.
 *
 * <p>A single octet, which spreads the hellos, is always zero: hellos come as late as they may.
 */
final class CountedEntropy implements EntropySource {
  private final int member;
  private final int life;
  private int identifiers;
  private int nonces;

  CountedEntropy(int member, int life) {
    this.member = member;
    this.life = life;
  }

  @Override
  public void fill(byte[] target) {
    java.util.Arrays.fill(target, (byte) 0);
    if (target.length == 1) {
      return;
    }
    boolean identifier = target.length == MemberIdentifier.LENGTH;
    target[0] = (byte) (identifier ? 'M' : 'N');
    target[1] = (byte) member;
    target[2] = (byte) life;
    target[target.length - 1] = (byte) (identifier ? ++identifiers : ++nonces);
  }
}
