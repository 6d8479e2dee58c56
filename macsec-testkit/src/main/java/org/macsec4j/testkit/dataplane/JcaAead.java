package org.macsec4j.testkit.dataplane;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.macsec4j.MacsecException;

/**
 * GCM of a JCA provider, by default the JDK's, which has the processor's help.
 *
 * <p>One Cipher serves one SA in one direction and is initialised once a frame, as JCA has no other
 * way to give a nonce. Arrays, not buffers: direct buffers are slower in the JDK's provider.
 * Opening goes from one array into another, as opening in place takes a slower path in newer JDKs.
 */
final class JcaAead implements Aead {
  /** The shortest ICV that JCA's GCM knows. */
  static final int MIN_ICV_LENGTH = 12;

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private final Cipher cipher;
  private final AesKey key;
  private final int icvLength;

  JcaAead(AesKey key, int icvLength, @Nullable Provider provider) {
    try {
      cipher =
          provider == null
              ? Cipher.getInstance(TRANSFORMATION)
              : Cipher.getInstance(TRANSFORMATION, provider);
    } catch (GeneralSecurityException e) {
      throw new MacsecException(
          MacsecException.Kind.UNSUPPORTED,
          (provider == null ? "no security provider" : "the security provider " + provider)
              + " has "
              + TRANSFORMATION,
          e);
    }
    this.key = key;
    this.icvLength = icvLength;
  }

  @Override
  public void seal(byte[] nonce, byte[] frame, int aad, int aadLength, int textLength) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(icvLength * Byte.SIZE, nonce));
      cipher.updateAAD(frame, aad, aadLength);
      int text = aad + aadLength;
      cipher.doFinal(frame, text, textLength, frame, text);
    } catch (GeneralSecurityException e) {
      throw failed("seal", e);
    }
  }

  @Override
  public boolean open(
      byte[] nonce, byte[] in, int aad, int aadLength, int textLength, byte[] out, int outOffset) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(icvLength * Byte.SIZE, nonce));
      cipher.updateAAD(in, aad, aadLength);
      cipher.doFinal(in, aad + aadLength, textLength + icvLength, out, outOffset);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw failed("open", e);
    }
  }

  private MacsecException failed(String what, GeneralSecurityException e) {
    return new MacsecException(
        MacsecException.Kind.BACKEND,
        "the security provider " + cipher.getProvider() + " could not " + what + " a frame",
        e);
  }

  @Override
  public void destroy() {
    key.destroy();
  }
}
