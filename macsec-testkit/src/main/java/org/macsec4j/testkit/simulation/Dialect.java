package org.macsec4j.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.ReceivedMkpdu;
import org.macsec4j.mka.wire.SetOrder;

/**
 * How a host speaks that is not of our making: what its engine says is said in another form before
 * it goes on the wire, its ICV computed anew.
 *
 * <p>A slow one speaks on its tick alone, as wpa_supplicant does: of all that its engine would say
 * in between, the last word of each CA remains.
 */
final class Dialect {
  /**
   * What is odd about it.
   *
   * @param descending parameter sets go from the greatest type to the least
   * @param mute no announcement is sent, whatever the version
   * @param tickNanos the time between ticks of a slow one; 0 for one that speaks at once
   */
  record Manner(boolean descending, boolean mute, long tickNanos) {
    static final Manner OURS = new Manner(false, false, 0);

    boolean isSlow() {
      return tickNanos > 0;
    }

    @Override
    public String toString() {
      return (descending ? " descending-sets" : "")
          + (mute ? " no-announcements" : "")
          + (isSlow() ? " speaks-each-" + tickNanos / Schedule.MILLIS + "-ms" : "");
    }
  }

  private final Manner manner;
  private final MkpduDecoder decoder;
  private final Map<Ckn, MkaKeys> keys = new HashMap<>();
  private final Map<Ckn, byte[]> held = new LinkedHashMap<>();

  Dialect(Manner manner, int etherType) {
    this.manner = manner;
    this.decoder = MkpduDecoder.DEFAULT.withEtherTypes(etherType);
  }

  /** A key that the host uses from now on. */
  void learn(PreSharedKey key) {
    if (manner.descending || manner.mute) {
      keys.computeIfAbsent(key.ckn(), ckn -> MkaKeys.derive(key.cak(), ckn));
    }
  }

  /** What goes on the wire now; null when it is held back until the next tick. */
  byte @Nullable [] say(byte[] frame) {
    if (!manner.descending && !manner.mute && !manner.isSlow()) {
      return frame;
    }
    ReceivedMkpdu opened = open(frame);
    byte[] said = manner.descending || manner.mute ? recast(opened) : frame;
    if (!manner.isSlow()) {
      return said;
    }
    held.put(opened.basic().ckn(), said);
    return null;
  }

  /** The tick of a slow one. */
  void tick(Consumer<byte[]> wire) {
    List<byte[]> words = new ArrayList<>(held.values());
    held.clear();
    words.forEach(wire);
  }

  /** What was held back is gone with the process that would have said it. */
  void forget() {
    held.clear();
  }

  private ReceivedMkpdu open(byte[] frame) {
    try {
      return decoder.open(frame);
    } catch (MalformedMkpduException e) {
      throw new IllegalStateException("the engine sent what is no MKPDU", e);
    }
  }

  private byte[] recast(ReceivedMkpdu opened) {
    EapolHeader header = opened.header();
    Mkpdu mkpdu;
    try {
      mkpdu = opened.mkpdu();
    } catch (MalformedMkpduException e) {
      throw new IllegalStateException("the engine sent a malformed MKPDU", e);
    }
    List<ParameterSet> sets = new ArrayList<>(mkpdu.sets());
    if (manner.mute) {
      sets.removeIf(AnnouncementParameterSet.class::isInstance);
    }
    if (manner.descending) {
      sets.sort(Comparator.comparingInt(ParameterSet::type).reversed());
    }
    MkaKeys own = keys.get(mkpdu.basic().ckn());
    if (own == null) {
      throw new IllegalStateException("no key for CKN " + mkpdu.basic().ckn());
    }
    return MkpduEncoder.DEFAULT
        .withOrder(SetOrder.AS_GIVEN)
        .encode(header, new Mkpdu(mkpdu.basic(), sets), own::computeIcv);
  }
}
