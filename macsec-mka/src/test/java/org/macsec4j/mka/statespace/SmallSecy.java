package org.macsec4j.mka.statespace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.mka.statespace.Ledger.Deed;

/**
 * A SecY that carries no frames and refuses what the kernel refuses, as small as can be, so that it
 * can be copied a million times. It tells what it did with keys, for the {@link Ledger}.
 */
final class SmallSecy {
  /** A key by its name, and a hash of its octets. */
  record Key(KeyIdentifier identifier, int octets) {
    static Key of(SecureAssociationKey key) {
      Fingerprint octets = new Fingerprint();
      octets.add(key.toByteArray());
      return new Key(key.identifier(), (int) octets.high());
    }
  }

  /** An SA. */
  record Sa(Key key, Optional<Ssci> ssci, boolean enabled) {
    Sa enabled(boolean on) {
      return new Sa(key, ssci, on);
    }
  }

  private static final SecyResult EXISTS = failed(Kind.EXISTS, "it exists");
  private static final SecyResult MISSING = failed(Kind.NOT_FOUND, "there is none");
  private static final SecyResult BUSY = failed(Kind.BUSY, "the SA is in use");
  static final SecyResult REFUSED = failed(Kind.BACKEND, "refused for once");

  private final Sci sci;
  private final Map<Sci, Map<AssociationNumber, Sa>> receive = new LinkedHashMap<>();
  private final Map<AssociationNumber, Sa> transmit = new TreeMap<>();
  private CipherSuite suite;
  private AssociationNumber selected;
  private boolean portEnabled;

  SmallSecy(Sci sci, CipherSuite suite) {
    this.sci = sci;
    this.suite = suite;
  }

  private static SecyResult failed(Kind kind, String message) {
    return new SecyResult.Failed(new MacsecException(kind, message));
  }

  SecyResult apply(SecyCommand command, List<Deed> deeds) {
    if (command instanceof SecyCommand.Change change) {
      suite = change.change().cipherSuite().orElse(suite);
    } else if (command instanceof SecyCommand.SetControlledPort port) {
      portEnabled = port.enabled();
    } else if (command instanceof SecyCommand.CreateReceiveSc create) {
      return receive.putIfAbsent(create.sci(), new TreeMap<>()) == null
          ? SecyResult.done()
          : EXISTS;
    } else if (command instanceof SecyCommand.DeleteReceiveSc delete) {
      return receive.remove(delete.sci()) == null ? MISSING : SecyResult.done();
    } else if (command instanceof SecyCommand.InstallReceiveSa install) {
      return installReceive(install.sci(), install.sa(), deeds);
    } else if (command instanceof SecyCommand.EnableReceiveSa enable) {
      return enable(receive.get(enable.sci()), enable.an(), enable.enabled());
    } else if (command instanceof SecyCommand.DeleteReceiveSa delete) {
      return delete(receive.get(delete.sci()), delete.an());
    } else if (command instanceof SecyCommand.InstallTransmitSa install) {
      return installTransmit(install.sa(), deeds);
    } else if (command instanceof SecyCommand.EnableTransmitSa enable) {
      return enable(transmit, enable.an(), enable.enabled());
    } else if (command instanceof SecyCommand.DeleteTransmitSa delete) {
      return delete(transmit, delete.an());
    } else if (command instanceof SecyCommand.SelectTransmitSa select) {
      return select(select.an(), deeds);
    } else {
      throw new AssertionError("a command that the engine does not need here: " + command);
    }
    return SecyResult.done();
  }

  private SecyResult installReceive(Sci from, ReceiveSa sa, List<Deed> deeds) {
    Map<AssociationNumber, Sa> slots = receive.get(from);
    if (slots == null) {
      return MISSING;
    }
    sa.checkFor(suite);
    if (slots.containsKey(sa.an())) {
      return EXISTS;
    }
    Sa made = new Sa(Key.of(sa.key()), sa.ssci(), sa.enabled());
    deeds.add(new Deed.Receive(sci, from, made));
    slots.put(sa.an(), made);
    return SecyResult.done();
  }

  private SecyResult installTransmit(TransmitSa sa, List<Deed> deeds) {
    sa.checkFor(suite);
    if (transmit.containsKey(sa.an())) {
      return EXISTS;
    }
    Sa made = new Sa(Key.of(sa.key()), sa.ssci(), sa.enabled());
    deeds.add(new Deed.Transmit(sci, made));
    transmit.put(sa.an(), made);
    return SecyResult.done();
  }

  private static SecyResult enable(
      Map<AssociationNumber, Sa> slots, AssociationNumber an, boolean on) {
    Sa sa = slots == null ? null : slots.get(an);
    if (sa == null) {
      return MISSING;
    }
    slots.put(an, sa.enabled(on));
    return SecyResult.done();
  }

  private static SecyResult delete(Map<AssociationNumber, Sa> slots, AssociationNumber an) {
    Sa sa = slots == null ? null : slots.get(an);
    if (sa == null) {
      return MISSING;
    }
    if (sa.enabled()) {
      return BUSY;
    }
    slots.remove(an);
    return SecyResult.done();
  }

  private SecyResult select(AssociationNumber an, List<Deed> deeds) {
    Sa sa = transmit.get(an);
    if (sa == null) {
      return MISSING;
    }
    deeds.add(new Deed.Select(sci, sa));
    if (receive.values().stream().noneMatch(slots -> holds(slots, sa.key()))) {
      throw new AssertionError(sci + " transmits with a key that it does not receive");
    }
    selected = an;
    return SecyResult.done();
  }

  private static boolean holds(Map<AssociationNumber, Sa> slots, Key key) {
    return slots.values().stream().anyMatch(sa -> sa.key().equals(key) && sa.enabled());
  }

  /** The key that frames are sent with; null when none can be sent. */
  Key transmitKey() {
    Sa sa = selected == null ? null : transmit.get(selected);
    return portEnabled && sa != null && sa.enabled() ? sa.key() : null;
  }

  /** The keys that frames are received with, by who sends them and under which number. */
  Map<Sci, Map<AssociationNumber, Sa>> receive() {
    return receive;
  }

  AssociationNumber selected() {
    return selected;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(portEnabled ? "open" : "closed");
    text.append(" tx ").append(transmit.keySet()).append(" sel ").append(selected);
    receive.forEach((from, slots) -> text.append(" rx ").append(from).append(slots.keySet()));
    return text.toString();
  }
}
