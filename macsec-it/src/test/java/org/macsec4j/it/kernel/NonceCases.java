package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.PacketNumber;
import org.macsec4j.Salt;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.SaRotation;

/**
 * Whatever is asked of the backend in whatever order: on the wire, no two frames have the same key
 * and the same nonce, and none comes after the last packet number.
 */
abstract class NonceCases extends Pair {
  private static final int ETHERTYPE_MACSEC = 0x88E5;
  private static final int SEEDS = 30;
  private static final int STEPS = 60;
  private static final int KEYS = 3;

  private PacketTap wire;
  private PacketTap user;
  private SecyId secy = new SecyId(0, "m0");
  private final List<WireNonces.Candidate> keys = new ArrayList<>();

  @BeforeEach
  void listen() {
    wire = PacketTap.open(rightSpace, PacketTap.indexOf(rightSpace, "eth0"), ETHERTYPE_MACSEC);
    // What is sent to the interface is not heard there.
    user = PacketTap.open(leftSpace, 1, 0);
  }

  @AfterEach
  void hangUp() {
    wire.close();
    user.close();
  }

  private void create(CipherSuite suite) {
    secy = leftBackend.create(SecyConfig.on("eth0").name("m0").cipherSuite(suite).build());
    leftBackend.apply(secy, new SecyCommand.SetControlledPort(true)).orThrow();
    user.bind(secy.index());
  }

  /** Keys that were never there, with identifiers that tell nothing. */
  private void newKeys(CipherSuite suite, Random random) {
    keys.clear();
    for (int number = 0; number < KEYS; number++) {
      byte[] identifier = new byte[KeyIdentifier.LENGTH];
      byte[] octets = new byte[suite.keyLength()];
      byte[] salt = new byte[Salt.LENGTH];
      random.nextBytes(identifier);
      random.nextBytes(octets);
      random.nextBytes(salt);
      KeyIdentifier id = KeyIdentifier.of(identifier);
      keys.add(
          new WireNonces.Candidate(
              suite.isXpn()
                  ? SecureAssociationKey.ofXpn(id, octets, Salt.of(salt))
                  : SecureAssociationKey.of(id, octets),
              number + 1));
    }
  }

  private TransmitSa sa(CipherSuite suite, int an, int key, long pn, boolean enabled) {
    WireNonces.Candidate candidate = keys.get(key);
    TransmitSa.Builder sa =
        TransmitSa.builder(AssociationNumber.of(an), candidate.key())
            .nextPn(PacketNumber.of(pn))
            .enabled(enabled);
    return (suite.isXpn() ? sa.ssci(Ssci.of(candidate.ssci())) : sa).build();
  }

  private int send(int frames) {
    byte[] frame = new byte[60];
    RIGHT_SCI.address().writeTo(frame, 0);
    LEFT_SCI.address().writeTo(frame, 6);
    frame[12] = (byte) 0x88;
    frame[13] = (byte) 0xB5;
    int sent = 0;
    for (int i = 0; i < frames; i++) {
      sent += user.send(frame) ? 1 : 0;
    }
    return sent;
  }

  private void hear(WireNonces nonces) {
    wire.drain().forEach(frame -> nonces.see(frame, keys));
  }

  /** Frames pass from end to end within the call that sends them, or a moment later. */
  private void hearAll(WireNonces nonces) {
    int before;
    do {
      before = nonces.frames();
      pause();
      hear(nonces);
    } while (nonces.frames() > before);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void noNonceIsUsedTwice(CipherSuite suite) {
    WireNonces nonces = new WireNonces(suite);
    int lastNumbers = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      newKeys(suite, random);
      create(suite);
      tryTo(new SecyCommand.InstallTransmitSa(sa(suite, 0, 0, number(suite, random), true)));
      for (int step = 0; step < STEPS; step++) {
        step(suite, random);
        hear(nonces);
        lastNumbers += nonces.lastPn() == suite.maxPacketNumber().value() ? 1 : 0;
      }
      leftBackend.delete(secy);
      hearAll(nonces);
      assertThat(nonces.repeated()).as("key and nonce, seed %d", seed).isEmpty();
    }
    assertThat(nonces.frames()).as("frames heard").isGreaterThan(10 * SEEDS);
    assertThat(lastNumbers).as("times that a key was used up").isPositive();
  }

