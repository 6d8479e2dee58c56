package org.macsec4j.mka;

/** Why a key server makes a SAK. */
public enum RekeyReason {
  /** There is none yet. */
  FIRST_KEY("first key"),
  /** A live member does not have the present one. */
  NEW_MEMBER("new member"),
  /** A member that has it is gone. */
  PEER_LOST("peer lost"),
  /** This participant became the key server. */
  NEW_KEY_SERVER("new key server"),
  /** Another CA decides, as its CAK took the place of the one before. */
  OTHER_CA("other CAK"),
  /** The packet numbers of a member come to their end. */
  PACKET_NUMBER("packet number threshold"),
  /** A live member cannot do the cipher suite of the present one. */
  CIPHER_SUITE("cipher suite"),
  /** A live member has not taken the present one for long. */
  NOT_TAKEN("last key not taken"),
  /** The rekey interval passed. */
  INTERVAL("rekey interval"),
  /** It was asked for. */
  COMMAND("command"),
  /** Our SecY refused the present one. */
  SECY_REFUSED("SecY refused the last key");

  private final String text;

  RekeyReason(String text) {
    this.text = text;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return text;
  }
}
