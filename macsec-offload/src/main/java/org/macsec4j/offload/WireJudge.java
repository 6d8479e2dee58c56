package org.macsec4j.offload;

import java.util.EnumMap;
import java.util.Map;
import org.macsec4j.SecySnapshot;
import org.macsec4j.offload.MarkerFrame.Sighting;
import org.macsec4j.offload.WireVerdict.State;

/** Adds up what came by, and says what follows. Knows no socket and no time. */
final class WireJudge {
  private final MarkerFrame frame;
  private final SecySnapshot secy;
  private final Place place;
  private final Map<Sighting, Integer> seen = new EnumMap<>(Sighting.class);

  /**
   * Where it is looked.
   *
   * @param name of the interface
   * @param doubt why a frame that is read in clear there need not have been so on the wire; empty
   *     when it must
   * @param silence what may be the matter when nothing comes by
   */
  record Place(String name, String doubt, String silence) {}

  WireJudge(MarkerFrame frame, SecySnapshot secy, Place place) {
    this.frame = frame;
    this.secy = secy;
    this.place = place;
  }

  void see(byte[] octets) {
    seen.merge(frame.judge(octets), 1, Integer::sum);
  }

  private int count(Sighting sighting) {
    return seen.getOrDefault(sighting, 0);
  }

  /** How many of the frames sent came by in one way or the other. */
  int sightings() {
    return seen.entrySet().stream()
        .filter(entry -> entry.getKey() != Sighting.OTHER)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  WireVerdict verdict() {
    if (count(Sighting.CLEAR) > 0) {
      return readInClear(
          frames(Sighting.CLEAR) + " came by in clear, without a SecTAG" + whyOfItself());
    }
    if (count(Sighting.ENCRYPTED_IN_NAME) > 0) {
      return readInClear(
          frames(Sighting.ENCRYPTED_IN_NAME)
              + " came by with a SecTAG that says encrypted, and could be read");
    }
    if (count(Sighting.INTEGRITY_ONLY) > 0) {
      String what = frames(Sighting.INTEGRITY_ONLY) + " came by with a SecTAG, integrity only";
      return secy.config().confidentialityOffset().isConfidential()
          ? readInClear(what + ", though the SecY is to encrypt")
          : verdict(State.PROTECTED, what + ", as the SecY is set: anybody can read them");
    }
    if (count(Sighting.ENCRYPTED) > 0) {
      return verdict(
          State.PROTECTED, frames(Sighting.ENCRYPTED) + " came by with a SecTAG, encrypted");
    }
    if (count(Sighting.OF_ANOTHER_SECY) > 0) {
      return verdict(
          State.UNKNOWN,
          frames(Sighting.OF_ANOTHER_SECY)
              + " came by protected by another SecY, which stands between; look nearer to "
              + secy.id().name());
    }
    return verdict(
        State.UNKNOWN, "nothing arrived of what " + secy.id().name() + " sent" + place.silence);
  }

  private String whyOfItself() {
    return secy.config().protectFrames() ? "" : ": it is set not to protect them";
  }

  private WireVerdict readInClear(String what) {
    return place.doubt.isEmpty()
        ? verdict(State.CLEAR, what)
        : verdict(State.UNKNOWN, what + ", but " + place.doubt);
  }

  private String frames(Sighting sighting) {
    int count = count(sighting);
    return count == 1 ? "1 frame of " + secy.id().name() : count + " frames of " + secy.id().name();
  }

  private WireVerdict verdict(State state, String reason) {
    return new WireVerdict(state, reason, place.name);
  }
}
