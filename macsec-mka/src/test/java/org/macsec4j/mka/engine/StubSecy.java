package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.UnauthenticatedAccess;
import org.macsec4j.mka.UnsecuredAccess;

/**
 * A SecY that carries no frames, refuses what the kernel refuses, and fails the test when a command
 * breaks a rule of the protocol.
 */
final class StubSecy {
  private final Member member;
  final List<SecyCommand> commands = new ArrayList<>();
  private final Map<Sci, Map<AssociationNumber, ReceiveSa>> channels = new LinkedHashMap<>();
  private final Map<AssociationNumber, TransmitSa> transmit = new TreeMap<>();
  private final Set<String> received = new HashSet<>();
  private CipherSuite suite;
  private AssociationNumber selected;
  private boolean portEnabled;
  private boolean protect = true;
  private ValidateFrames validate;

  /** Asked before each command; a cause makes it fail. */
  Function<SecyCommand, MacsecException> failure = command -> null;

  /** As on Linux: it takes another suite only while it has no SA. */
  boolean suiteFixedBySas;

  StubSecy(Member member) {
    this.member = member;
    this.suite = member.config.cipherSuites().get(0);
    this.validate = member.config.validateFrames();
  }

  SecyResult apply(SecyCommand command) {
    commands.add(command);
    MacsecException cause = failure.apply(command);
    if (cause == null) {
      cause = carryOut(command);
    }
    return cause == null ? SecyResult.done() : new SecyResult.Failed(cause);
  }

  private MacsecException carryOut(SecyCommand command) {
    if (command instanceof SecyCommand.Change change) {
      return change(change.change());
    } else if (command instanceof SecyCommand.SetControlledPort port) {
      portEnabled = port.enabled();
      checkClear();
      return null;
    } else if (command instanceof SecyCommand.CreateReceiveSc create) {
      return channels.putIfAbsent(create.sci(), new TreeMap<>()) == null ? null : exists();
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      return channels.remove(delete.sci()) == null ? missing() : null;
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      return installReceive(install.sci(), install.sa());
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      return enableReceive(enable);
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      return deleteReceive(delete);
    } else if (command instanceof SecyCommand.InstallTransmitSa install) {
      return installTransmit(install.sa());
    } else if (command instanceof SecyCommand.RaiseLowestPn raise) {
      return raise(raise);
    }
    return carryOutTransmit(command);
  }

  private MacsecException change(SecyChange change) {
    CipherSuite wanted = change.cipherSuite().orElse(suite);
    boolean empty =
        transmit.isEmpty() && channels.values().stream().allMatch(channel -> channel.isEmpty());
    if (suiteFixedBySas && wanted != suite && !empty) {
      return new MacsecException(MacsecException.Kind.BUSY, "an SA has the suite " + suite);
    }
    suite = wanted;
    boolean before = protect;
    protect = change.protectFrames().orElse(protect);
    validate = change.validateFrames().orElse(validate);
    AccessPolicy policy = member.config.accessPolicy();
    if (policy.isMustSecure() && (!protect || validate != member.config.validateFrames())) {
      throw member.world.failure(member.name + " drops its guard under must-secure: " + change);
    }
    if (before && !protect) {
      checkClear();
    }
    return null;
  }

  /** Where frames begin to pass in clear the policy must say so, and no key may be in use. */
  private void checkClear() {
    if (!passesInClear()) {
      return;
    }
    boolean alone = member.port.status().livePeers().isEmpty();
    AccessPolicy policy = member.config.accessPolicy();
    boolean never =
        alone
            ? policy.unauthenticated() == UnauthenticatedAccess.NEVER
            : policy.unsecured() == UnsecuredAccess.NEVER;
    MkaStatus status = member.port.status();
    boolean keyed =
        !alone
            && (status.latest().filter(MkaStatus.Key::transmits).isPresent()
                || status.old().filter(MkaStatus.Key::transmits).isPresent());
    if (never || keyed) {
      throw member.world.failure(member.name + " passes frames in clear, alone: " + alone);
    }
  }

