package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;

/** No key octet is printed, whatever goes wrong, and none stays after the SA is gone. */
class SecretsTest {
  @Test
  void noTextHoldsAKey() {
    for (CipherSuite suite : CipherSuite.values()) {
      Rig rig = Rig.link(Rig.config().cipherSuite(suite));
      List<Object> things = new ArrayList<>();
      for (SecyCommand command : commands(rig)) {
        things.add(command);
        things.add(rig.alice.apply(command));
        things.add(rig.alice.snapshot());
      }
      things.add(rig.alice);
      things.add(rig.alice.drops());
      things.add(rig.bob.snapshot());
      things.add(new AesKey(rig.key.toByteArray()));
      FrameCipher.Builder builder = FrameCipher.builder(suite, rig.key, Rig.ALICE);
      things.add(builder);
      if (suite.isXpn()) {
        things.add(builder.ssci(org.macsec4j.Ssci.of(1)).build());
      } else {
        things.add(builder.build());
      }
      String hex = HexFormat.of().formatHex(rig.key.toByteArray());
      for (Object thing : things) {
        // Not in AssertJ's words, which would print the key.
        assertThat(text(thing).contains(hex.substring(0, 16))).as("%s", thing.getClass()).isFalse();
      }
    }
  }

  private static List<SecyCommand> commands(Rig rig) {
    return List.of(
        new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_0, 1)),
        new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_1, 1)),
        new SecyCommand.DeleteTransmitSa(Rig.AN_0),
        new SecyCommand.RaiseNextPn(Rig.AN_0, PacketNumber.of(0)),
        new SecyCommand.InstallReceiveSa(Rig.BOB, rig.receiveSa(Rig.AN_0, 1)));
  }

  private static String text(Object thing) {
    if (thing instanceof SecyResult.Failed failed) {
      StringWriter trace = new StringWriter();
      failed.cause().printStackTrace(new PrintWriter(trace));
      return thing + trace.toString();
    }
    return thing.toString();
  }

  @Test
  void aDestroyedCipherHoldsZerosAndRefuses() {
    Rig rig = Rig.link(Rig.config());
    AesKey key = new AesKey(rig.key.toByteArray());
    key.destroy();
    assertThat(key.isDestroyed()).isTrue();
    assertThat(key.getEncoded()).containsOnly(0);

    FrameCipher cipher = FrameCipher.builder(rig.suite, rig.key, Rig.ALICE).build();
    cipher.destroy();
    assertThat(cipher.isDestroyed()).isTrue();
    byte[] wire = rig.alice.protect(Rig.frame(1));
    assertThatThrownBy(() -> cipher.open(wire, PacketNumber.FIRST))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deletingAnSaDestroysItsCipher() {
    Rig rig = Rig.link(Rig.config());
    SecyState state =
        new SecyState(rig.alice.snapshot().id(), Rig.config().build(), Rig.ALICE, Set.of());
    SecyCommands commands = new SecyCommands(state, null);
    commands.run(new SecyCommand.InstallTransmitSa(rig.transmitSa(Rig.AN_0, 1)));
    commands.run(new SecyCommand.CreateReceiveSc(Rig.BOB));
    commands.run(new SecyCommand.InstallReceiveSa(Rig.BOB, rig.receiveSa(Rig.AN_0, 1)));
    FrameCipher transmit = state.transmitSas[0].cipher;
    FrameCipher receive = state.channel(Rig.BOB).sas[0].cipher;
    commands.run(new SecyCommand.EnableTransmitSa(Rig.AN_0, false));
    commands.run(new SecyCommand.DeleteTransmitSa(Rig.AN_0));
    commands.run(new SecyCommand.DeleteReceiveSc(Rig.BOB));
    assertThat(transmit.isDestroyed()).isTrue();
    assertThat(receive.isDestroyed()).isTrue();
  }

  @Test
  void aKeyIsNotSerialized() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(new AesKey(new byte[16])))
          .isInstanceOf(NotSerializableException.class);
    }
  }

  @Test
  void nothingOfAFrameThatDoesNotValidateIsLeftInTheOutput() {
    for (int icvLength : new int[] {8, 16}) {
      Rig rig = Rig.link(Rig.config().icvLength(icvLength));
      byte[] wire = Rig.tampered(rig.alice.protect(Rig.frame(100)));
      byte[] out = new byte[wire.length];
      assertThat(rig.bob.validate(wire, 0, wire.length, out, 0)).isEqualTo(SoftwareSecy.DROPPED);
      assertThat(out).containsOnly(0);
    }
  }
}
