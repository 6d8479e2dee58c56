/**
 * MACsec on Linux by netlink.
 *
 * <p>{@link org.macsec4j.netlink.LinuxProvider} is found by {@link java.util.ServiceLoader}; {@link
 * org.macsec4j.netlink.LinuxBackend} is for who wants more than every backend has.
 */
module org.macsec4j.netlink {
  requires static jdk.jfr;
  requires transitive org.macsec4j.api;
  requires org.jnrproject.ffi;
  requires org.slf4j;
  requires static org.jspecify;

  exports org.macsec4j.netlink;
  exports org.macsec4j.netlink.ethtool;
  exports org.macsec4j.netlink.fake;
  exports org.macsec4j.netlink.jnr;
  exports org.macsec4j.netlink.libc;
  exports org.macsec4j.netlink.wire;

  provides org.macsec4j.spi.MacsecBackendProvider with
      org.macsec4j.netlink.LinuxProvider;
}
