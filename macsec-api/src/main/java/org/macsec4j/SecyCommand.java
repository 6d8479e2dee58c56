package org.macsec4j;

/**
 * One change of a SecY: the single currency between MKA, applications and every backend.
 *
 * <p>A command is a value without a SecY; whoever hands it to a backend says which SecY is meant.
 * Each is answered by a {@link SecyResult}. Commands that carry a key leave it the caller's: a
 * backend copies what it needs before it answers.
 */
public sealed interface SecyCommand {
  /**
   * Changes the configuration.
   *
   * @param change what is to differ
   */
  record Change(SecyChange change) implements SecyCommand {}

  /**
   * Enables or disables the controlled port, that is, sets the secured interface up or down.
   *
   * @param enabled whether user frames may pass
   */
  record SetControlledPort(boolean enabled) implements SecyCommand {}

  /**
   * Makes a receive channel, enabled.
   *
   * @param sci the peer's SCI
   */
  record CreateReceiveSc(Sci sci) implements SecyCommand {}

  /**
   * Enables or disables a receive channel.
   *
   * @param sci the peer's SCI
   * @param enabled whether it may receive
   */
  record EnableReceiveSc(Sci sci, boolean enabled) implements SecyCommand {}

  /**
   * Removes a receive channel and its SAs.
   *
   * @param sci the peer's SCI
   */
  record DeleteReceiveSc(Sci sci) implements SecyCommand {}

  /**
   * Installs a receive SA.
   *
   * @param sci the peer's SCI
   * @param sa the SA
   */
  record InstallReceiveSa(Sci sci, ReceiveSa sa) implements SecyCommand {}

  /**
   * Enables or disables a receive SA.
   *
   * @param sci the peer's SCI
   * @param an which SA
   * @param enabled whether it may receive
   */
  record EnableReceiveSa(Sci sci, AssociationNumber an, boolean enabled) implements SecyCommand {}

  /**
   * Raises the lowest packet number that a receive SA accepts (802.1AE 10.7.15, delay protection).
   * A number below the present one changes nothing.
   *
   * @param sci the peer's SCI
   * @param an which SA
   * @param lowestPn the lowest number that is accepted
   */
  record RaiseLowestPn(Sci sci, AssociationNumber an, PacketNumber lowestPn)
      implements SecyCommand {}

  /**
   * Removes a receive SA.
   *
   * @param sci the peer's SCI
   * @param an which SA
   */
  record DeleteReceiveSa(Sci sci, AssociationNumber an) implements SecyCommand {}

  /**
   * Installs a transmit SA.
   *
   * @param sa the SA
   */
  record InstallTransmitSa(TransmitSa sa) implements SecyCommand {}

  /**
   * Enables or disables a transmit SA.
   *
   * @param an which SA
   * @param enabled whether it may transmit
   */
  record EnableTransmitSa(AssociationNumber an, boolean enabled) implements SecyCommand {}

  /**
   * Raises the next packet number of a transmit SA. It is never lowered, as a number would be used
   * twice under one key: that is refused.
   *
   * @param an which SA
   * @param nextPn the number of the next frame
   */
  record RaiseNextPn(AssociationNumber an, PacketNumber nextPn) implements SecyCommand {}

  /**
   * Selects the SA that frames are sent with (encodingSA); it must be installed.
   *
   * @param an which SA
   */
  record SelectTransmitSa(AssociationNumber an) implements SecyCommand {}

  /**
   * Removes a transmit SA.
   *
   * @param an which SA
   */
  record DeleteTransmitSa(AssociationNumber an) implements SecyCommand {}
}
