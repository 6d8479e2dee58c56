package org.macsec4j.it.kernel;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/** Two namespaces whose interfaces {@code eth0} are joined, each with a backend of its own. */
abstract class Pair {
  static final String LEFT_ADDRESS = "02:00:00:00:0a:01";
  static final String RIGHT_ADDRESS = "02:00:00:00:0b:02";
  static final Sci LEFT_SCI = Sci.parse("020000000a010001");
  static final Sci RIGHT_SCI = Sci.parse("020000000b020001");
  static final AssociationNumber AN_0 = AssociationNumber.AN_0;
  static final AssociationNumber AN_1 = AssociationNumber.AN_1;
  static final AssociationNumber AN_2 = AssociationNumber.AN_2;
  static final AssociationNumber AN_3 = AssociationNumber.AN_3;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 20;

  Netns leftSpace;
  Netns rightSpace;
  LinuxBackend leftBackend;
  Macsec left;
  Macsec right;

  @BeforeEach
  void joinTwoHosts() {
    leftSpace = Netns.create("left");
    rightSpace = Netns.create("right");
    leftSpace.veth("eth0", rightSpace, "eth0");
    leftSpace.ip("link set dev eth0 address " + LEFT_ADDRESS);
    rightSpace.ip("link set dev eth0 address " + RIGHT_ADDRESS);
    openLeft(LeftOver.REFUSE);
    right = Macsec.using(LinuxBackend.builder().namespace("right").open());
  }

  /** As a process that starts, which knows nothing of what another one did. */
  void openLeft(LeftOver policy) {
    leftBackend = LinuxBackend.builder().namespace("left").leftOver(policy).open();
    left = Macsec.using(leftBackend);
  }

  @AfterEach
  void forgetThem() {
    left.close();
    right.close();
    leftSpace.close();
    rightSpace.close();
  }

  /** A key whose octets and identifier are told from a number, as nothing here is a secret. */
  static SecureAssociationKey key(CipherSuite suite, int number) {
    byte[] octets = new byte[suite.keyLength()];
    Arrays.fill(octets, (byte) number);
    KeyIdentifier identifier = KeyIdentifier.parse(HexFormat.of().toHexDigits((byte) number));
    return suite.isXpn()
        ? SecureAssociationKey.ofXpn(identifier, octets, Salt.of(new byte[Salt.LENGTH]))
        : SecureAssociationKey.of(identifier, octets);
  }

  static TransmitSa transmitSa(CipherSuite suite, AssociationNumber an, int key, long nextPn) {
    TransmitSa.Builder sa = TransmitSa.builder(an, key(suite, key)).nextPn(PacketNumber.of(nextPn));
    return (suite.isXpn() ? sa.ssci(Ssci.of(key)) : sa).build();
  }

  static ReceiveSa receiveSa(CipherSuite suite, AssociationNumber an, int key, long lowestPn) {
    ReceiveSa.Builder sa =
        ReceiveSa.builder(an, key(suite, key)).lowestPn(PacketNumber.of(lowestPn));
    return (suite.isXpn() ? sa.ssci(Ssci.of(key)) : sa).build();
  }

  static void await(BooleanSupplier condition) {
    await(condition, PATIENCE);
  }

  /** Whether it came true in time. */
  static boolean await(BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
