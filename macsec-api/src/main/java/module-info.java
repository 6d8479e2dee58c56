/**
 * The typed model of MACsec (IEEE 802.1AE) and the interface that backends implement.
 *
 * <p>Start with {@link org.macsec4j.Macsec} and {@link org.macsec4j.SecyConfig}.
 */
module org.macsec4j.api {
  requires static org.jspecify;

  exports org.macsec4j;
  exports org.macsec4j.spi;

  uses org.macsec4j.spi.MacsecBackendProvider;
}
