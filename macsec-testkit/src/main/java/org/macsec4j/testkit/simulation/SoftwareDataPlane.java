package org.macsec4j.testkit.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.testkit.dataplane.SoftwareSecy;

/** The simulator's own SecY. */
final class SoftwareDataPlane implements DataPlane {
  private final SoftwareSecy secy;

  SoftwareDataPlane(String name, int number, Sci sci, MkaConfig config) {
    SecyConfig secyConfig =
        SecyConfig.on(name)
            .port(config.sciPort())
            .cipherSuite(config.cipherSuites().get(0))
            .confidentialityOffset(firstOffset(config))
            .validateFrames(config.validateFrames())
            .replayProtection(config.replayProtection())
            .includeSci(config.includeSci())
            .build();
    secy =
        new SoftwareSecy(new SecyId(number, name), secyConfig, sci, SoftwareSecy.Options.DEFAULT);
  }

  /** The offset that a SecY has before a key is agreed on. */
  static ConfidentialityOffset firstOffset(MkaConfig config) {
    CipherSuite first = config.cipherSuites().get(0);
    return first.isXpn() && config.confidentialityOffset().octets() > 0
        ? ConfidentialityOffset.OFFSET_0
        : config.confidentialityOffset();
  }

  @Override
  public SecyResult apply(SecyCommand command) {
    return secy.apply(command);
  }

  @Override
  public byte @Nullable [] protect(byte[] frame) {
    return secy.protect(frame);
  }

  @Override
  public byte @Nullable [] validate(byte[] frame) {
    return secy.validate(frame);
  }

  @Override
  public List<TransmitSaSnapshot> transmitSas() {
    return secy.snapshot().transmitSc().sas();
  }

  @Override
  public String lastDrop() {
    return secy.lastDrop().map(Enum::name).orElse("no drop");
  }

  @Override
  public void destroy() {
    secy.destroy();
  }
}
