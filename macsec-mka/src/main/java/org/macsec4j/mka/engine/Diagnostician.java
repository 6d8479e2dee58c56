package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.UnsecuredAccess;

/** Says how far the agreement got: what was seen, strongest proof first, and what to look at. */
final class Diagnostician {
  private final PortContext context;
  private final MkpduReceiver receiver;
  private final ControlledPort port;

  Diagnostician(PortContext context, MkpduReceiver receiver, ControlledPort port) {
    this.context = context;
    this.receiver = receiver;
    this.port = port;
  }

  MkaDiagnosis diagnose(long now, MkaParticipant principal) {
    if (port.isSecured()) {
      return new MkaDiagnosis(Kind.SECURED, "frames are protected with the agreed key");
    }
    Sci shared = principal.clashes().proven(now);
    if (context.sci.equals(shared)) {
      return new MkaDiagnosis(
          Kind.EQUAL_SCI,
          "another participant has our SCI "
              + shared
              + ": give one of them another address or port number");
    }
    if (!principal.peers().live().isEmpty()) {
      return ofLive(principal, shared);
    }
    if (!principal.peers().potential().isEmpty()) {
      return new MkaDiagnosis(
          Kind.WAITING,
          "a peer is heard ("
              + principal.peers().potential().get(0).sci()
              + ") and does not hear us, or not yet: do our frames reach it?");
    }
    return ofNone(principal);
  }

  private MkaDiagnosis ofLive(MkaParticipant principal, @Nullable Sci shared) {
    String refused = principal.reception().refusedSuite();
    if (principal.lifecycle().hasNoCommonSuite() || refused != null) {
      return new MkaDiagnosis(
          Kind.NO_COMMON_SUITE,
          "no cipher suite in common: ours are "
              + context.config.cipherSuites()
              + ", theirs "
              + (refused != null ? "is [" + refused + "]" : announced(principal)));
    }
    if (!context.config.macsecDesired()) {
      return new MkaDiagnosis(
          Kind.PEER_WANTS_NO_MACSEC, "MACsec is not desired by our own configuration" + kept());
    }
    if (principal.serverWantsNoMacsec() || principal.nobodyWantsMacsec()) {
      return new MkaDiagnosis(
          Kind.PEER_WANTS_NO_MACSEC, declining(principal) + " wants no MACsec" + kept());
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
    MkaDiagnosis servers = ofServers(principal);
    if (servers != null) {
      return servers;
    }
    return new MkaDiagnosis(
        Kind.WAITING,
        "the agreement is under way with "
            + principal.peers().live().size()
            + " live peer(s), key server "
            + Objects.requireNonNullElse(principal.keyServer(), context.sci));
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
        servers.add(peer.sci() + " (priority " + peer.basic().keyServerPriority() + ")");
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
    if (peer != null && peer.knows(self) && !peer.basic().keyServer()) {
      return new MkaDiagnosis(
          Kind.NO_KEY_SERVER,
          "nobody is key server: "
              + elected
              + " (priority "
              + peer.basic().keyServerPriority()
              + ") is elected and does not act as one; let a member that may be key server have a"
              + " lower priority");
    }
    return null;
  }

  private static String announced(MkaParticipant principal) {
    StringBuilder text = new StringBuilder();
    for (Peer peer : principal.peers().live()) {
      text.append(text.isEmpty() ? "" : ", ").append(peer.sci()).append(" ");
      text.append(Objects.requireNonNullElse(peer.announced(), java.util.Set.of()));
    }
    return text.toString();
  }

  private MkaDiagnosis ofNone(MkaParticipant principal) {
    PortCounters counters = context.counters;
    long icvFailed = counters.dropped(DropReason.ICV_FAILED);
    if (icvFailed > 0) {
      return new MkaDiagnosis(
          Kind.ICV_FAILED,
          times(icvFailed)
              + " with our CKN from "
              + receiver.lastIcvFailedFrom()
              + " whose ICV fails: the CAK differs");
    }
    Ckn unknown = receiver.lastUnknown();
    if (unknown != null) {
      return new MkaDiagnosis(
          Kind.UNKNOWN_CKN,
          times(counters.dropped(DropReason.UNKNOWN_CKN))
              + " with unknown CKN "
              + unknown
              + " from "
              + receiver.lastUnknownFrom()
              + hint(unknown, principal.ckn()));
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
