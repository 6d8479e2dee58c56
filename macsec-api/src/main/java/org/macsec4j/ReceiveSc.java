package org.macsec4j;

/** A handle of a receive channel of a SecY (IEEE 802.1AE 10.7.11). Holds no state of its own. */
public final class ReceiveSc {
  private final Secy secy;
  private final Sci sci;

  ReceiveSc(Secy secy, Sci sci) {
    this.secy = secy;
    this.sci = sci;
  }

  /**
   * The peer's SCI.
   *
   * @return the SCI
   */
  public Sci sci() {
    return sci;
  }

  /**
   * Reads the channel.
   *
   * @return what it is now
   * @throws MacsecException when it does not exist any more
   */
  public ReceiveScSnapshot snapshot() {
    return secy.snapshot()
        .receiveSc(sci)
        .orElseThrow(
            () ->
                new MacsecException(
                    MacsecException.Kind.NOT_FOUND, secy + " has no receive channel " + sci));
  }

  /**
   * Installs an SA.
   *
   * @param sa the SA; its key stays the caller's
   */
  public void install(ReceiveSa sa) {
    secy.apply(new SecyCommand.InstallReceiveSa(sci, sa));
  }

  /**
   * Enables or disables the channel.
   *
   * @param enabled whether it may receive
   */
  public void enable(boolean enabled) {
    secy.apply(new SecyCommand.EnableReceiveSc(sci, enabled));
  }

  /**
   * Enables or disables an SA.
   *
   * @param an which SA
   * @param enabled whether it may receive
   */
  public void enable(AssociationNumber an, boolean enabled) {
    secy.apply(new SecyCommand.EnableReceiveSa(sci, an, enabled));
  }

  /**
   * Raises the lowest packet number that an SA accepts.
   *
   * @param an which SA
   * @param lowestPn the lowest number that is accepted
   */
  public void raiseLowestPn(AssociationNumber an, PacketNumber lowestPn) {
    secy.apply(new SecyCommand.RaiseLowestPn(sci, an, lowestPn));
  }

  /**
   * Removes an SA.
   *
   * @param an which SA
   */
  public void delete(AssociationNumber an) {
    secy.apply(new SecyCommand.DeleteReceiveSa(sci, an));
  }

  /** Removes the channel and its SAs. */
  public void delete() {
    secy.apply(new SecyCommand.DeleteReceiveSc(sci));
  }
}
