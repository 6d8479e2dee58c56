package org.macsec4j.mka.engine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.KmdParameterSet;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.OctetString;

/**
 * What a peer announces of the network that it belongs to. Nothing is decided by it, so what is too
 * long for a name is none, and what cannot be printed is replaced.
 *
 * @param kmd the key management domain, from the set of its own or else from the announcement
 * @param nid the network identity
 */
record NetworkNames(Optional<String> kmd, Optional<String> nid) {
  /** A peer that announced nothing. */
  static final NetworkNames NONE = new NetworkNames(Optional.empty(), Optional.empty());

  private static final int MAX_KMD = 253;
  private static final int MAX_NID = 100;

  /** What an MKPDU says; what was known before when it says nothing of the kind. */
  static NetworkNames in(Mkpdu mkpdu, NetworkNames before) {
    if (mkpdu.kmd().isEmpty() && mkpdu.announcement().isEmpty()) {
      return before;
    }
    Optional<OctetString> kmd =
        mkpdu.kmd().map(KmdParameterSet::domain).or(() -> tlv(mkpdu, AnnouncementTlv.KMD));
    NetworkNames names =
        new NetworkNames(text(kmd, MAX_KMD), text(tlv(mkpdu, AnnouncementTlv.NID), MAX_NID));
    return names.equals(before) ? before : names;
  }

  private static Optional<OctetString> tlv(Mkpdu mkpdu, int type) {
    AnnouncementParameterSet set = mkpdu.announcement().orElse(null);
    if (set != null) {
      for (AnnouncementTlv tlv : set.tlvs()) {
        if (tlv.type() == type) {
          return Optional.of(tlv.value());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Optional<OctetString> octets, int max) {
    return octets
        .filter(value -> !value.isEmpty() && value.length() <= max)
        .map(value -> new String(value.toByteArray(), StandardCharsets.UTF_8))
        .map(text -> text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "\uFFFD"));
  }
}
