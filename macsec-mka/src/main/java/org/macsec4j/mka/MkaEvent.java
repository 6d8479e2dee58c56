package org.macsec4j.mka;

import java.time.Duration;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.Sci;

/** Something that happened on a port, in the order in which it happened. In text never a key. */
public sealed interface MkaEvent {
  /**
   * A peer was heard.
   *
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   */
  record PeerPotential(Sci sci, MemberIdentifier memberIdentifier) implements MkaEvent {}

  /**
   * A peer proved that it receives us.
   *
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   */
  record PeerLive(Sci sci, MemberIdentifier memberIdentifier) implements MkaEvent {}

  /**
   * A live peer fell silent, or was replaced by its restarted self.
   *
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   */
  record PeerLost(Sci sci, MemberIdentifier memberIdentifier) implements MkaEvent {}

  /**
   * Several devices go on speaking with one SCI; SecYs cannot tell them apart. One of them needs
   * another address or another port number. Told once, and again when it comes back after it had
   * ceased.
   *
   * @param sci the SCI
   * @param ours whether it is ours
   */
  record SciClash(Sci sci, boolean ours) implements MkaEvent {}

  /**
   * Another key server was elected.
   *
   * @param sci its SCI
   * @param self whether that is us
   */
  record KeyServerElected(Sci sci, boolean self) implements MkaEvent {}

  /**
   * A new SAK is to be made by us, the key server.
   *
   * @param reason why
   */
  record RekeyStarted(RekeyReason reason) implements MkaEvent {}

  /**
   * A SAK was made by us and is being distributed.
   *
   * @param key its identifier
   * @param an its association number
   * @param suite its cipher suite
   */
  record SakDistributed(MkaKeyIdentifier key, AssociationNumber an, CipherSuite suite)
      implements MkaEvent {}

  /**
   * A SAK came from the key server.
   *
   * @param key its identifier
   * @param an its association number
   * @param suite its cipher suite
   */
  record SakReceived(MkaKeyIdentifier key, AssociationNumber an, CipherSuite suite)
      implements MkaEvent {}

  /**
   * Frames under a SAK are received from every live peer.
   *
   * @param key its identifier
   * @param an its association number
   */
  record SakInstalled(MkaKeyIdentifier key, AssociationNumber an) implements MkaEvent {}

  /**
   * Frames are sent under a SAK from now on.
   *
   * @param key its identifier
   * @param an its association number
   */
  record SakInUse(MkaKeyIdentifier key, AssociationNumber an) implements MkaEvent {}

  /**
   * A SAK is no longer used, and destroyed.
   *
   * @param key its identifier
   * @param an its association number
   */
  record SakRetired(MkaKeyIdentifier key, AssociationNumber an) implements MkaEvent {}

  /**
   * The controlled port is enabled, frames pass protected.
   *
   * @param key the identifier of the key
   */
  record Secured(MkaKeyIdentifier key) implements MkaEvent {}

  /**
   * Frames pass protected no more: no live peer, no key, or the port was stopped. The controlled
   * port is disabled, unless {@link PassingInClear} follows.
   */
  record Unsecured() implements MkaEvent {}

  /**
   * The controlled port is enabled, frames pass in clear as the {@link AccessPolicy} says; told
   * again when the reason changes. Never with {@link AccessPolicy#MUST_SECURE}.
   *
   * @param reason why they may
   */
  record PassingInClear(ClearReason reason) implements MkaEvent {}

  /** No frame is sent in clear any more: {@link Secured} follows, or the port was disabled. */
  record ClearEnded() implements MkaEvent {}

  /**
   * A frame, or the SAK in it, was not used.
   *
   * @param reason why
   * @param from the source address of the frame
   */
  record FrameDropped(DropReason reason, MacAddress from) implements MkaEvent {}

  /**
   * A peer announces another network than before.
   *
   * @param sci its SCI
   * @param memberIdentifier its member identifier
   * @param kmd its key management domain, as in {@link MkaPeer#kmd()}
   * @param nid its network identity, as in {@link MkaPeer#nid()}
   */
  record PeerAnnounced(
      Sci sci, MemberIdentifier memberIdentifier, Optional<String> kmd, Optional<String> nid)
      implements MkaEvent {}

  /**
   * The key server of a CA handed out the CAK of a group (802.1X 9.12).
   *
   * @param keyServer its SCI
   * @param key the name and the CAK, for the listener to destroy; in text the name alone
   */
  record GroupCakReceived(Sci keyServer, PreSharedKey key) implements MkaEvent {}

  /**
   * A member said that it will be silent for a while and keeps its keys (in-service suspension,
   * 802.1X 9.18). A key server says the same for any member that does.
   *
   * @param sci who said it; our own SCI when we did
   * @param time for how long
   */
  record Suspended(Sci sci, Duration time) implements MkaEvent {}

  /**
   * A member that was silent speaks again.
   *
   * @param sci its SCI; our own when it is us
   */
  record Resumed(Sci sci) implements MkaEvent {}

  /**
   * The SecY refused a command. The engine goes on and tries again.
   *
   * @param command the command in words, without key material
   * @param cause why
   */
  record SecyRefused(String command, MacsecException cause) implements MkaEvent {}

  /**
   * A key became valid, or was added: its participant speaks.
   *
   * @param ckn the name of the key
   */
  record KeyStarted(Ckn ckn) implements MkaEvent {}

  /**
   * A key is not used any more. A SAK that was agreed on under it stays until another one is in
   * use.
   *
   * @param ckn the name of the key
   * @param cause why
   */
  record KeyEnded(Ckn ckn, Cause cause) implements MkaEvent {
    /** Why a key ended. */
    public enum Cause {
      /** Its end was reached. */
      EXPIRED,
      /** It was taken away. */
      REMOVED,
      /** The key that replaces it is in use. */
      REPLACED
    }
  }

  /**
   * Another CA decides on the keys of the port from now on.
   *
   * @param ckn the name of its key
   */
  record PrincipalChanged(Ckn ckn) implements MkaEvent {}

  /**
   * The SecY was lost, or another program took keys out of it: MKA starts over, as if this member
   * had just come, as soon as there is a SecY again.
   *
   * @param reason what happened, in words
   */
  record StartedOver(String reason) implements MkaEvent {}

  /**
   * Others protect the frames now, as hardware is preferred and does not do every suite of the
   * session.
   *
   * @param mode who
   * @param suite the suite of the key that is to come
   */
  record OffloadChanged(OffloadMode mode, CipherSuite suite) implements MkaEvent {}
}
