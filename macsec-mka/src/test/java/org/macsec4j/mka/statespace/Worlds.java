package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;

/** Members and ways that tests share. */
final class Worlds {
  /** With a suite that has SSCIs and salts, as more can go wrong with it. */
  static final MkaConfig CONFIG = config("000102030405060708090a0b0c0d0e0f");

  private Worlds() {}

  static MkaConfig config(String cak) {
    return MkaConfig.preSharedKey(Ckn.parse("6d6b612d74657374"), Cak.parse(cak)).toBuilder()
        .cipherSuites(CipherSuite.GCM_AES_XPN_128)
        .build();
  }

  static List<MkaConfig> members(int count) {
    return Collections.nCopies(count, CONFIG);
  }

  /** A step by chance; more often than not a fair one, so that ways lead far. */
  static Step any(World world, SplittableRandom random) {
    List<Step> steps = new ArrayList<>(Steps.all(world));
    Step step = steps.get(random.nextInt(2) == 0 ? 0 : random.nextInt(steps.size()));
    boolean spoilt = step.cost() < world.faults() && random.nextInt(8) == 0;
    Step.Fault fault = random.nextBoolean() ? Step.Fault.LATE : Step.Fault.REFUSED;
    return spoilt ? step.with(random.nextInt(4), fault) : step;
  }
}
