package org.macsec4j.examples;

import java.security.SecureRandom;
import java.time.Duration;
import org.macsec4j.CipherSuite;
import org.macsec4j.Macsec;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;

/**
 * A link secured by MKA with a pre-shared key: what most applications want.
 *
 * <p>The simulator has two interfaces, eth0 and eth1, joined by a wire, so both ends run here. With
 * a backend of the real world there would be one {@code MkaSession}, and the peer at the other end.
 */
public final class PskLink {
  private PskLink() {}

  /**
   * Runs the example.
   *
   * @param args none
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    // In production: Cak.read(Path.of("/etc/macsec/cak")), the same file at both ends.
    SecureRandom random = new SecureRandom();
    MkaConfig config =
        MkaConfig.preSharedKey(Ckn.generate(16, random), Cak.generate(256, random)).toBuilder()
            .keyServerPriority(16)
            .cipherSuites(CipherSuite.GCM_AES_XPN_256, CipherSuite.GCM_AES_256)
            .build();

    try (Macsec macsec = Macsec.open("simulator");
        MkaSession left = MkaSession.start(macsec, "eth0", config);
        MkaSession right = MkaSession.start(macsec, "eth1", config)) {
      left.awaitSecured(Duration.ofSeconds(10));
      right.awaitSecured(Duration.ofSeconds(10));
      System.out.println("eth0: " + left.status());
      System.out.println("eth1: " + right.status());
    }
  }
}
