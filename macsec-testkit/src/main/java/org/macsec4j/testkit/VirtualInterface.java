package org.macsec4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacAddress;
import org.macsec4j.testkit.capture.Capture;

/**
 * An Ethernet interface of a host.
 *
 * <p>As below a SecY (802.1AE 10.1), each frame received goes up both ways: to the uncontrolled
 * port, that is, to this interface's own receivers and to the EAPOL ports, and to the SecYs on top.
 */
final class VirtualInterface {
  private final Host host;
  private final String name;
  private final MacAddress address;
  private final int captureId;
  private final List<VirtualPort> eapolPorts = new CopyOnWriteArrayList<>();
  private final List<SimulatedSecy> secys = new CopyOnWriteArrayList<>();
  private @Nullable Medium<?> medium;
  private @Nullable Nic nic;
  private long framesSent;

  VirtualInterface(Host host, String name, MacAddress address) {
    this.host = host;
    this.name = name;
    this.address = address;
    this.captureId = host.lab().capture().addInterface(host.name() + "/" + name);
  }

  Host host() {
    return host;
  }

  String name() {
    return name;
  }

  MacAddress address() {
    return address;
  }

  void plugIn(Nic hardware) {
    nic = hardware;
  }

  /** Its MACsec hardware, or null. */
  @Nullable Nic nic() {
    return nic;
  }

  long framesSent() {
    return framesSent;
  }

  List<SimulatedSecy> secys() {
    return secys;
  }

  List<VirtualPort> eapolPorts() {
    return eapolPorts;
  }

  void plug(Medium<?> into) {
    medium = into;
  }

  /** Sends a frame, which nobody changes any more. */
  void transmit(byte[] frame) {
    framesSent++;
    List<String> remarks =
        medium == null ? List.of("not connected") : new ArrayList<>(medium.carry(this, frame));
    capture(Capture.Direction.OUTBOUND, frame, remarks);
  }

  /** Takes a frame from the medium. Whoever wants it is called when all state is settled. */
  void arrive(byte[] frame) {
    host.lab().time().exclusively(() -> take(frame)).forEach(Runnable::run);
  }

  private List<Runnable> take(byte[] frame) {
    capture(Capture.Direction.INBOUND, frame, List.of());
    MacAddress destination = Frames.destination(frame);
    if (!destination.isGroup() && !destination.equals(address)) {
      return List.of();
    }
    List<Runnable> deliveries = new ArrayList<>(host.inbox(name).put(frame.clone()));
    eapolPorts.stream()
        .filter(port -> port.hears(frame))
        .forEach(port -> deliveries.add(() -> port.deliver(frame)));
    for (SimulatedSecy secy : receivingSecys(frame)) {
      byte[] delivered = secy.receive(frame);
      if (delivered != null) {
        deliveries.addAll(host.inbox(secy.id().name()).put(delivered));
      }
    }
    return deliveries;
  }

  /**
   * Of several SecYs on one interface a frame is for the one that knows its SCI; a frame of no
   * known SCI is shown to all, so that each counts it.
   */
  private List<SimulatedSecy> receivingSecys(byte[] frame) {
    if (secys.size() <= 1) {
      return secys;
    }
    List<SimulatedSecy> knowing = secys.stream().filter(secy -> secy.knowsSenderOf(frame)).toList();
    return knowing.isEmpty() ? secys : knowing;
  }

  private void capture(Capture.Direction direction, byte[] frame, List<String> remarks) {
    host.lab().capture().frame(captureId, host.lab().time().nanoTime(), direction, frame, remarks);
  }

  @Override
  public String toString() {
    return host.name() + "/" + name;
  }
}
