package org.macsec4j.mka;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Sci;

/**
 * What a port was at one moment (IEEE 802.1X 12.9.2 and 9.4 to 9.10), of the participant that
 * decides.
 *
 * @param secured whether the controlled port is enabled and frames are protected with an agreed key
 * @param ckn the name of the CA whose key counts
 * @param sci our SCI
 * @param memberIdentifier our member identifier
 * @param messageNumber the last message number sent, 0 before the first
 * @param keyServer the SCI of the elected key server; empty without a live peer
 * @param self whether that is us
 * @param peers live peers first, then potential ones, each by SCI
 * @param latest the latest key; empty when there is none
 * @param old the key before it, while it is still in use
 * @param counters counters of the port
 * @param diagnosis how far the agreement got
 */
public record MkaStatus(
    boolean secured,
    Ckn ckn,
    Sci sci,
    MemberIdentifier memberIdentifier,
    long messageNumber,
    Optional<Sci> keyServer,
    boolean self,
    List<MkaPeer> peers,
    Optional<Key> latest,
    Optional<Key> old,
    MkaCounters counters,
    MkaDiagnosis diagnosis) {
  /**
   * A key that is installed or on its way.
   *
   * @param identifier its identifier
   * @param an its association number
   * @param suite its cipher suite
   * @param offset how frames are encrypted
   * @param receives whether frames under it are received
   * @param transmits whether frames are sent under it
   */
  public record Key(
      MkaKeyIdentifier identifier,
      AssociationNumber an,
      CipherSuite suite,
      ConfidentialityOffset offset,
      boolean receives,
      boolean transmits) {
    /**
     * Checks that no component is null.
     *
     * @param identifier its identifier
     * @param an its association number
     * @param suite its cipher suite
     * @param offset how frames are encrypted
     * @param receives whether frames under it are received
     * @param transmits whether frames are sent under it
     */
    public Key {
      Objects.requireNonNull(identifier, "identifier");
      Objects.requireNonNull(an, "an");
      Objects.requireNonNull(suite, "suite");
      Objects.requireNonNull(offset, "offset");
    }
  }

  /**
   * Copies the list and checks that no component is null.
   *
   * @param secured whether the controlled port is enabled and frames are protected with an agreed
   *     key
   * @param ckn the name of the CA whose key counts
   * @param sci our SCI
   * @param memberIdentifier our member identifier
   * @param messageNumber the last message number sent, 0 before the first
   * @param keyServer the SCI of the elected key server
   * @param self whether that is us
   * @param peers live peers first, then potential ones, each by SCI
   * @param latest the latest key
   * @param old the key before it, while it is still in use
   * @param counters counters of the port
   * @param diagnosis how far the agreement got
   */
  public MkaStatus {
    Objects.requireNonNull(ckn, "ckn");
    Objects.requireNonNull(sci, "sci");
    Objects.requireNonNull(memberIdentifier, "memberIdentifier");
    Objects.requireNonNull(keyServer, "keyServer");
    peers = List.copyOf(peers);
    Objects.requireNonNull(latest, "latest");
    Objects.requireNonNull(old, "old");
    Objects.requireNonNull(counters, "counters");
    Objects.requireNonNull(diagnosis, "diagnosis");
  }

  /**
   * The peers that proved that they receive us.
   *
   * @return the live peers, by SCI
   */
  public List<MkaPeer> livePeers() {
    return peers.stream().filter(MkaPeer::live).toList();
  }

  /**
   * The peers that did not prove yet that they receive us.
   *
   * @return the potential peers, by SCI
   */
  public List<MkaPeer> potentialPeers() {
    return peers.stream().filter(peer -> !peer.live()).toList();
  }

  /** One line, such as {@code secured, key server 02:…:01/1, 1 peer, KN 3, AN 1, GCM-AES-128}. */
  @Override
  public String toString() {
    if (!secured) {
      return "not secured: " + diagnosis.text();
    }
    int live = livePeers().size();
    StringBuilder line = new StringBuilder("secured, key server ");
    line.append(keyServer.map(Sci::toString).orElse("none")).append(self ? " (self), " : ", ");
    line.append(live).append(live == 1 ? " peer" : " peers");
    latest.or(() -> old).ifPresent(key -> append(line, key));
    return line.toString();
  }

  private static void append(StringBuilder line, Key key) {
    line.append(", KN ").append(key.identifier().keyNumber());
    line.append(", AN ").append(key.an()).append(", ").append(key.suite());
    if (!key.offset().isConfidential()) {
      line.append(", integrity only");
    } else if (key.offset().octets() > 0) {
      line.append(", offset ").append(key.offset().octets());
    }
  }
}
