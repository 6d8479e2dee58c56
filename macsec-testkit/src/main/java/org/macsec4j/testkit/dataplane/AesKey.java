package org.macsec4j.testkit.dataplane;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** An AES key for JCA that can be zeroed, which {@link javax.crypto.spec.SecretKeySpec} cannot. */
final class AesKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient byte[] octets;
  private transient boolean destroyed;

  /** Takes the array over. */
  AesKey(byte[] octets) {
    this.octets = octets;
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return octets.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "AES key (" + 8 * octets.length + " bits)";
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a key is not written anywhere");
  }
}
