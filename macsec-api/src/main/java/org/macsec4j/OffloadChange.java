package org.macsec4j;

import org.macsec4j.MacsecException.Kind;
import org.macsec4j.SecyCommand.DeleteReceiveSc;
import org.macsec4j.SecyCommand.DeleteTransmitSa;
import org.macsec4j.SecyCommand.EnableReceiveSa;
import org.macsec4j.SecyCommand.EnableTransmitSa;
import org.macsec4j.SecyCommand.SetControlledPort;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.spi.OffloadSelection;

/**
 * Changes who protects a SecY's frames. That can be done only while it is down and empty, so that
 * everything comes off first; keys are not put back, as nobody can read them and none may be used
 * again from an earlier packet number.
 */
final class OffloadChange {
  /** Whoever holds the keys may put one back between the last removal and the change. */
  private static final int ATTEMPTS = 3;

  private final MacsecBackend backend;
  private final SecyId secy;
  private final Hardware hardware;

  private record Hardware(MacsecBackend backend, SecyId secy) implements OffloadSelection.Hardware {
    @Override
    public void set(OffloadMode mode) {
      backend.setOffload(secy, mode);
    }

    @Override
    public OffloadMode observed() {
      return backend.read(secy).offload();
    }
  }

  OffloadChange(MacsecBackend backend, SecyId secy) {
    this.backend = backend;
    this.secy = secy;
    this.hardware = new Hardware(backend, secy);
  }

  void to(OffloadMode mode) {
    SecySnapshot before = backend.read(secy);
    if (before.offload() == mode) {
      return;
    }
    try {
      change(mode);
      restorePort(before);
    } catch (MacsecException e) {
      goBack(before, e);
      throw e;
    }
  }

  private void change(OffloadMode mode) {
    for (int attempt = 1; ; attempt++) {
      empty();
      try {
        set(mode);
        return;
      } catch (MacsecException e) {
        if (e.kind() != Kind.BUSY || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Over software, as a kernel that goes from one place to the other does not tell the first. */
  private void set(OffloadMode mode) {
    OffloadMode now = hardware.observed();
    if (now == mode) {
      return;
    }
    if (now != OffloadMode.SOFTWARE && mode != OffloadMode.SOFTWARE) {
      hardware.set(OffloadMode.SOFTWARE);
    }
    OffloadSelection.set(secy, hardware, mode);
  }

  private void goBack(SecySnapshot before, MacsecException cause) {
    for (OffloadMode mode : new OffloadMode[] {before.offload(), OffloadMode.SOFTWARE}) {
      try {
        empty();
        set(mode);
        restorePort(before);
        return;
      } catch (MacsecException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private void restorePort(SecySnapshot before) {
    if (before.up()) {
      apply(new SetControlledPort(true));
    }
  }

  private void empty() {
    apply(new SetControlledPort(false));
    SecySnapshot now = backend.read(secy);
    for (TransmitSaSnapshot sa : now.transmitSc().sas()) {
      if (sa.enabled()) {
        apply(new EnableTransmitSa(sa.an(), false));
      }
      apply(new DeleteTransmitSa(sa.an()));
    }
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      for (ReceiveSaSnapshot sa : channel.sas()) {
        if (sa.enabled()) {
          apply(new EnableReceiveSa(channel.sci(), sa.an(), false));
        }
      }
      apply(new DeleteReceiveSc(channel.sci()));
    }
  }

  private void apply(SecyCommand command) {
    backend.apply(secy, command).orThrow();
  }
}
