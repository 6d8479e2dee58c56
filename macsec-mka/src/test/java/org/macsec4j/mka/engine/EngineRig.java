package org.macsec4j.mka.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.wire.DistributedCak;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.PotentialPeerList;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * Two ports on one wire, each with its twin, and three who are no ports: a key server, a client and
 * one with another key of the same name. Frames stay on the wire until they are delivered, in any
 * order, any number of times, or never.
 */
final class EngineRig {
  /** What one who is no port says. */
  enum Speech {
    HELLO,
    LISTS_AS_POTENTIAL,
    LISTS_AS_LIVE,
    LISTS_A_STALE_NUMBER,
    HANDS_OUT_A_KEY,
    HANDS_OUT_THE_KEY_AGAIN,
    HANDS_OUT_GARBAGE,
    WANTS_NO_MACSEC,
    RECEIVES,
    TRANSMITS,
    USES_AN_UNKNOWN_KEY,
    WILL_BE_SILENT,
    HANDS_OUT_A_GROUP_KEY
  }

  private static final int MAX_ON_THE_WIRE = 40;
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final MkaConfig config;
  private final List<byte[]> wire = new ArrayList<>();
  private final List<TwinPorts> ports;
  private final List<ScriptedPeer> others;
  private DistributedSak lastKey;
  private int strangers;
  private long now;

  EngineRig(MkaConfig config) {
    this.config = config;
    Ckn name = config.keys().get(0).ckn();
    MkaConfig forged = MkaConfig.preSharedKey(name, Cak.parse("ff".repeat(16)));
    this.ports =
        List.of(
            new TwinPorts("a", 2, config, this::sent), new TwinPorts("b", 4, config, this::sent));
    this.others =
        List.of(
            new ScriptedPeer(config, 1, "51".repeat(12)),
            new ScriptedPeer(config, 3, "c1".repeat(12)),
            new ScriptedPeer(forged, 5, "f0".repeat(12)));
    others.get(0).priority = 0;
  }

  /** Two ports that found each other. */
  static EngineRig secured(MkaConfig config) {
    EngineRig rig = new EngineRig(config);
    rig.start(0);
    rig.start(1);
    rig.behave(World.SECONDS);
    return rig;
  }

  private void sent(byte[] frame) {
    wire.add(frame);
    if (wire.size() > MAX_ON_THE_WIRE) {
      wire.remove(0);
    }
  }

  boolean wasSecured() {
    return ports.stream().anyMatch(TwinPorts::wasSecured);
  }

  private void each(Consumer<TwinPorts> action) {
    ports.forEach(action);
  }

  private void tell(int which, Consumer<MkaPort> input) {
    ports.get(which).input(now, input);
  }

  // The ports' lives.

  void start(int which) {
    TwinPorts port = ports.get(which);
    if (port.isStopped()) {
      lastKey = null;
      port.restart(now);
    } else if (!port.isStarted()) {
      port.start(now);
    }
  }

  void crash(int which) {
    lastKey = null;
    ports.get(which).restart(now);
  }

  void stop(int which) {
    ports.get(which).stop(now);
  }

  // Time.

  void pass(long nanos) {
    now += nanos;
  }

  /** Comes back before, at or after the deadline. */
  void timeout(int which, long offset) {
    long deadline = ports.get(which).port().nextDeadline();
    now = deadline == Long.MAX_VALUE ? now : Math.max(now, deadline + offset);
    tell(which, port -> port.handleTimeout(now));
  }

  /** Everything goes as it should for a while: nothing is lost, commands are done at once. */
  void behave(long nanos) {
    long end = now + nanos;
    for (int events = 0; events < 60 && now < end; events++) {
      each(port -> port.work(now));
      if (!wire.isEmpty()) {
        byte[] frame = wire.remove(0);
        now += World.MILLIS / 10;
        each(port -> port.input(now, p -> p.handleFrame(now, frame)));
        continue;
      }
      long next = ports.stream().mapToLong(port -> port.port().nextDeadline()).min().orElseThrow();
      now = Math.min(end, Math.max(now + 1, next));
      each(port -> port.input(now, p -> p.handleTimeout(now)));
    }
  }