  boolean passesInClear() {
    return portEnabled && !protect;
  }

  boolean isPortEnabled() {
    return portEnabled;
  }

  ValidateFrames validate() {
    return validate;
  }

  private MacsecException carryOutTransmit(SecyCommand command) {
    if (command instanceof SecyCommand.EnableTransmitSa enable) {
      TransmitSa sa = transmit.get(enable.an());
      if (sa == null) {
        return missing();
      }
      transmit.put(
          enable.an(), new TransmitSa(sa.an(), sa.key(), sa.nextPn(), sa.ssci(), enable.enabled()));
      return null;
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      if (!transmit.containsKey(select.an())) {
        return missing();
      }
      checkReceivesAll(transmit.get(select.an()).key());
      selected = select.an();
      return null;
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      TransmitSa sa = transmit.get(delete.an());
      if (sa == null) {
        return missing();
      }
      if (sa.enabled()) {
        return new MacsecException(MacsecException.Kind.BUSY, "the SA is in use");
      }
      transmit.remove(delete.an());
      return null;
    }
    throw new AssertionError("a command that the engine does not need: " + command);
  }

  private MacsecException installReceive(Sci sci, ReceiveSa sa) {
    Map<AssociationNumber, ReceiveSa> slots = channels.get(sci);
    if (slots == null) {
      return missing();
    }
    sa.checkFor(suite);
    if (slots.containsKey(sa.an())) {
      return exists();
    }
    checkOneKey(sa.key());
    if (!received.add(member.life() + " " + sci + " " + World.hex(sa.key()))) {
      throw member.world.failure(member.name + " receives anew from " + sci + " with " + sa.key());
    }
    sa.ssci().ifPresent(ssci -> checkSsci(sa.key(), sci, ssci));
    slots.put(sa.an(), copy(sa));
    return null;
  }

  private MacsecException raise(SecyCommand.RaiseLowestPn raise) {
    Map<AssociationNumber, ReceiveSa> slots = channels.get(raise.sci());
    ReceiveSa sa = slots == null ? null : slots.get(raise.an());
    if (sa == null) {
      return missing();
    }
    if (raise.lowestPn().compareTo(sa.lowestPn()) <= 0) {
      throw member.world.failure(member.name + " lowers a packet number: " + raise);
    }
    slots.put(
        raise.an(), new ReceiveSa(sa.an(), sa.key(), raise.lowestPn(), sa.ssci(), sa.enabled()));
    return null;
  }

  /** The lowest packet number that is accepted of a peer under an association number. */
  PacketNumber lowestPn(Sci from, AssociationNumber an) {
    return channels.get(from).get(an).lowestPn();
  }

  private MacsecException enableReceive(SecyCommand.EnableReceiveSa enable) {
    Map<AssociationNumber, ReceiveSa> slots = channels.get(enable.sci());
    ReceiveSa sa = slots == null ? null : slots.get(enable.an());
    if (sa == null) {
      return missing();
    }
    slots.put(
        enable.an(), new ReceiveSa(sa.an(), sa.key(), sa.lowestPn(), sa.ssci(), enable.enabled()));
    return null;
  }

  private MacsecException deleteReceive(SecyCommand.DeleteReceiveSa delete) {
    Map<AssociationNumber, ReceiveSa> slots = channels.get(delete.sci());
    ReceiveSa sa = slots == null ? null : slots.get(delete.an());
    if (sa == null) {
      return missing();
    }
    if (sa.enabled()) {
      return new MacsecException(MacsecException.Kind.BUSY, "the SA is in use");
    }
    slots.remove(delete.an());
    return null;
  }

  private MacsecException installTransmit(TransmitSa sa) {
    sa.checkFor(suite);
    if (transmit.containsKey(sa.an())) {
      return exists();
    }
    checkOneKey(sa.key());
    String use = member.sci + " " + World.hex(sa.key());
    if (member.world.transmitInstalls.merge(use, 1, Integer::sum) > 1) {
      throw member.world.failure(member.name + " transmits anew with " + sa.key());
    }
    sa.ssci().ifPresent(ssci -> checkSsci(sa.key(), member.sci, ssci));
    transmit.put(
        sa.an(), new TransmitSa(sa.an(), sa.key().copy(), sa.nextPn(), sa.ssci(), sa.enabled()));
    return null;
  }

