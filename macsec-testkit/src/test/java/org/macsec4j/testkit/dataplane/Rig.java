package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveSaSnapshot;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;

/** Two SecYs: {@code alice} transmits to {@code bob}, on AN 0, under one key. */
final class Rig {
  static final AssociationNumber AN_0 = AssociationNumber.AN_0;
  static final AssociationNumber AN_1 = AssociationNumber.AN_1;
  static final Sci ALICE = Sci.parse("02:00:00:00:0a:01/1");
  static final Sci BOB = Sci.parse("02:00:00:00:0b:02/1");

  final SoftwareSecy alice;
  final SoftwareSecy bob;
  final SecureAssociationKey key;
  final CipherSuite suite;

  private Rig(SecyConfig.Builder config, SoftwareSecy.Options options) {
    SecyConfig built = config.build();
    suite = built.cipherSuite();
    key = SecureAssociationKey.generate(suite, new Random(1));
    alice = up(new SoftwareSecy(new SecyId(1, "alice"), built, ALICE, options));
    bob = up(new SoftwareSecy(new SecyId(2, "bob"), built, BOB, options));
  }

  static SoftwareSecy up(SoftwareSecy secy) {
    done(secy, new SecyCommand.SetControlledPort(true));
    return secy;
  }

  static SecyConfig.Builder config() {
    return SecyConfig.on("eth0");
  }

  /** Alice sends to Bob, both at packet number 1. */
  static Rig link(SecyConfig.Builder config) {
    return link(config, SoftwareSecy.Options.DEFAULT, 1);
  }

  static Rig link(SecyConfig.Builder config, SoftwareSecy.Options options, long pn) {
    Rig rig = new Rig(config, options);
    Sci peer = config.build().singleCopyBroadcast() ? new Sci(ALICE.address(), 0) : ALICE;
    done(rig.alice, new SecyCommand.InstallTransmitSa(rig.transmitSa(AN_0, pn)));
    done(rig.bob, new SecyCommand.CreateReceiveSc(peer));
    done(rig.bob, new SecyCommand.InstallReceiveSa(peer, rig.receiveSa(AN_0, pn)));
    return rig;
  }

  TransmitSa transmitSa(AssociationNumber an, long pn) {
    return transmitSa(suite, an, key, pn);
  }

  static TransmitSa transmitSa(
      CipherSuite suite, AssociationNumber an, SecureAssociationKey key, long pn) {
    TransmitSa.Builder sa = TransmitSa.builder(an, key).nextPn(PacketNumber.of(pn));
    return (suite.isXpn() ? sa.ssci(Ssci.of(1)) : sa).build();
  }

  ReceiveSa receiveSa(AssociationNumber an, long pn) {
    return receiveSa(suite, an, key, pn);
  }

  static ReceiveSa receiveSa(
      CipherSuite suite, AssociationNumber an, SecureAssociationKey key, long pn) {
    ReceiveSa.Builder sa = ReceiveSa.builder(an, key).lowestPn(PacketNumber.of(pn));
    return (suite.isXpn() ? sa.ssci(Ssci.of(1)) : sa).build();
  }

  /** A frame of Alice to Bob with a payload of this length. */
  static byte[] frame(int payload) {
    byte[] frame = new byte[14 + payload];
    new Random(payload).nextBytes(frame);
    BOB.address().writeTo(frame, 0);
    ALICE.address().writeTo(frame, MacAddress.LENGTH);
    frame[12] = 8;
    frame[13] = 0;
    return frame;
  }

  static void done(SoftwareSecy secy, SecyCommand command) {
    secy.apply(command).orThrow();
  }

  static MacsecException refused(SoftwareSecy secy, SecyCommand command) {
    SecyResult result = secy.apply(command);
    assertThat(result).isInstanceOf(SecyResult.Failed.class);
    return ((SecyResult.Failed) result).cause();
  }

  static void change(SoftwareSecy secy, SecyChange.Builder change) {
    done(secy, new SecyCommand.Change(change.build()));
  }

  /** Sends this many frames of Alice. */
  byte[][] send(int count) {
    byte[][] wire = new byte[count][];
    Arrays.setAll(wire, i -> alice.protect(frame(i)));
    return wire;
  }

  /** Flips the last bit, which is one of the ICV. */
  static byte[] tampered(byte[] wire) {
    byte[] bad = wire.clone();
    bad[bad.length - 1] ^= 1;
    return bad;
  }

  ReceiveScSnapshot channel() {
    return bob.snapshot().receiveSc(ALICE).orElseThrow();
  }

  ReceiveSaSnapshot receiveSa() {
    return channel().sa(AN_0).orElseThrow();
  }

  TransmitSaSnapshot transmitSa() {
    return alice.snapshot().transmitSc().sa(AN_0).orElseThrow();
  }

  long count(ReceiveScCounter counter) {
    return channel().counters().get(counter).orElseThrow();
  }

  long count(ReceiveSaCounter counter) {
    return receiveSa().counters().get(counter).orElseThrow();
  }

  static long count(SoftwareSecy secy, SecyCounter counter) {
    return secy.snapshot().counters().get(counter).orElseThrow();
  }
}
