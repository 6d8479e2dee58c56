package org.macsec4j.mka;

import java.util.List;
import java.util.Objects;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;

/**
 * What is to be remembered of a participant, so that another one in its place, as after a restart
 * of the process, can go on under the same member identifier. It is no secret: all of it went over
 * the wire in clear, or is a digest of a random key.
 *
 * @param ckn the name of its CAK
 * @param sci its SCI; under another one its member identifier would be taken for a stranger's
 * @param memberIdentifier its member identifier
 * @param messageNumber its last message number, 0..2^32 - 1; 0 before the first
 * @param keyNumber the number of the last SAK that it made, 0..2^32 - 1; 0 for none
 * @param keys the SAKs that it had, the newest first; none of them may come into use again, as
 *     packet numbers would begin anew
 */
public record FormerLife(
    Ckn ckn,
    Sci sci,
    MemberIdentifier memberIdentifier,
    long messageNumber,
    long keyNumber,
    List<HeldKey> keys) {
  private static final long MAX_NUMBER = 0xFFFF_FFFFL;

  /**
   * A SAK that a participant had.
   *
   * @param identifier its key server and number
   * @param an its association number
   * @param print by what it is known again under another name
   */
  public record HeldKey(MkaKeyIdentifier identifier, AssociationNumber an, SakPrint print) {
    /**
     * Checks that there is all.
     *
     * @param identifier its key server and number
     * @param an its association number
     * @param print by what it is known again under another name
     */
    public HeldKey {
      Objects.requireNonNull(identifier, "identifier");
      Objects.requireNonNull(an, "an");
      Objects.requireNonNull(print, "print");
    }
  }

  /**
   * Checks the ranges.
   *
   * @param ckn the name of its CAK
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   * @param messageNumber its last message number
   * @param keyNumber the number of the last SAK that it made
   * @param keys the SAKs that it had
   * @throws IllegalArgumentException for a number that is out of range, or no member identifier
   */
  public FormerLife {
    Objects.requireNonNull(ckn, "ckn");
    Objects.requireNonNull(sci, "sci");
    keys = List.copyOf(keys);
    if (memberIdentifier.isZero()) {
      throw new IllegalArgumentException("the member identifier of a former life is all zero");
    }
    check("message number", messageNumber);
    check("key number", keyNumber);
  }

  private static void check(String what, long number) {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "the " + what + " " + number + " of a former life is not in 0..2^32 - 1");
    }
  }
}