  /** One identifier is one key, everywhere. */
  private void checkOneKey(SecureAssociationKey key) {
    KeyIdentifier identifier = key.identifier();
    String octets = World.hex(key);
    String before =
        member.world.keysByIdentifier.putIfAbsent(MkaKeyIdentifier.of(identifier), octets);
    if (before != null && !before.equals(octets)) {
      throw member.world.failure("two keys are called " + identifier);
    }
  }

  /** SSCIs are distinct under a key, and the greater SCI has the lower one. */
  private void checkSsci(SecureAssociationKey key, Sci sci, Ssci ssci) {
    Map<Sci, Ssci> known =
        member.world.sscisByKey.computeIfAbsent(World.hex(key), octets -> new TreeMap<>());
    known.forEach(
        (otherSci, otherSsci) -> {
          int bySci = Integer.signum(otherSci.compareTo(sci));
          int bySsci = Integer.compare(ssci.value(), otherSsci.value());
          if (bySci != Integer.signum(bySsci)) {
            throw member.world.failure(
                "SSCI " + ssci + " of " + sci + " beside " + otherSsci + " of " + otherSci);
          }
        });
    known.put(sci, ssci);
  }

  /** Before anything is transmitted with a key, every live peer that has it can be received. */
  private void checkReceivesAll(SecureAssociationKey key) {
    boolean any = false;
    for (Map<AssociationNumber, ReceiveSa> slots : channels.values()) {
      for (ReceiveSa sa : slots.values()) {
        any |= sa.key().equals(key);
      }
    }
    if (!any) {
      throw member.world.failure(member.name + " transmits with a key that it does not receive");
    }
  }

  private static ReceiveSa copy(ReceiveSa sa) {
    return new ReceiveSa(sa.an(), sa.key().copy(), sa.lowestPn(), sa.ssci(), sa.enabled());
  }

  /** Somebody else removed a channel. */
  void loseChannel(Sci sci) {
    channels.remove(sci);
  }

  /** The key that frames are sent with; null when none can be sent. */
  SecureAssociationKey transmitKey() {
    TransmitSa sa = selected == null ? null : transmit.get(selected);
    return portEnabled && protect && sa != null && sa.enabled() ? sa.key() : null;
  }

  AssociationNumber selected() {
    return selected;
  }

  /** Whether a frame that the other sends now would be accepted here. */
  boolean receives(Sci from, StubSecy other) {
    if (other.passesInClear()) {
      return portEnabled && validate != ValidateFrames.STRICT;
    }
    return receives(from, other.selected, other.transmitKey());
  }

  /** Whether a frame under a key would be accepted here. */
  boolean receives(Sci from, @Nullable AssociationNumber an, @Nullable SecureAssociationKey key) {
    Map<AssociationNumber, ReceiveSa> slots = channels.get(from);
    ReceiveSa sa = slots == null || key == null || an == null ? null : slots.get(an);
    return portEnabled && sa != null && sa.enabled() && sa.key().equals(key);
  }

  boolean isEmpty() {
    return channels.isEmpty() && transmit.isEmpty() && !portEnabled;
  }

  private MacsecException exists() {
    return new MacsecException(MacsecException.Kind.EXISTS, "it exists");
  }

  private MacsecException missing() {
    return new MacsecException(MacsecException.Kind.NOT_FOUND, "there is none");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(portEnabled ? "open" : "closed");
    text.append(protect ? " " : " in clear ").append(validate);
    text.append(" tx ").append(transmit.keySet()).append(" sel ").append(selected);
    channels.forEach((sci, slots) -> text.append(" rx ").append(sci).append(slots.keySet()));
    return text.toString();
  }
}
