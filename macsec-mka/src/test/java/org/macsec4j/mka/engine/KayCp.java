package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * The Controlled Port machine and the SecY of a {@link KayPeer}: IEEE 802.1X figure 12-2 as
 * wpa_supplicant 2.10 follows it, with its shortcuts. The first key goes to the old slot at once; a
 * change of the key server closes the port and deletes all keys.
 */
final class KayCp {
  /** What the machine asks of the rest. */
  interface Kay {
    /** To say something now. */
    void speak();

    /** To come back after some time. */
    void after(long nanos, Runnable action);
  }

  /** A key and the number it is used under. */
  record Key(MkaKeyIdentifier identifier, AssociationNumber an, SecureAssociationKey octets) {}

  private enum State {
    CHANGE,
    SECURED,
    RECEIVE,
    RECEIVING,
    READY,
    TRANSMIT,
    TRANSMITTING,
    ABANDON,
    RETIRE
  }

  private static final long TRANSMIT_DELAY = 6 * World.SECONDS;
  private static final long RETIRE_DELAY = 3 * World.SECONDS;

  private final Kay kay;
  final List<Key> keys = new ArrayList<>();
  final Map<Sci, Map<AssociationNumber, Key>> receiving = new java.util.HashMap<>();
  private final Map<AssociationNumber, Key> sending = new EnumMap<>(AssociationNumber.class);
  private @Nullable Key encoding;
  private State state = State.CHANGE;
  boolean portEnabled;
  boolean wantsSecure;
  boolean serverChanged;
  boolean electedSelf;
  boolean allReceiving;
  boolean serverTransmitting;
  private @Nullable Key offered;
  @Nullable Key latest;
  boolean latestRx;
  boolean latestTx;
  @Nullable Key old;
  private boolean oldRx;
  private boolean usingReceive;
  private boolean usingTransmit;
  private boolean transmitWaits;
  private boolean retireWaits;
  private int transmitTimer;
  private int retireTimer;

  KayCp(Kay kay) {
    this.kay = kay;
  }

  void offer(Key key) {
    offered = key;
    keys.add(0, key);
    step();
  }

  /** As all its steps, this one is taken when whatever goes on now is done. */
  void step() {
    kay.after(1_000, this::run);
  }

  /** The key that frames are sent under; null when none go out. */
  @Nullable Key transmits() {
    return portEnabled ? encoding : null;
  }

  boolean receives(Sci from, @Nullable AssociationNumber an, @Nullable SecureAssociationKey key) {
    Map<AssociationNumber, Key> channel = receiving.get(from);
    Key there = channel == null || an == null || key == null ? null : channel.get(an);
    return portEnabled && there != null && there.octets.equals(key);
  }

  void deleteTransmitSas() {
    sending.clear();
    encoding = null;
  }

  private void run() {
    State before;
    do {
      before = state;
      stepOnce();
    } while (state != before);
  }

  private boolean changed() {
    return !wantsSecure || serverChanged;
  }

  private void stepOnce() {
    switch (state) {
      case CHANGE -> {
        if (wantsSecure) {
          enter(State.SECURED);
        }
      }
      case SECURED, RETIRE -> {
        if (changed()) {
          enter(State.CHANGE);
        } else if (offered != null) {
          enter(State.RECEIVE);
        }
      }
      case RECEIVE -> {
        if (usingReceive) {
          enter(State.RECEIVING);
        }
      }
      case RECEIVING -> {
        if (offered != null || changed()) {
          enter(State.ABANDON);
        }
        if (!electedSelf) {
          enter(State.READY);
        } else if (allReceiving || !portEnabled || !transmitWaits) {
          enter(State.TRANSMIT);
        }
      }
      case READY -> {
        if (offered != null || changed()) {
          enter(State.ABANDON);
        }
        if (serverTransmitting || !portEnabled) {
          enter(State.TRANSMIT);
        }
      }
      case TRANSMIT -> {
        if (usingTransmit) {
          enter(State.TRANSMITTING);
        }
      }
      case TRANSMITTING -> {
        if (!retireWaits || changed()) {
          enter(State.RETIRE);
        }
      }
      case ABANDON -> {
        if (changed()) {
          enter(State.RETIRE);
        } else if (offered != null) {
          enter(State.RECEIVE);
        }
      }
    }
  }

  private void enter(State next) {
    state = next;
    switch (next) {
      case CHANGE -> {
        portEnabled = false;
        delete(latest);
        delete(old);
        latest = null;
        old = null;
        latestRx = false;
        latestTx = false;
        oldRx = false;
      }
      case SECURED -> serverChanged = false;
      case RECEIVE -> {
        Key key = Objects.requireNonNull(offered);
        latest = key;
        latestRx = false;
        latestTx = false;
        receiving.values().forEach(channel -> channel.put(key.an, key));
        usingReceive |= !receiving.isEmpty();
        if (Objects.equals(sending.get(key.an), encoding)) {
          encoding = null;
        }
        sending.put(key.an, key);
        offered = null;
        allReceiving = false;
      }
      case RECEIVING -> {
        latestRx = true;
        transmitWaits = true;
        int timer = ++transmitTimer;
        kay.after(TRANSMIT_DELAY, () -> transmitDue(timer));
        usingReceive = false;
        serverTransmitting = false;
      }
      case READY -> kay.speak();
      case TRANSMIT -> {
        portEnabled = true;
        latestTx = true;
        if (latest != null && latest.equals(sending.get(latest.an))) {
          encoding = latest;
          usingTransmit = true;
        }
        allReceiving = false;
        serverTransmitting = false;
      }
      case TRANSMITTING -> {
        retireWaits = oldRx;
        kay.speak();
        int timer = ++retireTimer;
        kay.after(retireWaits ? RETIRE_DELAY : 1_000, () -> retireDue(timer));
        usingTransmit = false;
      }
      case ABANDON -> {
        delete(latest);
        latestRx = false;
        latest = null;
      }
      case RETIRE -> {
        delete(old);
        old = latest;
        oldRx = latestRx;
        latest = null;
        latestRx = false;
        latestTx = false;
      }
    }
  }

  private void transmitDue(int timer) {
    if (timer == transmitTimer) {
      transmitWaits = false;
      run();
    }
  }

  private void retireDue(int timer) {
    if (timer == retireTimer) {
      retireWaits = false;
      run();
    }
  }

  private void delete(@Nullable Key key) {
    if (key == null) {
      return;
    }
    if (key.equals(encoding)) {
      encoding = null;
    }
    sending.values().removeIf(key::equals);
    receiving.values().forEach(channel -> channel.values().removeIf(key::equals));
    keys.remove(key);
  }

  @Override
  public String toString() {
    return state
        + (portEnabled ? " open" : " closed")
        + " latest "
        + latest
        + " old "
        + old
        + " encoding "
        + encoding
        + " receiving "
        + receiving;
  }
}
