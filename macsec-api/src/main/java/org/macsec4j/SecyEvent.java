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
   * The packet numbers of a transmit SA are used up; it sends no more (802.1AE 10.5.2).
   *
   * @param secy the SecY
   * @param an which SA
   */
  record PacketNumbersExhausted(SecyId secy, AssociationNumber an) implements SecyEvent {}
}
