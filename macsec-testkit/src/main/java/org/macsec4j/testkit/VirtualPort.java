package org.macsec4j.testkit;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.macsec4j.MacAddress;
import org.macsec4j.spi.UncontrolledPort;

/**
 * The uncontrolled port of an interface. It hears the EtherTypes of EAPOL, and any other that it
 * has itself sent, as the EtherType of MKA can be configured.
 */
final class VirtualPort implements UncontrolledPort {
  private final VirtualInterface below;
  private final Consumer<byte[]> receiver;
  private final Set<Integer> etherTypes = new HashSet<>(Frames.ETHER_TYPES_EAPOL);
  private volatile boolean closed;

  VirtualPort(VirtualInterface below, Consumer<byte[]> receiver) {
    this.below = below;
    this.receiver = receiver;
    below.eapolPorts().add(this);
  }

  @Override
  public MacAddress address() {
    return below.address();
  }

  @Override
  public void send(byte[] frame) {
    byte[] sent = Frames.checked(frame);
    below
        .host()
        .lab()
        .time()
        .exclusively(
            () -> {
              if (!closed) {
                etherTypes.add(Frames.etherType(sent));
                below.transmit(sent);
              }
              return this;
            });
  }

  boolean hears(byte[] frame) {
    return etherTypes.contains(Frames.etherType(frame));
  }

  void deliver(byte[] frame) {
    if (!closed) {
      receiver.accept(frame.clone());
    }
  }

  @Override
  public void close() {
    closed = true;
    below.eapolPorts().remove(this);
  }
}
