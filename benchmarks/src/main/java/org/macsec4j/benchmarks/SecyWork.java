package org.macsec4j.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecyResult;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.testkit.dataplane.SoftwareSecy;

/**
 * One frame's work of a SecY and of the bare JCA cipher, on the same octets under the same key.
 *
 * <p>The bare cipher does what nobody can leave out who uses JCA for MACsec: a nonce of its own for
 * each frame, {@code init} with it, 28 octets of additional data, the secure data from one array
 * into another. It writes no SecTAG, copies no address, looks up and counts nothing. So all that a
 * SecY does is on the SecY's side of the ratio.
 *
 * <p>A receiver takes no frame twice, the bare cipher does. To open the same ring of frames over
 * and over with both, the receiving SecY has replay protection on and its widest window: the checks
 * are done in full and let all frames of the ring pass.
 */
final class SecyWork {
  private static final int FRAMES = 16;
  private static final int START = 2 * MacAddress.LENGTH;
  private static final int HEADER = START + 16;
  private static final int PACKET_NUMBER = START + 4;
  private static final int ICV = SecyConfig.DEFAULT_ICV_LENGTH;
  private static final int NONCE = 12;
  private static final int NONCE_PN = NONCE - Integer.BYTES;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final int octets;
  private final SoftwareSecy transmitter;
  private final SoftwareSecy receiver;
  private final Cipher cipher;
  private final SecretKey key;
  private final byte[] nonce = new byte[NONCE];
  private final int pnSalt;
  private final byte[] header;
  private final byte[] userFrame;
  private final byte[][] ring = new byte[FRAMES][];
  private final byte[] out;
  private int packetNumber;
  private int next;

  /**
   * @param suite the cipher suite
   * @param octets of secure data in each frame: EtherType and payload, without the two addresses
   */
  SecyWork(CipherSuite suite, int octets) {
    Random random = new Random(suite.id() + octets);
    Sci sci = Sci.parse("02:00:00:00:0a:01/1");
    SecureAssociationKey sak = SecureAssociationKey.generate(suite, random);
    this.octets = octets;
    userFrame = userFrame(sci, random);
    out = new byte[userFrame.length + SoftwareSecy.MAX_OVERHEAD];
    SoftwareSecy ringMaker = transmitter(suite, sci, sak);
    for (int i = 0; i < FRAMES; i++) {
      int length = ringMaker.protect(userFrame, 0, userFrame.length, out, 0);
      ring[i] = Arrays.copyOf(out, length);
    }
    ringMaker.destroy();
    transmitter = transmitter(suite, sci, sak);
    receiver = receiver(suite, sci, sak);
    header = Arrays.copyOf(ring[0], HEADER);
    key = new SecretKeySpec(sak.toByteArray(), "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no AES-GCM in this JDK", e);
    }
    // What of the nonce stays; numbers of this run never reach the upper half of an XPN.
    sci.writeTo(nonce, 0);
    sak.salt().ifPresent(salt -> xpnNonce(salt, nonce));
    pnSalt = sak.salt().map(salt -> (int) INT.get(salt.toByteArray(), NONCE_PN)).orElse(0);
  }

  private byte[] userFrame(Sci sci, Random random) {
    byte[] frame = new byte[START + octets];
    random.nextBytes(frame);
    MacAddress.parse("02:00:00:00:0b:02").writeTo(frame, 0);
    sci.address().writeTo(frame, MacAddress.LENGTH);
    return frame;
  }

  private static void xpnNonce(Salt salt, byte[] nonce) {
    System.arraycopy(salt.toByteArray(), 0, nonce, 0, NONCE);
    nonce[Ssci.LENGTH - 1] ^= 1;
  }

  private static SoftwareSecy transmitter(CipherSuite suite, Sci sci, SecureAssociationKey sak) {
    SoftwareSecy secy = secy(suite, sci);
    TransmitSa.Builder sa = TransmitSa.builder(AssociationNumber.AN_0, sak);
    if (suite.isXpn()) {
      sa.ssci(Ssci.of(1));
    }
    done(secy.apply(new SecyCommand.InstallTransmitSa(sa.nextPn(PacketNumber.FIRST).build())));
    done(secy.apply(new SecyCommand.SetControlledPort(true)));
    return secy;
  }

  private static SoftwareSecy receiver(CipherSuite suite, Sci sci, SecureAssociationKey sak) {
    SoftwareSecy secy = secy(suite, Sci.parse("02:00:00:00:0b:02/1"));
    ReceiveSa.Builder sa = ReceiveSa.builder(AssociationNumber.AN_0, sak);
    if (suite.isXpn()) {
      sa.ssci(Ssci.of(1));
    }
    done(secy.apply(new SecyCommand.CreateReceiveSc(sci)));
    done(
        secy.apply(new SecyCommand.InstallReceiveSa(sci, sa.lowestPn(PacketNumber.FIRST).build())));
    done(secy.apply(new SecyCommand.SetControlledPort(true)));
    return secy;
  }

  private static SoftwareSecy secy(CipherSuite suite, Sci sci) {
    SecyConfig config =
        SecyConfig.on("eth0")
            .cipherSuite(suite)
            .replayWindow(ReplayProtection.MAX_WINDOW_XPN)
            .build();
    return new SoftwareSecy(new SecyId(1, "macsec0"), config, sci, SoftwareSecy.Options.DEFAULT);
  }

  private static void done(SecyResult result) {
    if (result instanceof SecyResult.Failed failed) {
      throw new IllegalStateException(failed.cause());
    }
  }

  /** The SecY protects the user frame under its next packet number. */
  int protect() {
    return transmitter.protect(userFrame, 0, userFrame.length, out, 0);
  }

  /** The bare cipher seals the same data under its next nonce. */
  int seal() throws GeneralSecurityException {
    INT.set(nonce, NONCE_PN, ++packetNumber ^ pnSalt);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(ICV * Byte.SIZE, nonce));
    cipher.updateAAD(header, 0, HEADER);
    return cipher.doFinal(userFrame, START, octets, out, HEADER);
  }

  /** The SecY validates the next frame of the ring. */
  int validate() {
    byte[] frame = nextOfRing();
    return receiver.validate(frame, 0, frame.length, out, 0);
  }

  /** The bare cipher opens the next frame of the ring. */
  int open() throws GeneralSecurityException {
    byte[] frame = nextOfRing();
    INT.set(nonce, NONCE_PN, (int) INT.get(frame, PACKET_NUMBER) ^ pnSalt);
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(ICV * Byte.SIZE, nonce));
    cipher.updateAAD(frame, 0, HEADER);
    return cipher.doFinal(frame, HEADER, octets + ICV, out, START);
  }

  private byte[] nextOfRing() {
    next = (next + 1) & (FRAMES - 1);
    return ring[next];
  }

  /** What the latest work has written. */
  byte[] out() {
    return out;
  }

  byte[] userFrame() {
    return userFrame;
  }

  /** A SecY that drops is fast; then nothing was measured. */
  void requireNoDrops() {
    if (!transmitter.drops().isEmpty() || !receiver.drops().isEmpty()) {
      throw new IllegalStateException("dropped: " + transmitter.drops() + receiver.drops());
    }
  }
}
