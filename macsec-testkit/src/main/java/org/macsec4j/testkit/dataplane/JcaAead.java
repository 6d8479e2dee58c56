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

  private static final int NONCE_LENGTH = 12;
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private final Cipher cipher;
  private final AesKey key;
  private final int icvLength;
  private final Parameters parameters;

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
    parameters = new Parameters(icvLength, new byte[NONCE_LENGTH]);
  }

  @Override
  public void seal(
      byte[] nonce, byte[] in, int inOffset, int textLength, byte[] out, int aad, int aadLength) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
      cipher.updateAAD(out, aad, aadLength);
      cipher.doFinal(in, inOffset, textLength, out, aad + aadLength);
    } catch (GeneralSecurityException e) {
      throw failed("seal", e);
    }
  }

  @Override
  public boolean open(
      byte[] nonce, byte[] in, int aad, int aadLength, int textLength, byte[] out, int outOffset) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
      cipher.updateAAD(in, aad, aadLength);
      cipher.doFinal(in, aad + aadLength, textLength + icvLength, out, outOffset);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw failed("open", e);
    }
  }

  private Parameters parameters(byte[] nonce) {
    parameters.nonce = nonce;
    return parameters;
  }

  /**
   * The parameters of every frame in one object. A cipher gets its own copy of the nonce, as it may
   * keep it, but the two further objects a frame that JCA's own class costs are saved.
   */
  private static final class Parameters extends GCMParameterSpec {
    private byte[] nonce;

    Parameters(int icvLength, byte[] nonce) {
      super(icvLength * Byte.SIZE, nonce);
      this.nonce = nonce;
    }

    @Override
    public byte[] getIV() {
      return nonce.clone();
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
