package org.macsec4j.mka.engine;

import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;

/** Configurations that tests share. */
final class Configs {
  private static final String CAK_128 = "000102030405060708090a0b0c0d0e0f";

  private Configs() {}

  static MkaConfig group(int bits) {
    return MkaConfig.preSharedKey(
        Ckn.parse("6d6b612d74657374"), Cak.parse(bits == 128 ? CAK_128 : CAK_128 + CAK_128));
  }
}
