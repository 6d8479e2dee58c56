package org.macsec4j.mka.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Sci;

/**
 * What the SecY is, as its answers to our commands tell. Where it holds something that is not ours,
 * as after a crash of a former process, that is stale: known to be there, to be removed.
 */
final class SecyModel {
  private static final int ASSOCIATION_NUMBERS = AssociationNumber.values().length;

  /** A place for an SA. */
  static final class Slot {
    /** Stands for all that were never taken; never changed. */
    private static final Slot NEVER_TAKEN = new Slot();

    private @Nullable Sak sak;
    private boolean stale;
    private boolean enabled;
    private long lowestPn;

    @Nullable Sak sak() {
      return sak;
    }

    boolean isFree() {
      return sak == null && !stale;
    }

    boolean holds(Sak key) {
      return sak == key;
    }

    boolean isEnabled() {
      return enabled;
    }

    /** The lowest packet number that the SA accepts, unsigned. */
    long lowestPn() {
      return lowestPn;
    }

    void fill(Sak key, boolean on, long lowest) {
      sak = key;
      stale = false;
      enabled = on;
      lowestPn = lowest;
    }

    void setEnabled(boolean on) {
      enabled = on;
    }

    void setLowestPn(long lowest) {
      lowestPn = lowest;
    }

    void setStale() {
      sak = null;
      stale = true;
      enabled = true;
    }

    void free() {
      sak = null;
      stale = false;
      enabled = false;
    }
  }

  /** The places of a channel. Those that were never taken are no objects of their own. */
  private static final class Slots {
    private final @Nullable Slot[] slots = new Slot[ASSOCIATION_NUMBERS];

    Slot get(AssociationNumber an) {
      Slot slot = slots[an.value()];
      return slot == null ? Slot.NEVER_TAKEN : slot;
    }

    Slot take(AssociationNumber an) {
      Slot slot = slots[an.value()];
      if (slot == null) {
        slot = new Slot();
        slots[an.value()] = slot;
      }
      return slot;
    }
  }

  /** A receive channel. */
  static final class Channel {
    private final Slots slots = new Slots();
    private boolean stale;

    Slot slot(AssociationNumber an) {
      return slots.get(an);
    }

    /** The place, to be changed. */
    Slot place(AssociationNumber an) {
      return slots.take(an);
    }

    boolean isStale() {
      return stale;
    }

    void setStale() {
      stale = true;
    }
  }

  private final Slots transmit = new Slots();
  private final Map<Sci, Channel> channels = new LinkedHashMap<>(2);
  private CipherSuite suite;
  private ConfidentialityOffset offset;
  private @Nullable Protection protection;
  private boolean portEnabled;
  private boolean suiteFixedByAssociations;
  private @Nullable AssociationNumber selected;

  /** A SecY as it was made: without SAs, disabled; null for a protection that is not known. */
  SecyModel(CipherSuite suite, ConfidentialityOffset offset, @Nullable Protection protection) {
    this.suite = suite;
    this.offset = offset;
    this.protection = protection;
  }

  Slot transmit(AssociationNumber an) {
    return transmit.get(an);
  }

  /** The place of a transmit SA, to be changed. */
  Slot transmitPlace(AssociationNumber an) {
    return transmit.take(an);
  }

  Map<Sci, Channel> channels() {
    return channels;
  }

  boolean is(CipherSuite wantedSuite, ConfidentialityOffset wantedOffset) {
    return suite == wantedSuite && offset == wantedOffset;
  }

  void changed(CipherSuite newSuite, ConfidentialityOffset newOffset) {
    suite = newSuite;
    offset = newOffset;
  }

  CipherSuite suite() {
    return suite;
  }

  /** Whether the SecY takes another suite only while it has no SA. */
  boolean isSuiteFixedByAssociations() {
    return suiteFixedByAssociations;
  }

  void setSuiteFixedByAssociations() {
    suiteFixedByAssociations = true;
  }

  /**
   * How frames are treated; null when a former life may have left it otherwise than it was made.
   */
  @Nullable Protection protection() {
    return protection;
  }

  void setProtection(Protection changed) {
    protection = changed;
  }

  /** Whether user frames pass without protection. */
  boolean passesInClear() {
    return portEnabled && protection != null && !protection.frames();
  }

  boolean isPortEnabled() {
    return portEnabled;
  }

  void setPortEnabled(boolean enabled) {
    portEnabled = enabled;
  }

  @Nullable AssociationNumber selected() {
    return selected;
  }

  void select(@Nullable AssociationNumber an) {
    selected = an;
  }

  /** Whether frames are transmitted under the key. */
  boolean transmits(Sak key) {
    return protection != null && protection.frames() && canTransmit(key);
  }

  /** Whether frames are transmitted under the key, if they are protected. */
  boolean canTransmit(Sak key) {
    Slot slot = transmit(key.an());
    return slot.holds(key) && slot.isEnabled() && selected == key.an();
  }

  /** Whether frames of the peer are received under the key. */
  boolean receives(Sci peer, Sak key) {
    Channel channel = channels.get(peer);
    if (channel == null || channel.isStale()) {
      return false;
    }
    Slot slot = channel.slot(key.an());
    return slot.holds(key) && slot.isEnabled();
  }
}
