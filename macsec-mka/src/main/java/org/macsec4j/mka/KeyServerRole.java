package org.macsec4j.mka;

/** Whether a participant may become key server (IEEE 802.1X 9.5). */
public enum KeyServerRole {
  /** The election decides: the lowest priority, among equals the lowest SCI. */
  AUTO,
  /**
   * Always the key server: priority 0 is sent, whatever is configured, and nobody else's SAK is
   * taken. It never agrees with another such member, nor with one that wins the election against it
   * by the same priority 0 and a lower SCI; the diagnosis says so.
   */
  SERVER,
  /**
   * Never the key server: priority 255 is sent, whatever is configured, and no SAK is made. A CA of
   * such members alone never has a key; the diagnosis says so.
   */
  CLIENT
}
