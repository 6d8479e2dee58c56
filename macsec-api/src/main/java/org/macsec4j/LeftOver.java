package org.macsec4j;

/**
 * What becomes of a SecY that is there already when one is to be made: of the same name, or without
 * a name given with the same SCI, on the same parent. An earlier process may have left it behind.
 */
public enum LeftOver {
  /** It is in the way: the creation is refused, and says what is in the way. */
  REFUSE,
  /**
   * It is taken over as it is, with its channels and SAs, so that traffic goes on. Refused when it
   * is not what was asked for.
   */
  KEEP,
  /**
   * It is emptied of channels and SAs, set down and made what was asked for, and keeps its number
   * and its addresses. When it differs in what cannot change, it is deleted and made anew.
   */
  RECONCILE,
  /** It is deleted and made anew. */
  RECREATE;

  /**
   * Whether what is made is always a new SecY: nothing was counted, and no channel or SA is there.
   *
   * @return true for {@link #REFUSE} and {@link #RECREATE}
   */
  public boolean makesAnew() {
    return this == REFUSE || this == RECREATE;
  }
}
