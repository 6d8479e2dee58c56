package org.macsec4j.mka;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.ValidateFrames;

/**
 * What a port was at one moment: the state of the KaY (IEEE 802.1X 12.9.2, 9.4 to 9.10), which the
 * YANG modules ieee802-dot1x and openconfig-macsec have under the same names.
 *
 * @param controlledPort what passes the controlled port
 * @param inClear why frames pass in clear; empty when they do not
 * @param actor what we are to the peers
 * @param keyServer the elected key server; empty without a live peer
 * @param frames how our SecY treats frames now
 * @param failed whether no key is in use although the MKA Life Time has passed since the start,
 *     since the first peer became live, or since the last one was lost
 * @param suspended whether we are silent for a while (in-service suspension)
 * @param participants one for each key, the principal one first
 * @param latest the latest key; empty when there is none
 * @param old the key before it, while it is still in use
 * @param counters counters of the port
 * @param diagnosis how far the agreement got
 */
public record MkaStatus(
    ControlledPortState controlledPort,
    Optional<ClearReason> inClear,
    Actor actor,
    Optional<KeyServer> keyServer,
    Frames frames,
    boolean failed,
    boolean suspended,
    List<Participant> participants,
    Optional<Key> latest,
    Optional<Key> old,
    MkaCounters counters,
    MkaDiagnosis diagnosis) {
  /**
   * What we are to the peers.
   *
   * @param sci our SCI
   * @param priority the key server priority that we send, 0..255
   * @param capability what our SecY can do, as we say
   * @param desired whether we want frames to be protected
   */
  public record Actor(Sci sci, int priority, MacsecCapability capability, boolean desired) {
    /**
     * Checks that no component is null.
     *
     * @param sci our SCI
     * @param priority the key server priority that we send, 0..255
     * @param capability what our SecY can do, as we say
     * @param desired whether we want frames to be protected
     */
    public Actor {
      Objects.requireNonNull(sci, "sci");
      Objects.requireNonNull(capability, "capability");
    }
  }

  /**
   * The elected key server.
   *
   * @param sci its SCI
   * @param priority its priority, 0..255
   * @param self whether it is us
   */
  public record KeyServer(Sci sci, int priority, boolean self) {
    /**
     * Checks that no component is null.
     *
     * @param sci its SCI
     * @param priority its priority, 0..255
     * @param self whether it is us
     */
    public KeyServer {
      Objects.requireNonNull(sci, "sci");
    }
  }

  /**
   * How our SecY treats frames now.
   *
   * @param protect whether those sent are protected
   * @param validate what is asked of those received
   * @param replayProtection the replay protection of those received
   */
  public record Frames(
      boolean protect, ValidateFrames validate, ReplayProtection replayProtection) {
    /**
     * Checks that no component is null.
     *
     * @param protect whether those sent are protected
     * @param validate what is asked of those received
     * @param replayProtection the replay protection of those received
     */
    public Frames {
      Objects.requireNonNull(validate, "validate");
      Objects.requireNonNull(replayProtection, "replayProtection");
    }
  }

  /**
   * A participant: what we are in the CA of one key.
   *
   * @param ckn the name of the key
   * @param principal whether its key counts
   * @param active whether it takes part: its key is valid and the port is started
   * @param memberIdentifier our member identifier in it
   * @param messageNumber the last message number sent, 0 before the first
   * @param keyServer whether we are the key server in it
   * @param distributedCkn the group CAK that we hand out in it; empty for none
   * @param peers live peers first, then potential ones, each by SCI, the greatest first
   */
  public record Participant(
      Ckn ckn,
      boolean principal,
      boolean active,
      MemberIdentifier memberIdentifier,
      long messageNumber,
      boolean keyServer,
      Optional<Ckn> distributedCkn,
      List<MkaPeer> peers) {
    /**
     * Checks that no component is null.
     *
     * @param ckn the name of the key
     * @param principal whether its key counts
     * @param active whether it takes part: its key is valid and the port is started
     * @param memberIdentifier our member identifier in it
     * @param messageNumber the last message number sent, 0 before the first
     * @param keyServer whether we are the key server in it
     * @param distributedCkn the group CAK that we hand out in it; empty for none
     * @param peers live peers first, then potential ones, each by SCI, the greatest first
     */
    public Participant {
      Objects.requireNonNull(ckn, "ckn");
      Objects.requireNonNull(memberIdentifier, "memberIdentifier");
      Objects.requireNonNull(distributedCkn, "distributedCkn");
      peers = List.copyOf(peers);
    }
  }

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
   * @param controlledPort what passes the controlled port
   * @param inClear why frames pass in clear; empty when they do not
   * @param actor what we are to the peers
   * @param keyServer the elected key server; empty without a live peer
   * @param frames how our SecY treats frames now
   * @param failed whether no key is in use although the MKA Life Time has passed since the start,
   *     since the first peer became live, or since the last one was lost
   * @param suspended whether we are silent for a while (in-service suspension)
   * @param participants one for each key, the principal one first
   * @param latest the latest key; empty when there is none
   * @param old the key before it, while it is still in use
   * @param counters counters of the port
   * @param diagnosis how far the agreement got
   * @throws IllegalArgumentException when there is no participant
   */
  public MkaStatus {
    Objects.requireNonNull(controlledPort, "controlledPort");
    Objects.requireNonNull(inClear, "inClear");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(keyServer, "keyServer");
    Objects.requireNonNull(frames, "frames");
    participants = List.copyOf(participants);
    if (participants.isEmpty()) {
      throw new IllegalArgumentException("a port has at least one participant");
    }
    Objects.requireNonNull(latest, "latest");
    Objects.requireNonNull(old, "old");
    Objects.requireNonNull(counters, "counters");
    Objects.requireNonNull(diagnosis, "diagnosis");
  }

  /**
   * Whether the controlled port is enabled and frames are protected with an agreed key.
   *
   * @return true when they are
   */
  public boolean secured() {
    return controlledPort == ControlledPortState.SECURE;
  }

  /**
   * Whether frames pass in clear between members that are authenticated to each other.
   *
   * @return true when they do
   */
  public boolean authenticated() {
    return controlledPort == ControlledPortState.AUTHENTICATED;
  }

  /**
   * Whether a participant takes part, so that MKPDUs are sent.
   *
   * @return true when one does
   */
  public boolean active() {
    return participants.stream().anyMatch(Participant::active);
  }

  /**
   * Whether we are the elected key server.
   *
   * @return true when we are
   */
  public boolean self() {
    return keyServer.filter(KeyServer::self).isPresent();
  }

  /**
   * The key that frames are sent under: key-number and association-number tx.
   *
   * @return the key; empty when there is none
   */
  public Optional<Key> transmitKey() {
    return latest.filter(Key::transmits).or(() -> old.filter(Key::transmits));
  }

  /**
   * The newest key that frames are received under: key-number and association-number rx.
   *
   * @return the key; empty when there is none
   */
  public Optional<Key> receiveKey() {
    return latest.filter(Key::receives).or(() -> old.filter(Key::receives));
  }

  /**
   * The participant whose key counts.
   *
   * @return the first of the participants
   */
  public Participant principal() {
    return participants.get(0);
  }

  /**
   * Our SCI.
   *
   * @return the SCI of the actor
   */
  public Sci sci() {
    return actor.sci();
  }

  /**
   * The name of the key that counts.
   *
   * @return the CKN of the principal participant
   */
  public Ckn ckn() {
    return principal().ckn();
  }

  /**
   * Our member identifier in the CA that counts.
   *
   * @return the member identifier of the principal participant
   */
  public MemberIdentifier memberIdentifier() {
    return principal().memberIdentifier();
  }

  /**
   * The last message number sent in the CA that counts.
   *
   * @return that of the principal participant, 0 before the first
   */
  public long messageNumber() {
    return principal().messageNumber();
  }

  /**
   * The peers in the CA that counts.
   *
   * @return live peers first, then potential ones
   */
  public List<MkaPeer> peers() {
    return principal().peers();
  }

  /**
   * The peers that proved that they receive us.
   *
   * @return the live peers of the principal participant
   */
  public List<MkaPeer> livePeers() {
    return peers().stream().filter(MkaPeer::live).toList();
  }

  /**
   * The peers that did not prove yet that they receive us.
   *
   * @return the potential peers of the principal participant
   */
  public List<MkaPeer> potentialPeers() {
    return peers().stream().filter(peer -> !peer.live()).toList();
  }

  /**
   * This status with other counters and another diagnosis.
   *
   * @param otherCounters counters of a longer time, for instance
   * @param otherDiagnosis what is known from elsewhere, for instance
   * @return a new status
   */
  public MkaStatus with(MkaCounters otherCounters, MkaDiagnosis otherDiagnosis) {
    return new MkaStatus(
        controlledPort,
        inClear,
        actor,
        keyServer,
        frames,
        failed,
        suspended,
        participants,
        latest,
        old,
        otherCounters,
        otherDiagnosis);
  }

  /** One line, such as {@code secured, key server 02:…:01/1, 1 peer, KN 3, AN 1, GCM-AES-128}. */
  @Override
  public String toString() {
    if (!secured()) {
      String clear = inClear.map(reason -> ", frames pass in clear as " + reason).orElse("");
      return "not secured" + clear + ": " + diagnosis.text();
    }
    int live = livePeers().size();
    StringBuilder line = new StringBuilder("secured, key server ");
    line.append(keyServer.map(server -> server.sci().toString()).orElse("none"));
    line.append(self() ? " (self), " : ", ");
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