  // Frames of ports.

  private byte[] onTheWire(int at) {
    return wire.isEmpty() ? new byte[0] : wire.get(at % wire.size());
  }

  void deliver(int which, int at) {
    byte[] frame = onTheWire(at);
    tell(which, port -> port.handleFrame(now, frame));
  }

  void lose(int at) {
    if (!wire.isEmpty()) {
      wire.remove(at % wire.size());
    }
  }

  void damage(int which, int at, int bit, int length) {
    byte[] frame = onTheWire(at);
    byte[] damaged = Arrays.copyOf(frame, Math.max(0, frame.length + Math.min(0, length)));
    if (damaged.length > 0) {
      damaged[bit / 8 % damaged.length] ^= (byte) (1 << bit % 8);
    }
    tell(which, port -> port.handleFrame(now, damaged));
  }

  void noise(int which, byte[] octets) {
    tell(which, port -> port.handleFrame(now, octets));
  }

  // Frames of others.

  void hear(int which, int other, Speech speech) {
    ScriptedPeer speaker = others.get(other);
    MkaPort listener = ports.get(which).port();
    PeerEntry entry =
        new PeerEntry(listener.status().memberIdentifier(), listener.status().messageNumber());
    byte[] frame = speaker.says(sets(speaker, entry, speech));
    sent(frame);
    tell(which, port -> port.handleFrame(now, frame));
  }

  private ParameterSet[] sets(ScriptedPeer speaker, PeerEntry entry, Speech speech) {
    LivePeerList live = new LivePeerList(List.of(entry));
    return switch (speech) {
      case HELLO -> new ParameterSet[0];
      case LISTS_AS_POTENTIAL -> new ParameterSet[] {new PotentialPeerList(List.of(entry))};
      case LISTS_AS_LIVE -> new ParameterSet[] {live};
      case LISTS_A_STALE_NUMBER ->
          new ParameterSet[] {
            new LivePeerList(
                List.of(new PeerEntry(entry.memberIdentifier(), entry.messageNumber() + 7)))
          };
      case HANDS_OUT_A_KEY -> new ParameterSet[] {live, newKey(speaker)};
      case HANDS_OUT_THE_KEY_AGAIN ->
          new ParameterSet[] {live, lastKey == null ? newKey(speaker) : lastKey};
      case HANDS_OUT_GARBAGE -> new ParameterSet[] {live, garbage()};
      case WANTS_NO_MACSEC -> new ParameterSet[] {live, DistributedSak.withoutMacsec()};
      case RECEIVES -> new ParameterSet[] {live, use(false)};
      case TRANSMITS -> new ParameterSet[] {live, use(true)};
      case USES_AN_UNKNOWN_KEY -> new ParameterSet[] {live, unknownUse(speaker)};
      case WILL_BE_SILENT -> new ParameterSet[] {live, new XpnParameterSet(9, 0, 0)};
      case HANDS_OUT_A_GROUP_KEY -> new ParameterSet[] {live, groupKey(speaker)};
    };
  }

  private DistributedSak newKey(ScriptedPeer speaker) {
    int number = (int) speaker.messageNumber + 1;
    byte[] octets = new byte[16];
    octets[0] = (byte) number;
    octets[1] = (byte) (number >> 8);
    lastKey =
        DistributedSak.of(
            AssociationNumber.of(number % 4),
            ConfidentialityOffset.OFFSET_0,
            number,
            CipherSuite.GCM_AES_128,
            OctetString.of(speaker.keys.wrap(octets)));
    return lastKey;
  }

  private static DistributedSak garbage() {
    return DistributedSak.of(
        AssociationNumber.AN_2,
        ConfidentialityOffset.OFFSET_0,
        99_999,
        CipherSuite.GCM_AES_128,
        OctetString.parse("ab".repeat(24)));
  }

