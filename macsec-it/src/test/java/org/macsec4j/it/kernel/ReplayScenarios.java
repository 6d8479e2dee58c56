package org.macsec4j.it.kernel;

import static org.macsec4j.it.kernel.Pair.AN_0;
import static org.macsec4j.it.kernel.Pair.AN_1;
import static org.macsec4j.it.kernel.Pair.RIGHT_SCI;
import static org.macsec4j.it.kernel.Pair.receiveSa;
import static org.macsec4j.it.kernel.ReceiveScenarios.channel;
import static org.macsec4j.it.kernel.ReceiveScenarios.config;
import static org.macsec4j.it.kernel.ReceiveScenarios.peer;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.macsec4j.CipherSuite;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyConfig;

/** Packet numbers that are received: windows, the lowest number, and where the numbers end. */
final class ReplayScenarios {
  private static final long HALF = 1L << 31;
  private static final long WHOLE = 1L << 32;

  private ReplayScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(CipherSuite.GCM_AES_256, CipherSuite.GCM_AES_XPN_128)
        .flatMap(
            suite ->
                Stream.concat(
                    Stream.of(
                        window(suite, ReplayProtection.window(0)),
                        window(suite, ReplayProtection.window(1)),
                        window(suite, ReplayProtection.window(8)),
                        window(suite, ReplayProtection.OFF),
                        changingWindow(suite),
                        lowest(suite),
                        installedAbove(suite)),
                    around(suite)));
  }

  private static Stream<Scenario> around(CipherSuite suite) {
    return Stream.of(HALF, WHOLE, 3 * HALF, 0L)
        .filter(middle -> suite.isXpn() || Long.compareUnsigned(middle - 1, WHOLE - 1) <= 0)
        .flatMap(
            middle ->
                Stream.of(
                    inOrder(suite, middle),
                    around(suite, middle, ReplayProtection.window(0)),
                    around(suite, middle, ReplayProtection.window(64)),
                    around(suite, middle, ReplayProtection.OFF)));
  }

  private static String name(CipherSuite suite, ReplayProtection replay) {
    return suite + ", replay " + replay;
  }

  private static SecyConfig.Builder with(CipherSuite suite, ReplayProtection replay) {
    return config(suite).replayProtection(replay);
  }

  private static Scenario window(CipherSuite suite, ReplayProtection replay) {
    return Scenario.of(
        name(suite, replay),
        with(suite, replay),
        play -> {
          channel(play, suite);
          PeerFrames peer = PeerFrames.of(suite);
          for (long pn : new long[] {0, 1, 2, 2, 5, 4, 3, 20, 12, 11, 10, 19, 20, 21, 500, 21}) {
            play.hears("PN " + pn, peer.pn(pn));
          }
          play.hears("PN 501, clear", peer.clear().pn(501));
          play.hears("PN 491, clear", peer.clear().pn(491));
        });
  }

  private static Consumer<Secy> replay(ReplayProtection replay) {
    return secy -> secy.change(SecyChange.builder().replayProtection(replay).build());
  }

  private static Scenario changingWindow(CipherSuite suite) {
    return Scenario.of(
        suite + ", a window that changes",
        with(suite, ReplayProtection.window(0)),
        play -> {
          channel(play, suite);
          PeerFrames peer = PeerFrames.of(suite);
          play.hears("PN 100", peer.pn(100));
          play.does("widens it to 50", replay(ReplayProtection.window(50)));
          play.hears("PN 99", peer.pn(99));
          play.hears("PN 50", peer.pn(50));
          play.hears("PN 101", peer.pn(101));
          play.hears("PN 60", peer.pn(60));
          play.does("narrows it to 2", replay(ReplayProtection.window(2)));
          play.hears("PN 60", peer.pn(60));
          play.hears("PN 100", peer.pn(100));
          play.does("turns it off", replay(ReplayProtection.OFF));
          play.hears("PN 1", peer.pn(1));
          play.hears("PN 100", peer.pn(100));
          play.hears("PN 101", peer.pn(101));
          play.does("turns it on", replay(ReplayProtection.window(0)));
          play.hears("PN 101", peer.pn(101));
          play.hears("PN 102", peer.pn(102));
        });
  }

  private static Scenario lowest(CipherSuite suite) {
    return Scenario.of(
        suite + ", the lowest number moves",
        with(suite, ReplayProtection.window(10)),
        play -> {
          channel(play, suite);
          PeerFrames peer = PeerFrames.of(suite);
          play.hears("PN 5", peer.pn(5));
          play.does("raises it to 100", raise(100));
          play.hears("PN 99", peer.pn(99));
          play.hears("PN 100", peer.pn(100));
          play.hears("PN 105", peer.pn(105));
          play.hears("PN 100", peer.pn(100));
          play.hears("PN 120", peer.pn(120));
          play.hears("PN 110", peer.pn(110));
          play.hears("PN 111", peer.pn(111));
          play.does("asks for less", raise(50));
          play.hears("PN 60", peer.pn(60));
          play.does("asks for a number too long", raise(WHOLE + 1));
          play.does(
              "asks where there is no SA",
              secy -> peer(secy).raiseLowestPn(AN_1, PacketNumber.of(9)));
        });
  }

  private static Consumer<Secy> raise(long pn) {
    return secy -> peer(secy).raiseLowestPn(AN_0, PacketNumber.of(pn));
  }

  private static Scenario installedAbove(CipherSuite suite) {
    return Scenario.of(
        suite + ", an SA that begins at 1000",
        with(suite, ReplayProtection.window(10)),
        play -> {
          play.does("adds the channel", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does("installs SA 0", secy -> peer(secy).install(receiveSa(suite, AN_0, 2, 1000)));
          PeerFrames peer = PeerFrames.of(suite);
          for (long pn : new long[] {999, 1000, 1001, 1000, 1005, 1000, 1020, 1010, 1009, 1011}) {
            play.hears("PN " + pn, peer.pn(pn));
          }
        });
  }

  private static boolean exists(CipherSuite suite, long middle, long pn) {
    return middle == 0 ? pn < 0 : suite.isXpn() || pn < WHOLE;
  }

  private static Scenario inOrder(CipherSuite suite, long middle) {
    return Scenario.of(
        suite + ", in order past " + Long.toHexString(middle),
        with(suite, ReplayProtection.window(0)),
        play -> {
          long first = middle - 4;
          play.does("adds the channel", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does("installs SA 0", secy -> peer(secy).install(receiveSa(suite, AN_0, 2, first)));
          for (long pn = first; pn != middle + 4; pn++) {
            if (exists(suite, middle, pn)) {
              play.hears("PN " + Long.toHexString(pn), PeerFrames.of(suite).pn(pn));
            }
          }
          play.hears("the last before the middle", PeerFrames.of(suite).pn(middle - 1));
        });
  }

  /** Frames that overtake each other where half of the numbers end or all do. */
  private static Scenario around(CipherSuite suite, long middle, ReplayProtection replay) {
    return Scenario.of(
        name(suite, replay) + ", around " + Long.toHexString(middle),
        with(suite, replay),
        play -> {
          long first = middle - 6;
          play.does("adds the channel", secy -> secy.addReceiveSc(RIGHT_SCI));
          play.does("installs SA 0", secy -> peer(secy).install(receiveSa(suite, AN_0, 2, first)));
          PeerFrames peer = PeerFrames.of(suite);
          for (int step : new int[] {0, 1, 3, 2, 4, 6, 5, 7, 8, 4, 9, 9, 10}) {
            long pn = first + step;
            if (exists(suite, middle, pn)) {
              play.hears("PN " + Long.toHexString(pn), peer.pn(pn));
            }
          }
          play.hears("the one before the middle", peer.pn(middle - 1));
          play.hears("the one before the middle, clear", peer.clear().pn(middle - 1));
        });
  }
}
