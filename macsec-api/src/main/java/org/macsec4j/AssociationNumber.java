package org.macsec4j;

/** An Association Number (IEEE 802.1AE 7.1.3): which of four SAs of a secure channel. */
public enum AssociationNumber {
  /** Association Number 0. */
  AN_0(0),
  /** Association Number 1. */
  AN_1(1),
  /** Association Number 2. */
  AN_2(2),
  /** Association Number 3. */
  AN_3(3);

  private static final AssociationNumber[] VALUES = values();

  private final int value;

  AssociationNumber(int value) {
    this.value = value;
  }

  /**
   * The Association Number of a value.
   *
   * @param value 0..3
   * @return the Association Number
   * @throws IllegalArgumentException outside of 0..3
   */
  public static AssociationNumber of(int value) {
    if (value < 0 || value >= VALUES.length) {
      throw new IllegalArgumentException("an association number is 0..3, not " + value);
    }
    return VALUES[value];
  }

  /**
   * The value on the wire.
   *
   * @return 0..3
   */
  public int value() {
    return value;
  }

  /**
   * The next number, 0 after 3.
   *
   * @return the next number
   */
  public AssociationNumber next() {
    return VALUES[(value + 1) % VALUES.length];
  }

  /** The bare digit. */
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
