package org.macsec4j;

/** Something that happened to a SecY, whoever caused it. */
public sealed interface SecyEvent {
  /**
   * The SecY.
   *
   * @return what the backend calls it
   */
  SecyId secy();

  /**
   * A SecY was made.
   *
   * @param secy the SecY
   */
  record Created(SecyId secy) implements SecyEvent {}

  /**
   * A SecY's configuration, channels or SAs changed.
   *
   * @param secy the SecY
   */
  record Changed(SecyId secy) implements SecyEvent {}

  /**
   * A SecY was removed.
   *
   * @param secy the SecY
   */
  record Removed(SecyId secy) implements SecyEvent {}

  /**
   * A SecY became able, or unable, to send frames.
   *
   * @param secy the SecY
   * @param operational whether it can send
   */
  record OperationalChanged(SecyId secy, boolean operational) implements SecyEvent {}

  /**
   * Software protects a SecY that was made through this backend, as hardware was preferred ({@link
   * OffloadPolicy#PREFER}) and did not do.
   *
   * @param secy the SecY
   * @param reason why not, of each place that was tried
   */
  record OffloadFellBack(SecyId secy, String reason) implements SecyEvent {}

  /**
   * The packet numbers of a transmit SA will be used up soon: it is time for another key. Told once
   * for an SA and its key, also when the SA is beyond the threshold as it is seen first, and always
   * before {@link PacketNumbersExhausted}.
   *
   * @param secy the SecY
   * @param an which SA
   * @param nextPn the number of the next frame as it was seen, the threshold or above; 0 when the
   *     last number was used meanwhile
   * @see PacketNumberThreshold
   */
  record PacketNumberThresholdReached(SecyId secy, AssociationNumber an, PacketNumber nextPn)
      implements SecyEvent {}

  /**
   * The packet numbers of a transmit SA are used up; it sends no more (802.1AE 10.5.2).
   *
   * @param secy the SecY
   * @param an which SA
   */
  record PacketNumbersExhausted(SecyId secy, AssociationNumber an) implements SecyEvent {}
}
