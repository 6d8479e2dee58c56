package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.MkaEvent;

/**
 * SCIs that more than one device claims. A SecY cannot tell two such devices apart, so this is a
 * fault that somebody has to mend, and nobody will unless it is told.
 *
 * <p>A single sign proves nothing: a late MKPDU of a former life looks the same. Devices that share
 * an SCI go on speaking, so the signs follow each other; so many, none later than a life time after
 * the one before, are the proof. It lasts until the signs have ceased for a life time.
 */
final class SciClashes {
  private static final int PROOF = 4;
  private static final int MAX_SCIS = 16;

  private record Signs(int count, long last) {}

  private final PortContext context;
  private final Recollection<Sci, Signs> signs = new Recollection<>(MAX_SCIS);

  SciClashes(PortContext context) {
    this.context = context;
  }

  /** Notes a sign. */
  void sign(long now, Sci sci) {
    Signs before = signs.get(sci);
    int count = before == null || isOver(before, now) ? 1 : Math.min(PROOF, before.count + 1);
    signs.put(sci, new Signs(count, now));
    if (count == PROOF && (before == null || before.count < PROOF)) {
      context.event(new MkaEvent.SciClash(sci, sci.equals(context.sci)));
    }
  }

  /** Whether it is proven that devices share an SCI. */
  boolean isProven(long now, Sci sci) {
    Signs found = signs.get(sci);
    return found != null && found.count == PROOF && !isOver(found, now);
  }

  /** An SCI that devices are proven to share, our own before others; null for none. */
  @Nullable Sci proven(long now) {
    if (isProven(now, context.sci)) {
      return context.sci;
    }
    for (Sci sci : signs.names()) {
      if (isProven(now, sci)) {
        return sci;
      }
    }
    return null;
  }

  private boolean isOver(Signs found, long now) {
    return now - found.last > context.lifeNanos;
  }
}
