/**
 * MACsec in network hardware: what an interface claims, and what it really does.
 *
 * <p>{@link org.macsec4j.offload.OffloadDiscovery} is where to begin; {@link
 * org.macsec4j.offload.WireCheck} looks at what comes of it.
 */
module org.macsec4j.offload {
  requires transitive org.macsec4j.api;
  requires transitive org.macsec4j.netlink;
  requires org.slf4j;
  requires static org.jspecify;

  exports org.macsec4j.offload;

  provides org.macsec4j.spi.MacsecBackendProvider with
      org.macsec4j.offload.OffloadProvider;
}
