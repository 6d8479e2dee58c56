package org.macsec4j.mka.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.UnsecuredAccess;
import org.macsec4j.mka.engine.MkpduReceiver.Seen;

/**
 * Says how far the agreement got: what was seen, strongest proof first, and what to look at.
 *
 * <p>Of several CAs the one that got furthest is spoken of. What was dropped counts only while it
 * is fresh: that a frame was wrong last week explains nothing today.
 */
final class Diagnostician {
  private final PortContext context;
  private final KeyRing ring;
  private final MkpduReceiver receiver;
  private final ControlledPort port;

  Diagnostician(PortContext context, KeyRing ring, MkpduReceiver receiver, ControlledPort port) {
    this.context = context;
    this.ring = ring;
    this.receiver = receiver;
    this.port = port;
  }

  MkaDiagnosis diagnose(long now, MkaParticipant principal) {
    if (port.isSecured()) {
      return new MkaDiagnosis(Kind.SECURED, "frames are protected with the agreed key");
    }
    if (ring.running().isEmpty()) {
      return noValidKey(ring.keys(), ring.time(now));
    }
    MkaParticipant actor = furthest(principal);
    Sci shared = actor.clashes().proven(now);
    if (context.sci.equals(shared)) {
      return new MkaDiagnosis(
          Kind.EQUAL_SCI,
          "another participant has our SCI "
              + shared
              + ": give one of them another address or port number");
    }
    if (!actor.peers().live().isEmpty()) {
      return ofLive(actor, shared);
    }
    return actor.peers().potential().isEmpty() ? ofNone(now, actor) : ofPotential(now, actor);
  }

  /** The participant with live peers, else with potential ones; the principal one among equals. */
  private MkaParticipant furthest(MkaParticipant principal) {
    MkaParticipant best = principal;
    for (MkaParticipant actor : ring.running()) {
      if (!best.isRunning() || progress(actor) > progress(best)) {
        best = actor;
      }
    }
    return best;
  }

  private static int progress(MkaParticipant actor) {
    if (!actor.peers().live().isEmpty()) {
      return 2;
    }
    return actor.peers().isEmpty() ? 0 : 1;
  }

  // With live peers.

  private MkaDiagnosis ofLive(MkaParticipant actor, @Nullable Sci shared) {
    String refused = actor.reception().refusedSuite();
    if (actor.lifecycle().hasNoCommonSuite() || refused != null) {
      return new MkaDiagnosis(
          Kind.NO_COMMON_SUITE,
          "no cipher suite in common: ours are "
              + context.config.cipherSuites()
              + ", theirs "
              + (refused != null ? "is [" + refused + "]" : announced(actor)));
    }
    if (!context.config.macsecDesired()) {
      return new MkaDiagnosis(
          Kind.PEER_WANTS_NO_MACSEC, "MACsec is not desired by our own configuration" + kept());
    }
    if (actor.serverWantsNoMacsec() || actor.peers().nobodyWantsMacsec()) {
      return new MkaDiagnosis(
          Kind.PEER_WANTS_NO_MACSEC, declining(actor) + " wants no MACsec" + kept());
    }
    String complaint = port.complaint();
    if (complaint != null) {
      return new MkaDiagnosis(Kind.SECY_REFUSED, "the SecY refused to " + complaint);
    }
    if (shared != null) {
      return new MkaDiagnosis(
          Kind.EQUAL_SCI,
          "several devices have the SCI "
              + shared
              + ": give each of them an address or port number of its own");
    }
    MkaDiagnosis servers = ofServers(actor);
    return servers != null ? servers : underWay(actor);
  }

  private MkaDiagnosis underWay(MkaParticipant actor) {
    int live = actor.peers().live().size();
    return new MkaDiagnosis(
        Kind.WAITING,
        "the agreement is under way with "
            + live
            + (live == 1 ? " live peer" : " live peers")
            + ", key server "
            + Objects.requireNonNullElse(actor.keyServer(), context.sci));
  }

  /** The key server when it said so, else the first peer. */
  private static String declining(MkaParticipant actor) {
    Sci server = actor.keyServer();
    return actor.serverWantsNoMacsec() && server != null
        ? "the key server " + server
        : "the peer " + actor.peers().live().get(0).sci();
  }

  private String kept() {
    return context.config.accessPolicy().unsecured() == UnsecuredAccess.NEVER
        ? ", and our access policy lets nothing pass in clear"
        : "";
  }

  /** Two key servers, or none; null when there is one, as it should be. */
  private @Nullable MkaDiagnosis ofServers(MkaParticipant actor) {
    MemberIdentifier self = actor.identity().memberIdentifier();
    List<String> servers = new ArrayList<>();
    if (actor.isServer()) {
      servers.add("we");
    }
    for (Peer peer : actor.peers().live()) {
      if (peer.claimsKeyServerBefore(self)) {
        servers.add(peer.sci() + " (priority " + peer.keyServerPriority() + ")");
      }
    }
    if (servers.size() > 1) {
      return new MkaDiagnosis(
          Kind.TWO_KEY_SERVERS,
          String.join(" and ", servers)
              + " are key server at once: let only one member have the forced role or priority 0");
    }
    Sci elected = actor.keyServer();
    Peer peer = elected == null ? null : actor.peers().liveOf(elected);
    if (peer != null && peer.knows(self) && !peer.claimsKeyServer()) {
      return new MkaDiagnosis(
          Kind.NO_KEY_SERVER,
          "nobody is key server: "
              + elected
              + " (priority "
              + peer.keyServerPriority()
              + ") is elected and does not act as one; let a member that may be key server have a"
              + " lower priority");
    }
    return null;
  }

