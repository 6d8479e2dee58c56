package org.macsec4j.testkit;

import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;
import org.macsec4j.OffloadMode;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.SecySnapshot;
import org.macsec4j.testkit.dataplane.SoftwareSecy;

/** A SecY on an interface of a host, and the secured interface on top of it. */
final class SimulatedSecy {
  private final SecyId id;
  private final VirtualInterface parent;
  private final SoftwareSecy secy;
  private final Runnable sent;
  private final Offloading offloading;
  private boolean up;
  private boolean operational;

  SimulatedSecy(SecyId id, VirtualInterface parent, SoftwareSecy secy, Runnable sent) {
    this.id = id;
    this.parent = parent;
    this.secy = secy;
    this.sent = sent;
    this.offloading = new Offloading(parent);
    parent.secys().add(this);
  }

  SecyId id() {
    return id;
  }

  VirtualInterface parent() {
    return parent;
  }

  SecySnapshot snapshot() {
    return offloading.seen(secy.snapshot());
  }

  SecyResult apply(SecyCommand command) {
    if (offloading.isOn()) {
      try {
        offloading.admit(command, secy.snapshot());
      } catch (MacsecException e) {
        return new SecyResult.Failed(e);
      }
    }
    SecyResult result = secy.apply(command);
    if (result instanceof SecyResult.Done) {
      offloading.done(command);
      if (command instanceof SecyCommand.SetControlledPort set) {
        up = set.enabled();
      }
    }
    return result;
  }

  void setOffload(OffloadMode mode) {
    offloading.set(mode, secy.snapshot());
  }

  boolean isOffloaded() {
    return offloading.isOn();
  }

  /** Whether it became, or ceased to be, operational since the last time this was asked. */
  boolean operationalChanged() {
    boolean before = operational;
    operational = secy.snapshot().operational();
    return operational != before;
  }

  boolean operational() {
    return operational;
  }

  /** Sends a user frame; whether it reached the medium. */
  boolean send(byte[] frame) {
    byte[] protectedFrame = up ? secy.protect(frame) : null;
    if (protectedFrame == null) {
      return false;
    }
    sent.run();
    parent.transmit(protectedFrame);
    return true;
  }

  /**
   * Takes a frame from the interface below; null when none is delivered, as is the case while the
   * controlled port is down. Only a quirk has it counted then.
   */
  byte @Nullable [] receive(byte[] frame) {
    byte[] delivered = secy.validate(frame);
    return up ? delivered : null;
  }

  boolean knowsSenderOf(byte[] frame) {
    return secy.snapshot().receiveScs().stream().anyMatch(sc -> Frames.isFrom(sc.sci(), frame));
  }

  void delete() {
    up = false;
    offloading.deleted();
    parent.secys().remove(this);
    secy.destroy();
  }
}
