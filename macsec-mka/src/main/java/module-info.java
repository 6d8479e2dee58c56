/**
 * The MACsec Key Agreement protocol of IEEE 802.1X: values, wire format, keys, engine and runtime.
 *
 * <p>Start with {@link org.macsec4j.mka.MkaConfig}.
 */
module org.macsec4j.mka {
  requires static jdk.jfr;
  requires transitive org.macsec4j.api;
  requires static org.jspecify;
  requires org.bouncycastle.provider;
  requires org.slf4j;

  exports org.macsec4j.mka;
  exports org.macsec4j.mka.crypto;
  exports org.macsec4j.mka.engine;
  exports org.macsec4j.mka.runtime;
  exports org.macsec4j.mka.wire;
}
