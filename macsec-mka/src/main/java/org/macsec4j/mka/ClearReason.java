package org.macsec4j.mka;

/** Why user frames pass in clear; only an {@link AccessPolicy} that says so lets them. */
public enum ClearReason {
  /** No peer is live, and the policy does not ask for one. */
  NO_PEER("no peer is live"),
  /** No peer was live for the MKA Life Time. */
  NO_PEER_IN_TIME("no peer was live for the MKA Life Time"),
  /** A peer is live, no SAK is in use yet, and the policy does not ask for one. */
  NO_SAK("no SAK is in use yet"),
  /** A peer is live, and no SAK came into use within the MKA Life Time. */
  NO_SAK_IN_TIME("no SAK came into use within the MKA Life Time"),
  /** The key server, which may be this member, decided that MACsec is not used. */
  KEY_SERVER("the key server decided that MACsec is not used");

  private final String text;

  ClearReason(String text) {
    this.text = text;
  }

  /**
   * Whether a peer proved that it has our CAK.
   *
   * @return true when the members are authenticated to each other
   */
  public boolean isAuthenticated() {
    return this != NO_PEER && this != NO_PEER_IN_TIME;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return text;
  }
}