  /** The key that was handed out last by anybody, as far as the wire still knows. */
  private MacsecSakUse use(boolean transmits) {
    KeyUse use = KeyUse.NONE;
    for (byte[] frame : wire) {
      Mkpdu mkpdu = ScriptedPeer.decode(frame);
      DistributedSak sak = mkpdu.distributedSak().orElse(null);
      if (sak != null && sak.hasKey()) {
        MkaKeyIdentifier key =
            new MkaKeyIdentifier(mkpdu.basic().actorMemberIdentifier(), sak.keyNumber());
        use = new KeyUse(sak.associationNumber(), transmits, true, key, mkpdu.sets().size());
      }
    }
    return MacsecSakUse.of(use, KeyUse.NONE, false, false, transmits);
  }

  private static MacsecSakUse unknownUse(ScriptedPeer speaker) {
    MkaKeyIdentifier key = new MkaKeyIdentifier(speaker.memberIdentifier, 4_000_000_000L);
    KeyUse use = new KeyUse(AssociationNumber.AN_1, true, true, key, 0xFFFF_FFFFL);
    return MacsecSakUse.of(use, KeyUse.NONE, true, true, true);
  }

  private static DistributedCak groupKey(ScriptedPeer speaker) {
    return DistributedCak.of(
        OctetString.of(speaker.keys.wrap(new byte[16])), Ckn.parse("67726f7570"));
  }

  /** Somebody new, who will not be heard of again. */
  void stranger(int which) {
    ScriptedPeer stranger =
        new ScriptedPeer(config, 10 + strangers % 50, String.format("aa%022x", strangers++));
    byte[] frame = stranger.says();
    tell(which, port -> port.handleFrame(now, frame));
  }

  // Answers.

  void answer(int which, MacsecException.Kind refusal) {
    ports.get(which).answer(now, refusal);
  }

  void answerNothing(int which, long offset) {
    ports.get(which).answerNothing(now, offset);
  }

  void work(int which) {
    ports.get(which).work(now);
  }

  // What an application and a host say.

  void packetNumber(int which, AssociationNumber an, long number) {
    tell(which, port -> port.handlePacketNumber(now, an, PacketNumber.of(number)));
  }

  void rekey(int which) {
    tell(which, port -> port.rekey(now));
  }

  void transmitFailure(int which) {
    tell(which, MkaPort::handleTransmitFailure);
  }

  /** A key by number; some have times. */
  static PreSharedKey key(int number) {
    byte[] octets = new byte[16];
    octets[0] = (byte) number;
    PreSharedKey key = PreSharedKey.of(Ckn.parse(String.format("ca%02x", number)), Cak.of(octets));
    return switch (number % 4) {
      case 1 -> key.validFrom(EPOCH.plusSeconds(10));
      case 2 -> key.validUntil(EPOCH.plusSeconds(60));
      case 3 -> key.asFallback();
      default -> key;
    };
  }

  private boolean has(int which, PreSharedKey key) {
    return ports.get(which).port().keys().stream().anyMatch(k -> k.ckn().equals(key.ckn()));
  }

  void addKey(int which, int number) {
    PreSharedKey key = key(number);
    if (!ports.get(which).isStopped() && !has(which, key)) {
      tell(which, port -> port.addKey(now, key));
    }
  }

  void replaceKey(int which, int old, int number) {
    PreSharedKey key = key(number);
    if (!ports.get(which).isStopped() && !has(which, key)) {
      tell(which, port -> port.replaceKey(now, key(old).ckn(), key));
    }
  }

  /** Also the key that the port was made with. */
  void removeKey(int which, int number) {
    Ckn name = number == 0 ? config.keys().get(0).ckn() : key(number).ckn();
    tell(which, port -> port.removeKey(now, name));
  }

  void clock(int which, int seconds) {
    tell(which, port -> port.handleClock(now, EPOCH.plusSeconds(seconds)));
  }

  void suspend(int which, int seconds) {
    if (config.mkaVersion() > 1) {
      tell(which, port -> port.suspend(now, Duration.ofSeconds(seconds)));
    }
  }

  void resume(int which) {
    tell(which, port -> port.resume(now));
  }

  void distribute(int which, int number) {
    if (!ports.get(which).isStopped()) {
      tell(which, port -> port.distributeCak(now, key(number)));
    }
  }

  void stopDistributing(int which) {
    tell(which, MkaPort::stopDistributingCak);
  }
}
