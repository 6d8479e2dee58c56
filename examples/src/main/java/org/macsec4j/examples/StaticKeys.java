package org.macsec4j.examples;

import static org.macsec4j.AssociationNumber.AN_0;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.macsec4j.CipherSuite;
import org.macsec4j.Macsec;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

/**
 * Two hosts with static keys, as with {@code ip macsec}: one key for each direction, installed by
 * hand.
 *
 * <p>For tests and debugging. Static keys wear out with their packet numbers and must never be
 * installed twice; a link that is to last wants MKA, see {@link PskLink}.
 */
public final class StaticKeys {
  /** An EtherType that IEEE 802 set aside for experiments. */
  private static final int EXPERIMENTAL = 0x88B5;

  private StaticKeys() {}

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try (Lab lab = Lab.create()) {
      Host left = lab.host("left");
      Host right = lab.host("right");
      lab.wire(left, right);
      CipherSuite suite = CipherSuite.GCM_AES_256;
      SecureRandom random = new SecureRandom();
      SecureAssociationKey leftToRight = SecureAssociationKey.generate(suite, random);
      SecureAssociationKey rightToLeft = SecureAssociationKey.generate(suite, random);

      Sci leftSci = new Sci(left.mac("eth0"), 1);
      Sci rightSci = new Sci(right.mac("eth0"), 1);
      secure(left.macsec(), suite, leftToRight, rightSci, rightToLeft);
      secure(right.macsec(), suite, rightToLeft, leftSci, leftToRight);

      byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
      left.send("macsec0", right.mac("macsec0"), EXPERIMENTAL, hello);
      lab.run(Duration.ofMillis(1));

      List<byte[]> received = right.received("macsec0");
      System.out.println("right received " + received.size() + " frame");
      System.out.println(right.macsec().secys().get(0).statistics().receiveScs());
    }
  }

  /** These lines are the same on any backend. */
  private static void secure(
      Macsec macsec,
      CipherSuite suite,
      SecureAssociationKey transmit,
      Sci peer,
      SecureAssociationKey receive) {
    Secy secy = macsec.create(SecyConfig.on("eth0").name("macsec0").cipherSuite(suite).build());
    secy.transmitSc()
        .install(TransmitSa.builder(AN_0, transmit).nextPn(PacketNumber.FIRST).build());
    secy.addReceiveSc(peer)
        .install(ReceiveSa.builder(AN_0, receive).lowestPn(PacketNumber.FIRST).build());
    secy.up();
  }
}
