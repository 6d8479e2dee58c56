package org.macsec4j.mka.runtime;

import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * The events of sessions in JDK Flight Recorder, for those who look for the reason afterwards. Each
 * costs next to nothing while nobody records. A key is named by its identifier, which is no secret.
 */
final class FlightRecord {
  /** A runtime image may be made without the module of Flight Recorder. */
  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecord() {}

  static void tell(String device, MkaEvent event) {
    if (AVAILABLE) {
      Telling.of(device, event);
    }
  }

  /** What all events have. */
  @Category({"MACsec", "MKA"})
  @StackTrace(false)
  abstract static class SessionEvent extends Event {
    @Label("Secured Interface")
    String device = "";

    final void commit(String name) {
      device = name;
      commit();
    }
  }

  @Name("org.macsec4j.Peer")
  @Label("Peer")
  @Description("A peer was heard of, became live, or was lost")
  static final class PeerEvent extends SessionEvent {
    @Label("SCI")
    String sci = "";

    @Label("Member Identifier")
    String memberIdentifier = "";

    @Label("State")
    String state = "";
  }

  @Name("org.macsec4j.KeyServer")
  @Label("Key Server Elected")
  static final class KeyServerEvent extends SessionEvent {
    @Label("SCI")
    String sci = "";

    @Label("This Member")
    boolean self;
  }

  @Name("org.macsec4j.Rekey")
  @Label("Rekey Started")
  static final class RekeyEvent extends SessionEvent {
    @Label("Reason")
    String reason = "";
  }

  @Name("org.macsec4j.Sak")
  @Label("Secure Association Key")
  @Description("A key was handed out, received, installed, is in use, or was retired")
  static final class SakEvent extends SessionEvent {
    @Label("Key Server's Member Identifier")
    String keyServer = "";

    @Label("Key Number")
    long keyNumber;

    @Label("Association Number")
    int an;

    @Label("State")
    String state = "";
  }

  @Name("org.macsec4j.ControlledPort")
  @Label("Controlled Port")
  @Description("User frames pass secured, pass in clear, or do not pass")
  static final class ControlledPortEvent extends SessionEvent {
    @Label("State")
    String state = "";
  }

  @Name("org.macsec4j.StartedOver")
  @Label("Started Over")
  @Description("The SecY was lost or changed by another program")
  static final class StartedOverEvent extends SessionEvent {
    @Label("Reason")
    String reason = "";
  }

  @Name("org.macsec4j.Offload")
  @Label("Offload")
  @Description("Others protect the frames")
  static final class OffloadEvent extends SessionEvent {
    @Label("Mode")
    String mode = "";

    @Label("Cipher Suite")
    String cipherSuite = "";
  }

  /** Turns events of the engine into those of Flight Recorder; loaded only where that is there. */
  private static final class Telling {
    static void of(String device, MkaEvent event) {
      if (event instanceof MkaEvent.PeerPotential peer) {
        peer(device, peer.sci(), peer.memberIdentifier(), "potential");
      } else if (event instanceof MkaEvent.PeerLive peer) {
        peer(device, peer.sci(), peer.memberIdentifier(), "live");
      } else if (event instanceof MkaEvent.PeerLost peer) {
        peer(device, peer.sci(), peer.memberIdentifier(), "lost");
      } else if (event instanceof MkaEvent.KeyServerElected elected) {
        KeyServerEvent told = new KeyServerEvent();
        told.sci = elected.sci().toString();
        told.self = elected.self();
        told.commit(device);
      } else if (event instanceof MkaEvent.RekeyStarted rekey) {
        RekeyEvent told = new RekeyEvent();
        told.reason = rekey.reason().name().toLowerCase(Locale.ROOT);
        told.commit(device);
      } else if (event instanceof MkaEvent.StartedOver over) {
        StartedOverEvent told = new StartedOverEvent();
        told.reason = over.reason();
        told.commit(device);
      } else if (event instanceof MkaEvent.OffloadChanged changed) {
        OffloadEvent told = new OffloadEvent();
        told.mode = changed.mode().name().toLowerCase(Locale.ROOT);
        told.cipherSuite = changed.suite().toString();
        told.commit(device);
      } else {
        keyOrPort(device, event);
      }
    }

    private static void keyOrPort(String device, MkaEvent event) {
      if (event instanceof MkaEvent.SakDistributed sak) {
        sak(device, sak.key(), sak.an(), "distributed");
      } else if (event instanceof MkaEvent.SakReceived sak) {
        sak(device, sak.key(), sak.an(), "received");
      } else if (event instanceof MkaEvent.SakInstalled sak) {
        sak(device, sak.key(), sak.an(), "installed");
      } else if (event instanceof MkaEvent.SakInUse sak) {
        sak(device, sak.key(), sak.an(), "in use");
      } else if (event instanceof MkaEvent.SakRetired sak) {
        sak(device, sak.key(), sak.an(), "retired");
      } else if (event instanceof MkaEvent.Secured) {
        port(device, "secured");
      } else if (event instanceof MkaEvent.Unsecured) {
        port(device, "not secured");
      } else if (event instanceof MkaEvent.PassingInClear) {
        port(device, "passing in clear");
      }
    }

    private static void peer(
        String device, Sci sci, MemberIdentifier memberIdentifier, String state) {
      PeerEvent told = new PeerEvent();
      told.sci = sci.toString();
      told.memberIdentifier = memberIdentifier.toString();
      told.state = state;
      told.commit(device);
    }

    private static void sak(
        String device, MkaKeyIdentifier key, AssociationNumber an, String state) {
      SakEvent told = new SakEvent();
      told.keyServer = key.keyServer().toString();
      told.keyNumber = key.keyNumber();
      told.an = an.value();
      told.state = state;
      told.commit(device);
    }

    private static void port(String device, String state) {
      ControlledPortEvent told = new ControlledPortEvent();
      told.state = state;
      told.commit(device);
    }
  }
}
