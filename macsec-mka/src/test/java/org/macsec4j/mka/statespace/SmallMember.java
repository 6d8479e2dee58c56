package org.macsec4j.mka.statespace;

import org.macsec4j.Sci;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.engine.MkaOutput;
import org.macsec4j.mka.engine.MkaPort;

/** A port with its SecY: what {@link ObjectGraph} copies. The engine in it is the engine. */
final class SmallMember {
  final int index;
  final Sci sci;
  final MkaConfig config;
  MkaPort port;
  SmallSecy secy;
  private int life;
  private long lateId;
  private SecyResult late;

  SmallMember(int index, Sci sci, MkaConfig config) {
    this.index = index;
    this.sci = sci;
    this.config = config;
    this.secy = new SmallSecy(sci, config.cipherSuites().get(0));
  }

  boolean isUp() {
    return port != null;
  }

  boolean isWaitingForSecy() {
    return late != null;
  }

  void start(long now) {
    life++;
    port = MkaPort.create(config, sci, new CountedEntropy(index, life));
    port.start(now);
  }

  void crash(boolean leavingSecy) {
    port = null;
    late = null;
    if (!leavingSecy) {
      secy = new SmallSecy(sci, config.cipherSuites().get(0));
    }
  }

  /** The answer to a command will come some time. */
  void keepAnswer(MkaOutput.Apply command, SecyResult result) {
    lateId = command.id();
    late = result;
  }

  void answerLate(long now) {
    SecyResult result = late;
    late = null;
    port.handleResult(now, lateId, result);
  }
}
