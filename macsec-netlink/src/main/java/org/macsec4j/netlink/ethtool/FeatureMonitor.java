package org.macsec4j.netlink.ethtool;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.transport.NetlinkSocket;
import org.macsec4j.netlink.transport.NoticeReader;
import org.macsec4j.netlink.wire.NetlinkMessage;
import org.macsec4j.spi.Registration;

/**
 * Tells of features that change, on the thread that waits for sockets. When too much happens at
 * once the kernel throws notices away and says so; then listeners are asked to look for themselves.
 */
final class FeatureMonitor implements AutoCloseable {
  private final GenericFamily family;
  private final Function<NetlinkMessage, DeviceFeatures> decoder;
  private final Registration reading;
  private final List<FeatureListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * Begins to listen.
   *
   * @param socket a socket of generic netlink, closed with this monitor
   * @throws NetlinkException when features cannot be listened to; the socket is closed then
   */
  FeatureMonitor(
      Ethtool.Surroundings around,
      NetlinkSocket socket,
      GenericFamily family,
      Function<NetlinkMessage, DeviceFeatures> decoder) {
    this.family = family;
    this.decoder = decoder;
    try {
      Integer group = family.groups().get(EthtoolMessages.NOTICES);
      if (group == null) {
        throw new NetlinkException("find the notices of ethtool", Errno.ENOENT);
      }
      socket.join(group);
      NoticeReader notices =
          new NoticeReader(
              socket, "features", this::tell, () -> listeners.forEach(FeatureListener::lost));
      this.reading = around.whenReadable(socket.descriptor(), notices::read);
    } catch (NetlinkException | MacsecException e) {
      socket.close();
      throw e;
    }
  }

  Registration listen(FeatureListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(NetlinkMessage notice) {
    if (EthtoolMessages.isAboutFeatures(notice, family)) {
      DeviceFeatures now = decoder.apply(notice);
      listeners.forEach(listener -> listener.changed(now));
    }
  }

  @Override
  public void close() {
    reading.close();
  }
}
