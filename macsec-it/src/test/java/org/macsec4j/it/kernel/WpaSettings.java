package org.macsec4j.it.kernel;

import java.util.ArrayList;
import java.util.List;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;

/** The same settings for a session of ours and for a wpa_supplicant. The keys are no secret. */
final class WpaSettings {
  static final String CAK = "000102030405060708090a0b0c0d0e0f";
  static final String LONG_CAK = CAK + "101112131415161718191a1b1c1d1e1f";
  static final String CKN = "6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435";

  private WpaSettings() {}

  static MkaConfig ours(String cak, String ckn, int priority) {
    return MkaConfig.preSharedKey(Ckn.parse(ckn), Cak.parse(cak)).toBuilder()
        .keyServerPriority(priority)
        .build();
  }

  static MkaConfig ours(int priority) {
    return ours(CAK, CKN, priority);
  }

  static List<String> theirs(String cak, String ckn, int priority, String... more) {
    List<String> lines = new ArrayList<>(List.of(more));
    lines.addAll(List.of("mka_cak=" + cak, "mka_ckn=" + ckn, "mka_priority=" + priority));
    return lines;
  }

  static List<String> theirs(int priority) {
    return theirs(CAK, CKN, priority);
  }
}
