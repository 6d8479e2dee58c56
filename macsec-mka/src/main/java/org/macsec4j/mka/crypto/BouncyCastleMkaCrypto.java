package org.macsec4j.mka.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.Wrapper;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle behind {@link MkaCrypto}, the one place that knows it.
 *
 * <p>Bouncy Castle keeps round keys and copies of its parameters in arrays that cannot be reached,
 * so destroying can only let go of them; our own copies are zeroed.
 */
final class BouncyCastleMkaCrypto implements MkaCrypto {
  static final MkaCrypto INSTANCE = new BouncyCastleMkaCrypto();

  private static final int COUNTER_BITS = 8;
  private static final int MAX_BLOCKS = (1 << COUNTER_BITS) - 1;
  private static final int SEMIBLOCK = 8;

  private BouncyCastleMkaCrypto() {}

  @Override
  public Cmac cmac(byte[] key) {
    checkKey(key, "an AES key");
    return new BouncyCastleCmac(key);
  }

  @Override
  public byte[] kdf(byte[] key, String label, byte[] context, int length) {
    checkKey(key, "a KDF key");
    if (length < 1 || length > MAX_BLOCKS * Cmac.LENGTH) {
      throw new IllegalArgumentException("a KDF gives 1 to 4080 octets, not " + length);
    }
    byte[] fixed = fixed(label, context, length);
    KDFCounterBytesGenerator generator =
        new KDFCounterBytesGenerator(new CMac(AESEngine.newInstance()));
    generator.init(new KDFCounterParameters(key, fixed, COUNTER_BITS));
    byte[] derived = new byte[length];
    generator.generateBytes(derived, 0, length);
    // The context may hold a nonce that makes a key.
    Arrays.fill(fixed, (byte) 0);
    return derived;
  }

  /** What follows the counter: label, zero, context, length in bits. */
  private static byte[] fixed(String label, byte[] context, int length) {
    byte[] name = label.getBytes(StandardCharsets.US_ASCII);
    byte[] fixed = new byte[name.length + 1 + context.length + Short.BYTES];
    System.arraycopy(name, 0, fixed, 0, name.length);
    System.arraycopy(context, 0, fixed, name.length + 1, context.length);
    int bits = 8 * length;
    fixed[fixed.length - 2] = (byte) (bits >>> 8);
    fixed[fixed.length - 1] = (byte) bits;
    return fixed;
  }

  @Override
  public byte[] wrap(byte[] kek, byte[] key) {
    checkKey(kek, "a KEK");
    if (key.length < 2 * SEMIBLOCK || key.length % SEMIBLOCK != 0) {
      throw new IllegalArgumentException(
          "a key to be wrapped has 16, 24, 32… octets, not " + key.length);
    }
    Wrapper wrapper = new AESWrapEngine();
    wrapper.init(true, new KeyParameter(kek));
    return wrapper.wrap(key, 0, key.length);
  }

  @Override
  public Optional<byte[]> unwrap(byte[] kek, byte[] wrapped) {
    checkKey(kek, "a KEK");
    if (wrapped.length < 3 * SEMIBLOCK || wrapped.length % SEMIBLOCK != 0) {
      return Optional.empty();
    }
    Wrapper wrapper = new AESWrapEngine();
    wrapper.init(false, new KeyParameter(kek));
    try {
      return Optional.of(wrapper.unwrap(wrapped, 0, wrapped.length));
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
  }

  private static void checkKey(byte[] key, String what) {
    if (key.length != 16 && key.length != 24 && key.length != 32) {
      throw new IllegalArgumentException(what + " has 16, 24 or 32 octets, not " + key.length);
    }
  }

  /** What computes CMACs, and for whom it holds the round keys. */
  private static final class Machine {
    private final CMac mac = new CMac(AESEngine.newInstance());
    private @Nullable BouncyCastleCmac keyedFor;

    CMac keyed(BouncyCastleCmac cmac) {
      if (keyedFor != cmac) {
        mac.init(new KeyParameter(cmac.key));
        keyedFor = cmac;
      }
      return mac;
    }
  }

  /**
   * A CMAC with a key of its own and a machine that all of a thread share. A machine takes a
   * kibibyte; a hundred thousand members with one each would spend more time on fetching them into
   * the cache than it takes to expand the key anew, which a few members in turn need not do either.
   */
  private static final class BouncyCastleCmac implements Cmac {
    private static final ThreadLocal<Machine> MACHINE = ThreadLocal.withInitial(Machine::new);

    private final byte[] key;
    private boolean destroyed;

    BouncyCastleCmac(byte[] key) {
      this.key = key.clone();
    }

    @Override
    public void compute(byte[] octets, int offset, int length, byte[] target, int targetOffset) {
      if (destroyed) {
        throw new IllegalStateException("the key of this CMAC was destroyed");
      }
      // Before the first octet goes in: a half-fed MAC would spoil the next message.
      Objects.checkFromIndexSize(offset, length, octets.length);
      Objects.checkFromIndexSize(targetOffset, LENGTH, target.length);
      CMac mac = MACHINE.get().keyed(this);
      mac.update(octets, offset, length);
      mac.doFinal(target, targetOffset);
    }

    /** Zeroes the key. Round keys cannot be zeroed; this thread's are replaced. */
    @Override
    public void destroy() {
      if (!destroyed) {
        destroyed = true;
        Arrays.fill(key, (byte) 0);
        Machine machine = MACHINE.get();
        if (machine.keyedFor == this) {
          machine.keyedFor = null;
          machine.mac.init(new KeyParameter(key));
        }
      }
    }

    @Override
    public boolean isDestroyed() {
      return destroyed;
    }

    @Override
    public String toString() {
      return "AES-CMAC";
    }
  }
}
