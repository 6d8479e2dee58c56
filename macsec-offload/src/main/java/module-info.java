/** MACsec offload to network hardware. It exports nothing until its backend is there. */
module org.macsec4j.offload {
  requires transitive org.macsec4j.api;
  requires org.macsec4j.netlink;
  requires org.slf4j;
  requires static org.jspecify;
}
