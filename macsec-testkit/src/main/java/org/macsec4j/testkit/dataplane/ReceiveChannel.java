package org.macsec4j.testkit.dataplane;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;

/** A receive SC as it works (IEEE 802.1AE 10.7.11). */
final class ReceiveChannel {
  final Sci sci;
  final @Nullable ReceiveAssociation[] sas = new ReceiveAssociation[4];
  final Tally<ReceiveScCounter> tally = new Tally<>(ReceiveScCounter.class);
  boolean enabled = true;

  ReceiveChannel(Sci sci) {
    this.sci = sci;
  }

  ReceiveScSnapshot snapshot(ReplayProtection protection) {
    return new ReceiveScSnapshot(
        sci,
        enabled,
        Arrays.stream(sas).filter(Objects::nonNull).map(sa -> sa.snapshot(protection)).toList(),
        tally.counters());
  }

  void destroy() {
    for (int an = 0; an < sas.length; an++) {
      ReceiveAssociation sa = sas[an];
      if (sa != null) {
        sa.cipher.destroy();
        sas[an] = null;
      }
    }
  }
}
