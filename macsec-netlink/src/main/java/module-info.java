/** MACsec on Linux by netlink. It exports nothing until its backend is there. */
module org.macsec4j.netlink {
  requires transitive org.macsec4j.api;
  requires org.jnrproject.ffi;
  requires org.slf4j;
  requires static org.jspecify;
}