  private static String announced(MkaParticipant principal) {
    StringBuilder text = new StringBuilder();
    for (Peer peer : principal.peers().live()) {
      text.append(text.isEmpty() ? "" : ", ").append(peer.sci()).append(" ");
      text.append(Objects.requireNonNullElse(peer.announced(), Set.of()));
    }
    return text.toString();
  }

  // Without live peers.

  private MkaDiagnosis ofPotential(long now, MkaParticipant actor) {
    Peer peer = actor.peers().potential().get(0);
    if (now - peer.firstHeard() < context.helloNanos) {
      return new MkaDiagnosis(
          Kind.WAITING,
          "the peer " + peer.sci() + " is heard; whether it hears us is not known yet");
    }
    return new MkaDiagnosis(
        Kind.NOT_HEARD,
        "the peer "
            + peer.sci()
            + " is heard and does not hear us: do our frames to "
            + context.config.destination()
            + " reach it, and does it have a key with our CKN "
            + actor.ckn()
            + "?");
  }

  private MkaDiagnosis ofNone(long now, MkaParticipant actor) {
    PortCounters counters = context.counters;
    Seen failed = fresh(now, receiver.icvFailed());
    if (failed != null) {
      return new MkaDiagnosis(
          Kind.ICV_FAILED,
          times(counters.dropped(DropReason.ICV_FAILED))
              + " with our CKN "
              + failed.ckn()
              + ", the last one from "
              + failed.from()
              + ", whose ICV fails: the CAK differs");
    }
    Seen notValid = fresh(now, receiver.keyNotValid());
    if (notValid != null) {
      return notValidNow(notValid, ring.time(now));
    }
    Seen unknown = fresh(now, receiver.unknownCkn());
    if (unknown != null) {
      return new MkaDiagnosis(
          Kind.UNKNOWN_CKN,
          times(counters.dropped(DropReason.UNKNOWN_CKN))
              + " with unknown CKN, the last one "
              + unknown.ckn()
              + " from "
              + unknown.from()
              + hint(unknown.ckn(), actor.ckn()));
    }
    if (counters.mkpdusInValid > 0) {
      return new MkaDiagnosis(
          Kind.NOTHING_RECEIVED,
          "no peer is left: its MKPDUs stopped, or do not reach us any more");
    }
    String bad = counters.mkpdusIn == 0 ? "" : "; " + summary(counters.snapshot());
    return new MkaDiagnosis(
        Kind.NOTHING_RECEIVED, "no " + receiver.etherType() + " received" + bad);
  }

  /** What was seen within the time in which a peer that is there is heard twice. */
  private @Nullable Seen fresh(long now, @Nullable Seen seen) {
    return seen != null && now - seen.at() <= 2 * context.lifeNanos ? seen : null;
  }

  // Without a valid key.

  /** That no key is valid, and why. */
  private static MkaDiagnosis noValidKey(List<PreSharedKey> keys, @Nullable Instant time) {
    if (keys.isEmpty()) {
      return new MkaDiagnosis(
          Kind.NO_VALID_KEY, "there is no key: the last one has ended or was removed");
    }
    List<String> times = new ArrayList<>();
    keys.forEach(key -> times.add(validity(key, time)));
    return new MkaDiagnosis(Kind.NO_VALID_KEY, "no key is valid: " + String.join("; ", times));
  }

  private MkaDiagnosis notValidNow(Seen seen, @Nullable Instant time) {
    String why = "the key " + seen.ckn() + " is not valid";
    for (PreSharedKey key : ring.keys()) {
      if (key.ckn().equals(seen.ckn())) {
        why = validity(key, time);
      }
    }
    return new MkaDiagnosis(
        Kind.NO_VALID_KEY,
        "the peer "
            + seen.from()
            + " uses a key that is not valid here now: "
            + why
            + "; are the clocks and the times of the keys the same on both sides?");
  }

  private static String validity(PreSharedKey key, @Nullable Instant time) {
    String name = "the key " + key.ckn();
    if (time == null) {
      return name + " has times and the time of day is not known";
    }
    return name
        + key.validFrom().map(from -> " begins at " + from).orElse("")
        + key.validUntil().map(until -> " ends at " + until).orElse("")
        + ", and it is "
        + time;
  }

  private static String times(long count) {
    return count == 1 ? "1 MKPDU" : count + " MKPDUs";
  }

  /** Names that begin one another are easily taken for the same. */
  private static String hint(Ckn theirs, Ckn ours) {
    if (ours.toString().startsWith(theirs.toString())) {
      return ": it is only the beginning of our CKN " + ours;
    }
    if (theirs.toString().startsWith(ours.toString())) {
      return ": our CKN " + ours + " is only its beginning";
    }
    return " (ours is " + ours + "; is the CKN the same on both sides?)";
  }

  private static String summary(MkaCounters counters) {
    StringBuilder text = new StringBuilder("dropped:");
    counters
        .drops()
        .forEach((reason, count) -> text.append(' ').append(count).append(' ').append(reason));
    return text.toString();
  }
}
