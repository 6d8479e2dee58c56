package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Pair.AN_0;
import static org.macsec4j.it.kernel.Pair.AN_1;
import static org.macsec4j.it.kernel.Pair.AN_2;
import static org.macsec4j.it.kernel.Pair.LEFT_SCI;
import static org.macsec4j.it.kernel.Pair.RIGHT_SCI;
import static org.macsec4j.it.kernel.Pair.receiveSa;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReceiveSc;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.ValidateFrames;
import org.macsec4j.it.kernel.PeerFrames.Form;

/** What a SecY makes of frames that it must not, or need not, believe. */
final class ReceiveScenarios {
  private static final Sci STRANGER = Sci.parse("0200000000990001");
  private static final Sci SECOND = Sci.parse("0200000000cc0001");
  private static final Sci OTHER_PORT = Sci.parse("020000000b020007");
  private static final Sci PORT_ZERO = Sci.parse("020000000b020000");
  private static final MacAddress GROUP = MacAddress.parse("01:80:c2:00:00:03");
  private static final int EAPOL = 0x888E;

  // Octets of a frame with a SecTAG.
  private static final int TCI_AN = 14;
  private static final int SHORT_LENGTH = 15;
  private static final int TAG_END = 28;
  private static final int LAST = -1;

  private ReceiveScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
            validation(CipherSuite.GCM_AES_128),
            validation(CipherSuite.GCM_AES_XPN_256),
            Stream.of(ValidateFrames.values()).map(ReceiveScenarios::badTags),
            Stream.of(ValidateFrames.values()).map(ReceiveScenarios::lengths),
            Stream.of(ValidateFrames.values()).map(ReceiveScenarios::channelOff),
            Stream.of(ValidateFrames.values()).map(ReceiveScenarios::notInUse),
            Stream.of(forms(), twoChannels(), downAndUp(), modesInTurn(), shortIcv()))
        .flatMap(some -> some);
  }

  static SecyConfig.Builder config(CipherSuite suite) {
    return SecyConfig.on("eth0").cipherSuite(suite);
  }

  private static SecyConfig.Builder config(ValidateFrames mode) {
    return config(CipherSuite.GCM_AES_128).validateFrames(mode);
  }

  /** The peer's channel with an SA. */
  static void channel(Play play, CipherSuite suite) {
    play.does("adds the channel", secy -> secy.addReceiveSc(RIGHT_SCI));
    play.does(
        "installs SA 0", secy -> peer(secy).install(receiveSa(suite, AN_0, PeerFrames.KEY, 1)));
  }

  static ReceiveSc peer(Secy secy) {
    return secy.receiveSc(RIGHT_SCI).orElseThrow();
  }

  static ReceiveSa disabled(ReceiveSa sa) {
    return new ReceiveSa(sa.an(), sa.key(), sa.lowestPn(), sa.ssci(), false);
  }

  private static Stream<Scenario> validation(CipherSuite suite) {
    return Stream.of(ValidateFrames.values())
        .map(
            mode ->
                Scenario.of(
                    suite + ", validation " + mode,
                    config(suite).validateFrames(mode),
                    play -> validation(play, suite)));
  }

  private static void validation(Play play, CipherSuite suite) {
    PeerFrames peer = PeerFrames.of(suite);
    MacAddress us = LEFT_SCI.address();
    MacAddress them = RIGHT_SCI.address();
    play.hears("an encrypted frame without any channel", peer.pn(1));
    play.hears("a clear frame without any channel", peer.clear().pn(1));
    channel(play, suite);
    play.hears("an untagged frame", PeerFrames.frame(us, them, 0x88B5, 46));
    play.hears("EAPOL", PeerFrames.frame(GROUP, them, EAPOL, 46));
    play.hears("an encrypted frame", peer.pn(1));
    play.hears("a clear frame", peer.clear().pn(2));
    play.hears("a changed ICV, encrypted", PeerFrames.flipped(peer.pn(3), LAST, 1));
    play.hears("a changed ICV, clear", PeerFrames.flipped(peer.clear().pn(3), LAST, 1));
    play.hears("changed data, encrypted", PeerFrames.flipped(peer.pn(3), TAG_END + 5, 0x40));
    play.hears("changed data, clear", PeerFrames.flipped(peer.clear().pn(3), TAG_END + 5, 0x40));
    play.hears("a number that somebody invented", PeerFrames.flipped(peer.pn(3), 17, 1));
    play.hears("the same, clear", PeerFrames.flipped(peer.clear().pn(3), 17, 1));
    play.hears("another key, encrypted", peer.key(9).pn(4));
    play.hears("another key, clear", peer.clear().key(9).pn(4));
    play.hears("an unknown SCI, encrypted", peer.from(STRANGER).pn(4));
    play.hears("an unknown SCI, clear", peer.from(STRANGER).clear().pn(4));
    play.hears("an unknown AN, encrypted", peer.on(AN_1).pn(4));
    play.hears("an unknown AN, clear", peer.on(AN_1).clear().pn(4));
    play.hears("a good frame again", peer.pn(5));
    play.hears("the same once more", peer.pn(5));
    play.hears("the same once more, clear", peer.clear().pn(5));
    play.hears("a late frame, encrypted", peer.pn(4));
    play.hears("a late frame, clear", peer.clear().pn(4));
    play.hears("a late frame with a changed ICV", PeerFrames.flipped(peer.pn(4), LAST, 1));
    play.hears("the same, clear", PeerFrames.flipped(peer.clear().pn(4), LAST, 1));
    play.hears("a frame far ahead", peer.pn(1000));
    play.hears("a clear frame farther ahead", peer.clear().pn(1001));
  }

  private static Scenario badTags(ValidateFrames mode) {
    return Scenario.of(
        "SecTAGs that are not valid, " + mode,
        config(mode),
        play -> {
          channel(play, CipherSuite.GCM_AES_128);
          for (boolean encrypted : new boolean[] {true, false}) {
            PeerFrames any = PeerFrames.of(CipherSuite.GCM_AES_128);
            PeerFrames peer = encrypted ? any : any.clear();
            byte[] good = peer.pn(7);
            play.hears("the version bit", PeerFrames.flipped(good, TCI_AN, 0x80));
            play.hears("ES with SC", PeerFrames.flipped(good, TCI_AN, 0x40));
            play.hears("SCB with SC", PeerFrames.flipped(good, TCI_AN, 0x10));
            play.hears("a reserved bit of SL", PeerFrames.flipped(good, SHORT_LENGTH, 0x40));
            play.hears("both reserved bits of SL", PeerFrames.flipped(good, SHORT_LENGTH, 0xC0));
            play.hears("SL 48", PeerFrames.flipped(good, SHORT_LENGTH, 48));
            play.hears("SL 63", PeerFrames.flipped(good, SHORT_LENGTH, 63));
            play.hears("SL of a short frame in a long one", PeerFrames.flipped(good, 15, 20));
            play.hears("PN 0", peer.pn(0));
            play.hears("E without C", PeerFrames.flipped(good, TCI_AN, encrypted ? 4 : 8));
            play.hears("C without E", PeerFrames.flipped(good, TCI_AN, encrypted ? 8 : 4));
            PeerFrames stranger = peer.from(STRANGER);
            play.hears(
                "the version bit, unknown SCI", PeerFrames.flipped(stranger.pn(7), TCI_AN, 0x80));
            play.hears("PN 0, unknown SCI", stranger.pn(0));
            play.hears("SL 63, unknown SCI", PeerFrames.flipped(stranger.pn(7), 15, 63));
            play.hears("PN 0, unknown AN", peer.on(AN_1).pn(0));
          }
        });
  }

  private static Scenario lengths(ValidateFrames mode) {
    return Scenario.of(
        "frames of every length, " + mode,
        config(mode),
        play -> {
          channel(play, CipherSuite.GCM_AES_128);
          PeerFrames peer = PeerFrames.of(CipherSuite.GCM_AES_128);
          long pn = 1;
          for (int payload : new int[] {0, 1, 10, 14, 15, 16, 44, 45, 46, 47, 100, 1400}) {
            play.hears("payload " + payload, peer.pn(pn++, payload));
            play.hears("clear payload " + payload, peer.clear().pn(pn++, payload));
          }
          byte[] frame = peer.pn(pn, 100);
          for (int length = 14; length <= 46; length++) {
            play.hears("cut to " + length, Arrays.copyOf(frame, length));
          }
          byte[] clear = peer.clear().as(Form.ES).pn(pn, 100);
          for (int length = 14; length <= 46; length++) {
            play.hears("without SCI, cut to " + length, Arrays.copyOf(clear, length));
          }
          play.hears("SL 0, 47 octets", PeerFrames.flipped(peer.pn(pn, 45), SHORT_LENGTH, 47));
          play.hears("filled to 60", Arrays.copyOf(peer.pn(pn, 4), 60));
          play.hears("filled to 60, clear", Arrays.copyOf(peer.clear().pn(pn, 4), 60));
          play.hears("filled to 61", Arrays.copyOf(peer.pn(pn, 4), 61));
        });
  }

  private static Scenario channelOff(ValidateFrames mode) {
    return Scenario.of(
        "a channel that is off, " + mode,
        config(mode).replayWindow(4),
        play -> {
          channel(play, CipherSuite.GCM_AES_128);
          PeerFrames peer = PeerFrames.of(CipherSuite.GCM_AES_128);
          play.does("disables the channel", secy -> peer(secy).enable(false));
          play.hears("an encrypted frame", peer.pn(3));
          play.hears("a clear frame", peer.clear().pn(4));
          play.hears("no SCI, encrypted", peer.as(Form.NOTHING).pn(5));
          play.hears("no SCI, clear", peer.as(Form.NOTHING).clear().pn(6));
          play.hears("an unknown AN", peer.on(AN_2).pn(7));
          play.does("enables the channel", secy -> peer(secy).enable(true));
          play.hears("an encrypted frame", peer.pn(8));
          play.does(
              "removes the channel",
              secy -> secy.apply(new SecyCommand.DeleteReceiveSc(RIGHT_SCI)));
          play.hears("a frame of the channel that was", peer.pn(9));
        });
  }

  private static Scenario notInUse(ValidateFrames mode) {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "SAs that are off, " + mode,
        config(mode),
        play -> {
          PeerFrames peer = PeerFrames.of(suite);
          play.does("adds the channel", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does(
              "installs SA 1, off",
              secy -> peer(secy).install(disabled(receiveSa(suite, AN_1, PeerFrames.KEY, 1))));
          play.hears("SA 1", peer.on(AN_1).pn(1));
          play.hears("SA 1, clear", peer.on(AN_1).clear().pn(1));
          play.hears("SA 0, none", peer.pn(1));
          play.does("installs SA 2", secy -> peer(secy).install(receiveSa(suite, AN_2, 3, 1)));
          play.hears("SA 1", peer.on(AN_1).pn(1));
          play.hears("SA 1, clear", peer.on(AN_1).clear().pn(1));
          play.hears("SA 2", peer.on(AN_2).key(3).pn(1));
          play.does("enables SA 1", secy -> peer(secy).enable(AN_1, true));
          play.hears("SA 1", peer.on(AN_1).pn(2));
          play.hears("SA 0, none, clear", peer.clear().pn(1));
          play.does("disables SA 2", secy -> peer(secy).enable(AN_2, false));
          play.hears("SA 2", peer.on(AN_2).key(3).pn(2));
          play.does("removes SA 1, which is on", secy -> peer(secy).delete(AN_1));
          play.does("removes SA 2", secy -> peer(secy).delete(AN_2));
          play.does("removes SA 2 again", secy -> peer(secy).delete(AN_2));
          play.hears("SA 2, gone", peer.on(AN_2).key(3).pn(3));
          play.hears("SA 1", peer.on(AN_1).pn(3));
          play.does(
              "installs SA 1 again", secy -> peer(secy).install(receiveSa(suite, AN_1, 5, 1)));
          play.does("adds the channel again", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does("adds its own SCI", secy -> secy.addReceiveSc(LEFT_SCI));
        });
  }

  /** A SecTAG without an SCI, from an end station, of a single copy broadcast. */
  private static Scenario forms() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "SCIs that are not sent",
        config(suite),
        play -> {
          PeerFrames peer = PeerFrames.of(suite);
          play.hears("no channel: nothing", peer.as(Form.NOTHING).pn(1));
          play.hears("no channel: ES", peer.as(Form.ES).pn(1));
          play.hears("no channel: SCB", peer.as(Form.SCB).pn(1));
          channel(play, suite);
          play.hears("nothing", peer.as(Form.NOTHING).pn(1));
          play.hears("ES", peer.as(Form.ES).pn(2));
          play.hears("SCB, nonce of port 1", peer.as(Form.SCB).pn(3));
          play.hears("SCB, nonce of port 0", peer.from(PORT_ZERO).as(Form.SCB).pn(4));
          play.hears("ES and SCB, nonce of port 1", peer.as(Form.ES_SCB).pn(5));
          play.hears("ES and SCB, port 0", peer.from(PORT_ZERO).as(Form.ES_SCB).pn(6));
          PeerFrames relayed = peer.source(STRANGER.address());
          play.hears("nothing, another source", relayed.as(Form.NOTHING).pn(7));
          play.hears("ES, another source", relayed.as(Form.ES).pn(8));
          play.hears("an SCI, another source", relayed.pn(9));
        });
  }

  private static Scenario twoChannels() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "two channels, one of another port",
        config(suite).validateFrames(ValidateFrames.CHECK),
        play -> {
          PeerFrames peer = PeerFrames.of(suite);
          play.does("adds port 7", secy -> secy.addReceiveSc(OTHER_PORT));
          play.does(
              "installs SA 0",
              secy ->
                  secy.receiveSc(OTHER_PORT).orElseThrow().install(receiveSa(suite, AN_0, 2, 1)));
          PeerFrames seven = peer.from(OTHER_PORT);
          play.hears("port 7", seven.pn(1));
          play.hears("port 7 without an SCI", seven.as(Form.NOTHING).pn(2));
          play.hears("port 7 says ES", seven.as(Form.ES).pn(3));
          play.does("adds a second one", secy -> secy.addReceiveSc(SECOND));
          play.hears("port 7", seven.pn(4));
          play.hears("port 7 without an SCI", seven.as(Form.NOTHING).pn(5));
          play.hears("the same, clear", seven.as(Form.NOTHING).clear().pn(6));
          channel(play, suite);
          play.hears("port 1 without an SCI", peer.as(Form.NOTHING).pn(7));
          play.hears("port 1 without an SCI, clear", peer.as(Form.NOTHING).clear().pn(8));
          play.hears("port 1 says ES", peer.as(Form.ES).pn(9));
          play.hears("port 1", peer.pn(10));
        });
  }

  private static Scenario downAndUp() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "a controlled port that is disabled",
        config(suite),
        play -> {
          channel(play, suite);
          PeerFrames peer = PeerFrames.of(suite);
          byte[] plain = peer.plain(46);
          play.hears("a frame", peer.pn(1));
          play.does("goes down", Secy::down);
          play.hears("a frame", peer.pn(2));
          play.hears("an untagged frame", plain);
          play.hears("an unknown SCI", peer.from(STRANGER).pn(3));
          play.does("checks only", mode(ValidateFrames.CHECK));
          play.hears("an untagged frame", plain);
          play.hears("an unknown SCI, clear", peer.from(STRANGER).clear().pn(3));
          play.hears("a clear frame", peer.clear().pn(3));
          play.does("goes up", Secy::up);
          play.hears("a frame", peer.pn(4));
          play.hears("an untagged frame", plain);
        });
  }

  private static Consumer<Secy> mode(ValidateFrames mode) {
    return secy -> secy.change(SecyChange.builder().validateFrames(mode).build());
  }

  private static Scenario modesInTurn() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "one mode after the other",
        config(suite),
        play -> {
          channel(play, suite);
          PeerFrames peer = PeerFrames.of(suite);
          long pn = 1;
          for (ValidateFrames mode : ValidateFrames.values()) {
            play.does("becomes " + mode, mode(mode));
            play.hears("a clear frame", peer.clear().pn(pn++));
            play.hears("a bad one", PeerFrames.flipped(peer.clear().pn(pn++), LAST, 4));
            play.hears("an encrypted frame", peer.pn(pn++));
          }
          PacketNumber far = PacketNumber.of(50);
          play.does("raises the lowest number", secy -> peer(secy).raiseLowestPn(AN_0, far));
          play.hears("a number below", peer.pn(49));
          play.hears("that number", peer.pn(50));
        });
  }

  private static Scenario shortIcv() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "an ICV of 8 octets",
        config(suite).icvLength(8).validateFrames(ValidateFrames.CHECK),
        play -> {
          channel(play, suite);
          PeerFrames peer = PeerFrames.of(suite);
          play.hears("such a frame", peer.icv(8).pn(1));
          play.hears("such a frame, clear", peer.clear().icv(8).pn(2));
          play.hears("a bad one", PeerFrames.flipped(peer.icv(8).pn(3), LAST, 1));
          play.hears("an ICV of 16 octets", peer.pn(4));
          play.hears("an ICV of 16 octets, clear", peer.clear().pn(5));
          play.hears("an unknown SCI, clear", peer.from(STRANGER).clear().pn(6));
        });
  }
}
