package org.macsec4j.testkit.dataplane;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * GCM of Bouncy Castle, for ICVs of 8 to 11 octets, which JCA's GCM refuses. Slow, and in software
 * alone; nothing but those lengths comes here.
 */
final class BouncyAead implements Aead {
  private final GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
  private final byte[] key;
  private final int icvLength;

  /** Takes the key array over. */
  BouncyAead(byte[] key, int icvLength) {
    this.key = key;
    this.icvLength = icvLength;
  }

  @Override
  public void seal(
      byte[] nonce, byte[] in, int inOffset, int textLength, byte[] out, int aad, int aadLength) {
    init(true, nonce);
    cipher.processAADBytes(out, aad, aadLength);
    try {
      int text = aad + aadLength;
      int written = cipher.processBytes(in, inOffset, textLength, out, text);
      cipher.doFinal(out, text + written);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("encryption does not verify", e);
    }
  }

  @Override
  public boolean open(
      byte[] nonce, byte[] in, int aad, int aadLength, int textLength, byte[] out, int outOffset) {
    init(false, nonce);
    cipher.processAADBytes(in, aad, aadLength);
    try {
      int written =
          cipher.processBytes(in, aad + aadLength, textLength + icvLength, out, outOffset);
      cipher.doFinal(out, outOffset + written);
      return true;
    } catch (InvalidCipherTextException e) {
      return false;
    }
  }

  private void init(boolean sealing, byte[] nonce) {
    cipher.init(sealing, new AEADParameters(new KeyParameter(key), icvLength * Byte.SIZE, nonce));
  }

  @Override
  public void destroy() {
    Arrays.fill(key, (byte) 0);
  }
}
