package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ReplayProtection;

/** A frame costs no garbage beyond what the JCA cipher itself makes. */
class AllocationTest {
  private static final int FRAMES = 2000;
  private static final int PAYLOAD = 1400;
  private static final int HEADER = SecTag.START + SecTag.LENGTH_WITH_SCI;

  private interface Work {
    void run() throws Exception;
  }

  /** By reflection, as the testkit's module does not read the JDK's management. */
  private static long allocated() throws Exception {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    return (long) allocated.invoke(threads);
  }

  /** Octets of garbage a frame, at best of some rounds, as a compiler may work meanwhile. */
  private static long garbage(Work work) throws Exception {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = allocated();
      for (int i = 0; i < FRAMES; i++) {
        work.run();
      }
      best = Math.min(best, allocated() - before);
    }
    return best / FRAMES;
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void protectAndValidateMakeNoGarbageOfTheirOwn(CipherSuite suite) throws Exception {
    Rig rig = Rig.link(Rig.config().cipherSuite(suite).replayProtection(ReplayProtection.OFF));
    SecretKeySpec key = new SecretKeySpec(rig.key.toByteArray(), "AES");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = new byte[12];
    byte[] user = Rig.frame(PAYLOAD);
    byte[] out = new byte[user.length + SoftwareSecy.MAX_OVERHEAD];
    byte[] wire = rig.alice.protect(user);

    long seal =
        garbage(
            () -> {
              Wire.putInt32(nonce, 8, Wire.int32(nonce, 8) + 1);
              cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
              cipher.updateAAD(wire, 0, HEADER);
              cipher.doFinal(user, SecTag.START, PAYLOAD + 2, out, HEADER);
            });
    long protect = garbage(() -> rig.alice.protect(user, 0, user.length, out, 0));
    long validate = garbage(() -> rig.bob.validate(wire, 0, wire.length, out, 0));

    assertThat(protect).isPositive().isLessThanOrEqualTo(seal);
    assertThat(validate).isPositive();
    byte[] sealed = new byte[wire.length];
    byte[] first = new byte[12];
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, first));
    cipher.updateAAD(wire, 0, HEADER);
    cipher.doFinal(user, SecTag.START, PAYLOAD + 2, sealed, HEADER);
    long open =
        garbage(
            () -> {
              cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, first));
              cipher.updateAAD(wire, 0, HEADER);
              cipher.doFinal(sealed, HEADER, PAYLOAD + 2 + 16, out, SecTag.START);
            });
    assertThat(validate).isLessThanOrEqualTo(open);
    assertThat(rig.bob.drops()).isEmpty();
  }

  @Test
  void dropsOtherThanOfAFalseIcvMakeNoGarbageAtAll() throws Exception {
    Rig rig = Rig.link(Rig.config());
    byte[] plain = Rig.frame(PAYLOAD);
    byte[] out = new byte[plain.length];
    assertThat(garbage(() -> rig.bob.validate(plain, 0, plain.length, out, 0))).isZero();
  }
}
