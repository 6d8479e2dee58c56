package org.macsec4j.it.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.macsec4j.Macsec;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.dataplane.Quirk;

/** A host of the simulator, and another one at the other end of its wire. */
final class SimulatedStage implements Stage {
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  private final Lab lab = Lab.create(1);
  private final Host host;
  private final Host other;

  SimulatedStage(Set<Quirk> quirks) {
    host = lab.host("left", Pair.LEFT_SCI.address()).quirks(quirks);
    other = lab.host("right", Pair.RIGHT_SCI.address());
    lab.wire(host, other);
  }

  @Override
  public Macsec macsec() {
    return host.macsec();
  }

  @Override
  public void secured(int index) {}

  @Override
  public void fromWire(byte[] frame) {
    other.send("eth0", frame);
  }

  @Override
  public void fromUser(byte[] frame) {
    host.send(SECURED, frame);
  }

  @Override
  public List<byte[]> onWire() {
    return taken(other, "eth0");
  }

  @Override
  public List<byte[]> delivered() {
    return taken(host, SECURED);
  }

  private static List<byte[]> taken(Host from, String device) {
    List<byte[]> frames = from.received(device);
    from.clearReceived(device);
    return frames;
  }

  @Override
  public void settle() {
    lab.run(A_MOMENT);
  }

  @Override
  public void close() {
    lab.close();
  }
}
