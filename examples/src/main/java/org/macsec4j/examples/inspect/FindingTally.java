package org.macsec4j.examples.inspect;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts findings; see {@link Summary} for what is counted where. */
final class FindingTally {
  private final Map<IcvVerdict, Long> icvs = new EnumMap<>(IcvVerdict.class);
  private final Map<DataVerdict, Long> data = new EnumMap<>(DataVerdict.class);
  private final Set<KnownSak> saks = new HashSet<>();
  private long frames;
  private long malformed;

  void frame() {
    frames++;
  }

  void add(Finding finding) {
    if (finding instanceof Finding.MkaFrame mka) {
      icvs.merge(mka.icv(), 1L, Long::sum);
      mka.sak().ifPresent(saks::add);
    } else if (finding instanceof Finding.MacsecFrame macsec) {
      data.merge(macsec.verdict(), 1L, Long::sum);
    } else if (finding instanceof Finding.Malformed) {
      malformed++;
    }
    // A frame that the capture cut is nobody's mistake on the link: it counts as a frame alone.
  }

  Summary summary() {
    long icvOk = icvs.getOrDefault(IcvVerdict.OK, 0L);
    long icvBad = icvs.getOrDefault(IcvVerdict.BAD, 0L);
    long icvUnchecked = icvs.getOrDefault(IcvVerdict.UNCHECKED, 0L);
    long ok = data.getOrDefault(DataVerdict.OK, 0L);
    long bad = data.getOrDefault(DataVerdict.BAD, 0L);
    long noKey = data.getOrDefault(DataVerdict.NO_KEY, 0L);
    return new Summary(
        frames,
        icvOk + icvBad + icvUnchecked,
        icvOk,
        icvBad,
        icvUnchecked,
        malformed,
        saks.size(),
        ok + bad + noKey,
        ok,
        bad,
        noKey);
  }
}