  private void step(CipherSuite suite, Random random) {
    int an = random.nextInt(2);
    AssociationNumber place = AssociationNumber.of(an);
    TransmitSa sa =
        sa(suite, an, random.nextInt(KEYS), number(suite, random), random.nextBoolean());
    switch (random.nextInt(16)) {
      case 0, 1 -> tryTo(new SecyCommand.InstallTransmitSa(sa));
      case 2, 3 -> tryTo(new SecyCommand.EnableTransmitSa(place, true));
      case 4 -> tryTo(new SecyCommand.EnableTransmitSa(place, false));
      case 5 -> tryTo(new SecyCommand.DeleteTransmitSa(place));
      case 6 -> tryTo(new SecyCommand.RaiseNextPn(place, sa.nextPn()));
      case 7, 8 -> tryTo(new SecyCommand.SelectTransmitSa(place));
      case 9 -> {
        leftBackend.delete(secy);
        create(suite);
      }
      case 10, 11 -> tryToRotate(sa);
      default -> send(1 + random.nextInt(12));
    }
  }

  /** Refused or not: what counts is what is on the wire. */
  private void tryTo(SecyCommand command) {
    leftBackend.apply(secy, command);
  }

  private void tryToRotate(TransmitSa sa) {
    try {
      leftBackend.rotate(secy, SaRotation.builder().transmit(sa).build());
    } catch (MacsecException refused) {
      assertThat(refused).hasMessageContaining("m0");
    }
  }

  /** Few numbers, so that they meet, some of them where the numbers or their lower halves end. */
  private static long number(CipherSuite suite, Random random) {
    long near = 1L + random.nextInt(8);
    return switch (random.nextInt(suite.isXpn() ? 3 : 2)) {
      case 0 -> near;
      case 1 -> suite.maxPacketNumber().value() - near + 1;
      default -> (1L << 32) - near;
    };
  }

  /** The guards are what the test above holds: without them, the kernel repeats itself. */
  @Test
  void theKernelAloneUsesThemTwice() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    newKeys(suite, new Random(0));
    create(suite);
    leftBackend.apply(secy, new SecyCommand.InstallTransmitSa(sa(suite, 0, 0, 1, true))).orThrow();
    WireNonces nonces = new WireNonces(suite);
    assertThat(send(3)).isEqualTo(3);
    hearAll(nonces);
    assertThat(nonces.repeated()).isEmpty();
    leftSpace.ip("macsec set m0 tx sa 0 pn 1");
    assertThat(send(1)).isEqualTo(1);
    hearAll(nonces);
    assertThat(nonces.repeated()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void afterTheLastNumberComesTheEventAndNoFrame(CipherSuite suite) {
    List<SecyEvent> events = new CopyOnWriteArrayList<>();
    newKeys(suite, new Random(0));
    create(suite);
    left.onEvent(events::add);
    long last = suite.maxPacketNumber().value();
    leftBackend
        .apply(secy, new SecyCommand.InstallTransmitSa(sa(suite, 0, 0, last - 200, true)))
        .orThrow();
    SecyEvent exhausted = new SecyEvent.PacketNumbersExhausted(secy, AN_0);
    await(() -> leftBackend.read(secy).operational());
    send(150);
    assertThat(events).doesNotContain(exhausted);
    send(100);
    WireNonces nonces = new WireNonces(suite);
    hearAll(nonces);
    assertThat(nonces.lastPn()).isEqualTo(last);
    assertThat(nonces.frames()).isEqualTo(201);
    await(() -> events.contains(exhausted));
    assertThat(events).contains(exhausted);

    tryTo(new SecyCommand.EnableTransmitSa(AN_0, true));
    tryTo(new SecyCommand.RaiseNextPn(AN_0, PacketNumber.of(5)));
    send(10);
    hearAll(nonces);
    assertThat(nonces.frames()).isEqualTo(201);
    assertThat(nonces.repeated()).isEmpty();
  }
}
