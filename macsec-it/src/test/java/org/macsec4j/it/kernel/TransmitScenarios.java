package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Pair.AN_0;
import static org.macsec4j.it.kernel.Pair.AN_1;
import static org.macsec4j.it.kernel.Pair.AN_2;
import static org.macsec4j.it.kernel.Pair.LEFT_SCI;
import static org.macsec4j.it.kernel.Pair.RIGHT_SCI;
import static org.macsec4j.it.kernel.Pair.transmitSa;
import static org.macsec4j.it.kernel.ReceiveScenarios.config;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;

/** What a SecY makes of the frames of its users, and which commands it refuses. */
final class TransmitScenarios {
  private static final Sci SECOND = Sci.parse("0200000000cc0001");
  private static final MacAddress BRIDGED = MacAddress.parse("02:00:00:00:77:77");
  private static final MacAddress ALL = MacAddress.parse("ff:ff:ff:ff:ff:ff");
  private static final int ETHER_TYPE = 0x88B5;
  private static final int KEY = 1;

  private TransmitScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
            Stream.of(CipherSuite.values())
                .flatMap(suite -> Stream.of(plain(suite, true), plain(suite, false))),
            Stream.of(CipherSuite.values()).map(TransmitScenarios::exhaustion),
            Stream.of(
                crossing(1L << 31),
                crossing(1L << 32),
                form("SCI always", config(CipherSuite.GCM_AES_128)),
                form("no SCI", config(CipherSuite.GCM_AES_128).includeSci(false)),
                form("ES", config(CipherSuite.GCM_AES_128).includeSci(false).endStation(true)),
                form(
                    "SCB",
                    config(CipherSuite.GCM_AES_128).includeSci(false).singleCopyBroadcast(true)),
                form("an ICV of 8 octets", config(CipherSuite.GCM_AES_128).icvLength(8)),
                form(
                    "an ICV of 12 octets, clear",
                    config(CipherSuite.GCM_AES_128).icvLength(12).encrypt(false)),
                associations(),
                switches(),
                refusals()))
        .flatMap(some -> some);
  }

  static byte[] own(int payload) {
    return PeerFrames.frame(RIGHT_SCI.address(), LEFT_SCI.address(), ETHER_TYPE, payload);
  }

  private static void install(
      Play play, CipherSuite suite, AssociationNumber an, int key, long pn) {
    play.does(
        "installs SA " + an + " at " + PacketNumber.of(pn),
        secy -> secy.transmitSc().install(transmitSa(suite, an, key, pn)));
  }

  private static Scenario plain(CipherSuite suite, boolean encrypt) {
    return Scenario.of(
        suite + (encrypt ? ", encrypted" : ", clear"),
        config(suite).encrypt(encrypt),
        play -> {
          install(play, suite, AN_0, KEY, 1);
          for (int payload : new int[] {0, 1, 30, 45, 46, 47, 100, 1400}) {
            play.sends("payload " + payload, own(payload));
          }
          play.sends("a broadcast", PeerFrames.frame(ALL, LEFT_SCI.address(), ETHER_TYPE, 46));
        });
  }

  /** The last numbers of a key, and what can be done afterwards. */
  private static Scenario exhaustion(CipherSuite suite) {
    long last = suite.maxPacketNumber().value();
    return Scenario.of(
        suite + ", the last numbers",
        config(suite),
        play -> {
          install(play, suite, AN_0, KEY, last - 2);
          for (int frame = 0; frame < 5; frame++) {
            play.sends("frame " + frame, own(46));
          }
          play.does("enables it", secy -> secy.transmitSc().enable(AN_0, true));
          play.does("raises it", secy -> secy.transmitSc().raiseNextPn(AN_0, PacketNumber.of(9)));
          play.sends("one more", own(46));
          play.does("removes it", secy -> secy.transmitSc().delete(AN_0));
          play.does(
              "installs the key again",
              secy -> secy.transmitSc().install(transmitSa(suite, AN_0, KEY, 1)));
          install(play, suite, AN_1, 7, last);
          play.does("selects SA 1", secy -> secy.transmitSc().select(AN_1));
          play.sends("its only frame", own(46));
          play.sends("none", own(46));
          install(play, suite, AN_0, 8, 1);
          play.does("selects SA 0", secy -> secy.transmitSc().select(AN_0));
          play.sends("a new key", own(46));
        });
  }

  private static Scenario crossing(long middle) {
    CipherSuite suite = CipherSuite.GCM_AES_XPN_256;
    return Scenario.of(
        suite + ", sends around " + Long.toHexString(middle),
        config(suite),
        play -> {
          install(play, suite, AN_0, KEY, middle - 2);
          for (int frame = 0; frame < 5; frame++) {
            play.sends("frame " + frame, own(46));
          }
        });
  }

  /** How the SecTAG tells the SCI, for frames of ours and of somebody behind us. */
  private static Scenario form(String name, SecyConfig.Builder config) {
    return Scenario.of(
        "sent with " + name,
        config,
        play -> {
          install(play, CipherSuite.GCM_AES_128, AN_0, KEY, 1);
          byte[] bridged = PeerFrames.frame(RIGHT_SCI.address(), BRIDGED, ETHER_TYPE, 46);
          play.sends("our frame", own(46));
          play.sends("a frame of another source", bridged);
          play.does("adds a channel", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.sends("our frame", own(46));
          play.does("adds a second channel", secy -> secy.addReceiveSc(SECOND));
          play.sends("our frame", own(46));
          play.sends("a frame of another source", bridged);
          play.does(
              "disables the second channel",
              secy -> secy.receiveSc(SECOND).orElseThrow().enable(false));
          play.sends("our frame", own(46));
        });
  }

  private static Scenario associations() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "transmit SAs come and go",
        config(suite),
        play -> {
          play.sends("no SA", own(46));
          TransmitSa off = transmitSa(suite, AN_0, KEY, 5);
          play.does(
              "installs SA 0, off",
              secy ->
                  secy.transmitSc()
                      .install(
                          new TransmitSa(off.an(), off.key(), off.nextPn(), off.ssci(), false)));
          play.sends("it is off", own(46));
          play.does("enables it", secy -> secy.transmitSc().enable(AN_0, true));
          play.sends("it is on", own(46));
          install(play, suite, AN_1, 3, 1);
          play.sends("still SA 0", own(46));
          play.does("selects SA 1", secy -> secy.transmitSc().select(AN_1));
          play.sends("SA 1", own(46));
          play.does("raises SA 1", secy -> secy.transmitSc().raiseNextPn(AN_1, pn(100)));
          play.sends("SA 1 at 100", own(46));
          play.does("disables SA 1", secy -> secy.transmitSc().enable(AN_1, false));
          play.sends("nothing", own(46));
          play.does("removes SA 1", secy -> secy.transmitSc().delete(AN_1));
          play.sends("nothing either", own(46));
          play.does("selects SA 0", secy -> secy.transmitSc().select(AN_0));
          play.sends("SA 0", own(46));
          play.does("goes down", Secy::down);
          play.sends("it is down", own(46));
          play.does("goes up", Secy::up);
          play.sends("it is up", own(46));
        });
  }

  private static PacketNumber pn(long value) {
    return PacketNumber.of(value);
  }

  private static Consumer<Secy> change(SecyChange.Builder change) {
    return secy -> secy.change(change.build());
  }

  private static Scenario switches() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "settings that change while frames are sent",
        config(suite),
        play -> {
          install(play, suite, AN_0, KEY, 1);
          play.sends("encrypted", own(46));
          play.does(
              "encrypts no more",
              change(
                  SecyChange.builder()
                      .confidentialityOffset(ConfidentialityOffset.NO_CONFIDENTIALITY)));
          play.sends("with the SA of before", own(46));
          install(play, suite, AN_1, 3, 1);
          play.does("selects SA 1", secy -> secy.transmitSc().select(AN_1));
          play.sends("with the SA of after", own(46));
          play.does("protects no more", change(SecyChange.builder().protectFrames(false)));
          play.sends("not protected", own(46));
          play.sends("not protected, longer", own(1400));
          play.does("protects", change(SecyChange.builder().protectFrames(true)));
          play.sends("protected", own(46));
          play.does("sends no SCI", change(SecyChange.builder().includeSci(false)));
          play.sends("no SCI", own(46));
          play.does("says ES", change(SecyChange.builder().endStation(true)));
          play.sends("ES", own(46));
          play.does("says SCI beside ES", change(SecyChange.builder().includeSci(true)));
          play.does(
              "asks for another suite",
              change(SecyChange.builder().cipherSuite(CipherSuite.GCM_AES_256)));
          play.sends("as before", own(46));
          play.does(
              "asks for an offset",
              change(SecyChange.builder().confidentialityOffset(ConfidentialityOffset.OFFSET_30)));
        });
  }

  private static Scenario refusals() {
    CipherSuite suite = CipherSuite.GCM_AES_128;
    return Scenario.of(
        "what is refused",
        config(suite),
        play -> {
          play.does("enables no SA", secy -> secy.transmitSc().enable(AN_0, true));
          play.does("removes no SA", secy -> secy.transmitSc().delete(AN_0));
          play.does("selects no SA", secy -> secy.transmitSc().select(AN_2));
          play.does("raises no SA", secy -> secy.transmitSc().raiseNextPn(AN_0, pn(7)));
          install(play, suite, AN_0, KEY, 10);
          install(play, suite, AN_0, 3, 1);
          install(play, suite, AN_1, KEY, 20);
          play.does(
              "installs a key of another suite",
              secy ->
                  secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_XPN_128, AN_2, 4, 1)));
          play.does(
              "installs a longer key",
              secy -> secy.transmitSc().install(transmitSa(CipherSuite.GCM_AES_256, AN_2, 4, 1)));
          play.does("lowers it", secy -> secy.transmitSc().raiseNextPn(AN_0, pn(9)));
          play.does("sets it where it is", secy -> secy.transmitSc().raiseNextPn(AN_0, pn(10)));
          play.does("raises it", secy -> secy.transmitSc().raiseNextPn(AN_0, pn(11)));
          play.does("raises it too far", secy -> secy.transmitSc().raiseNextPn(AN_0, pn(1L << 32)));
          play.does("removes it, which is on", secy -> secy.transmitSc().delete(AN_0));
          play.does("disables it", secy -> secy.transmitSc().enable(AN_0, false));
          play.does("removes it", secy -> secy.transmitSc().delete(AN_0));
          install(play, suite, AN_0, KEY, 10);
          install(play, suite, AN_0, KEY, 11);
          play.does(
              "installs on no channel",
              secy ->
                  secy.apply(
                      new SecyCommand.InstallReceiveSa(
                          RIGHT_SCI, Pair.receiveSa(suite, AN_0, 2, 1))));
          play.does(
              "enables no channel",
              secy -> secy.apply(new SecyCommand.EnableReceiveSc(RIGHT_SCI, true)));
          play.does(
              "removes no channel", secy -> secy.apply(new SecyCommand.DeleteReceiveSc(RIGHT_SCI)));
          play.does("adds a channel", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does("adds it again", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does(
              "enables no receive SA",
              secy -> secy.receiveSc(RIGHT_SCI).orElseThrow().enable(AN_0, true));
        });
  }
}
