package org.macsec4j.mka.runtime;

import java.util.List;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaCounters;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.engine.EntropySource;
import org.macsec4j.mka.engine.MkaOutput;
import org.macsec4j.mka.engine.MkaPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of a session, and the next one when its SecY is lost: an engine knows its SecY by its
 * own commands alone, so another SecY needs another engine. Keys that came and went while the
 * session ran go over to it, with what is under way among them, and counters are never less than
 * before.
 */
final class EngineLife {
  private static final Logger LOG = LoggerFactory.getLogger(EngineLife.class);
  private static final int MAX_LAST_OUTPUTS = 10_000;
  private static final int CKN_OCTETS = 16;
  private static final int CAK_OCTETS = 16;

  private final MkaConfig config;
  private final EntropySource entropy;
  private MkaPort engine;
  private Sci sci;
  private MkaCounters before = MkaCounters.NONE;
  private long number;

  EngineLife(MkaConfig config, Sci sci, EntropySource entropy) {
    this.config = config;
    this.entropy = entropy;
    this.sci = sci;
    this.engine = MkaPort.create(config, sci, entropy);
  }

  MkaPort engine() {
    return engine;
  }

  /** What the engine knows, with the counters of those before. */
  MkaStatus status() {
    MkaStatus status = engine.status();
    return status.with(before.plus(status.counters()), status.diagnosis());
  }

  /** Makes the next engine, which is not started, and ends the present one, whose SecY is gone. */
  void renew(long now, Sci next) {
    MkaPort successor = successor(now, engine.keys(), next);
    successor.keep(engine);
    engine.stop(now);
    int outputs = 0;
    for (MkaOutput output = engine.poll(); output != null; output = engine.poll()) {
      if (output instanceof MkaOutput.Apply apply) {
        engine.handleResult(now, apply.id(), nothingThere());
      }
      if (++outputs == MAX_LAST_OUTPUTS) {
        LOG.warn("an engine without a SecY does not come to its end");
        break;
      }
    }
    before = before.plus(engine.status().counters());
    engine = successor;
    sci = next;
    number++;
  }

  /** How many engines there were before this one. */
  long number() {
    return number;
  }

  Sci sci() {
    return sci;
  }

  private MkaPort successor(long now, List<PreSharedKey> keys, Sci next) {
    if (!keys.isEmpty()) {
      PreSharedKey[] present = keys.toArray(new PreSharedKey[0]);
      return MkaPort.create(config.toBuilder().keys(present).build(), next, entropy);
    }
    // An engine begins with a key at least; this one is nobody's, and goes at once.
    byte[] ckn = new byte[CKN_OCTETS];
    byte[] cak = new byte[CAK_OCTETS];
    entropy.fill(ckn);
    entropy.fill(cak);
    Cak nobodys = Cak.of(cak);
    PreSharedKey key = PreSharedKey.of(Ckn.of(ckn), nobodys);
    MkaPort empty = MkaPort.create(config.toBuilder().keys(key).build(), next, entropy);
    empty.removeKey(now, key.ckn());
    key.destroy();
    nobodys.destroy();
    return empty;
  }

  private static SecyResult nothingThere() {
    return new SecyResult.Failed(
        new MacsecException(MacsecException.Kind.NOT_FOUND, "the SecY is gone"));
  }
}
