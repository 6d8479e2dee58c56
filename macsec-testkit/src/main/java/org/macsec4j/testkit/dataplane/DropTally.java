package org.macsec4j.testkit.dataplane;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts drops by reason. */
@SuppressWarnings("EnumOrdinal") // an EnumMap would box a Long for each frame
final class DropTally {
  private static final DropReason[] REASONS = DropReason.values();

  private final long[] counts = new long[REASONS.length];
  private @Nullable DropReason last;

  void count(DropReason reason) {
    last = reason;
    counts[reason.ordinal()]++;
  }

  Optional<DropReason> last() {
    return Optional.ofNullable(last);
  }

  /** The reasons that occurred. */
  Map<DropReason, Long> asMap() {
    Map<DropReason, Long> map = new EnumMap<>(DropReason.class);
    for (DropReason reason : REASONS) {
      if (counts[reason.ordinal()] != 0) {
        map.put(reason, counts[reason.ordinal()]);
      }
    }
    return map;
  }
}
