package org.macsec4j;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A handle of a SecY's transmit channel (IEEE 802.1AE 10.7.20). Holds no state of its own. */
public final class TransmitSc {
  private final Secy secy;

  TransmitSc(Secy secy) {
    this.secy = secy;
  }

  /**
   * Reads the channel.
   *
   * @return what it is now
   */
  public TransmitScSnapshot snapshot() {
    return secy.snapshot().transmitSc();
  }

  /**
   * The SCI that peers know this SecY by.
   *
   * @return the SCI
   */
  public Sci sci() {
    return snapshot().sci();
  }

  /**
   * Reads the SAs.
   *
   * @return the SAs, by association number
   */
  public List<TransmitSaSnapshot> sas() {
    return snapshot().sas();
  }

  /**
   * When the packet numbers of the SA that sends will be used up, at the rate seen since the first
   * call under its key. Ask now and then, for instance with each reading of the counters.
   *
   * @return the time left; empty at the first call under a key, or when nothing was sent since it
   */
  public Optional<Duration> timeToExhaustion() {
    return secy.timeToExhaustion();
  }

  /**
   * Installs an SA. The first one installed on its encoding number makes the channel operational.
   *
   * @param sa the SA; its key stays the caller's
   */
  public void install(TransmitSa sa) {
    secy.apply(new SecyCommand.InstallTransmitSa(sa));
  }

  /**
   * Sends with another SA from now on.
   *
   * @param an which SA; it must be installed
   */
  public void select(AssociationNumber an) {
    secy.apply(new SecyCommand.SelectTransmitSa(an));
  }

  /**
   * Enables or disables an SA.
   *
   * @param an which SA
   * @param enabled whether it may transmit
   */
  public void enable(AssociationNumber an, boolean enabled) {
    secy.apply(new SecyCommand.EnableTransmitSa(an, enabled));
  }

  /**
   * Raises the next packet number of an SA.
   *
   * @param an which SA
   * @param nextPn the number of the next frame, not below the present one
   */
  public void raiseNextPn(AssociationNumber an, PacketNumber nextPn) {
    secy.apply(new SecyCommand.RaiseNextPn(an, nextPn));
  }

  /**
   * Removes an SA.
   *
   * @param an which SA; disabled before
   */
  public void delete(AssociationNumber an) {
    secy.apply(new SecyCommand.DeleteTransmitSa(an));
  }
}
