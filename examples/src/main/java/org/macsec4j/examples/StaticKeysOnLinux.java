package org.macsec4j.examples;

import static org.macsec4j.AssociationNumber.AN_0;

import java.security.SecureRandom;
import org.macsec4j.CipherSuite;
import org.macsec4j.Macsec;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.LinuxBackend;

/**
 * Static keys on the Linux kernel, between two network namespaces whose interfaces are joined: what
 * {@code ip link add … type macsec} and {@code ip macsec add …} do by hand, without a key on a
 * command line. Needs root; a test runs it in a guest.
 *
 * <p><b>Beware of a restart.</b> AES-GCM is broken by two frames under one key with one packet
 * number: they tell the difference of their contents, and the key of the ICV. Whoever keeps a
 * static key in a file and installs it with packet number 1 again, after a reboot or in a second
 * SecY, does just that, and the kernel does not mind. So these keys are drawn anew at each start
 * and are never stored. A key that must be stored needs its next packet number stored with it,
 * ahead of what is sent; a link that is to last wants MKA, see {@link PskLink}.
 */
public final class StaticKeysOnLinux {
  private static final String SECURED = "macsec0";

  private StaticKeysOnLinux() {}

  /**
   * Runs the example.
   *
   * @param args two network namespaces, and the interface that both have
   */
  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("give two network namespaces and the interface, such as: left right eth0");
      return;
    }
    String parent = args[2];
    CipherSuite suite = CipherSuite.GCM_AES_256;
    SecureRandom random = new SecureRandom();
    SecureAssociationKey there = SecureAssociationKey.generate(suite, random);
    SecureAssociationKey back = SecureAssociationKey.generate(suite, random);
    try (Macsec left = Macsec.using(LinuxBackend.builder().namespace(args[0]).open());
        Macsec right = Macsec.using(LinuxBackend.builder().namespace(args[1]).open())) {
      Sci leftSci = new Sci(left.backend().addressOf(parent), 1);
      Sci rightSci = new Sci(right.backend().addressOf(parent), 1);
      System.out.println(args[0] + ": " + secure(left, parent, suite, there, rightSci, back));
      System.out.println(args[1] + ": " + secure(right, parent, suite, back, leftSci, there));
      System.out.println(
          "The keys are in the kernel alone. Never install a static key twice from packet number 1.");
    } finally {
      there.destroy();
      back.destroy();
    }
  }

  /** The SecY stays when the backend is closed. */
  private static Secy secure(
      Macsec macsec,
      String parent,
      CipherSuite suite,
      SecureAssociationKey transmit,
      Sci peer,
      SecureAssociationKey receive) {
    Secy secy = macsec.create(SecyConfig.on(parent).name(SECURED).cipherSuite(suite).build());
    // Receive first: what the peer sends from the first moment on is taken.
    secy.addReceiveSc(peer)
        .install(ReceiveSa.builder(AN_0, receive).lowestPn(PacketNumber.FIRST).build());
    secy.transmitSc()
        .install(TransmitSa.builder(AN_0, transmit).nextPn(PacketNumber.FIRST).build());
    secy.up();
    return secy;
  }
}
