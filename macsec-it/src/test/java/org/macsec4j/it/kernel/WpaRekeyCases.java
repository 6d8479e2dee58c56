package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.MkaStatus;

/**
 * New keys, and MKPDUs of an attacker, under a flood of pings between a session of ours and a
 * wpa_supplicant.
 */
abstract class WpaRekeyCases {
  private static final int REKEYS = 3;

  /** From here on it wants another key: three quarters of all packet numbers are used. */
  private static final long THEIR_THRESHOLD = 0xC000_0000L;

  private WpaHosts hosts;

  @BeforeEach
  final void layOut() {
    hosts = new WpaHosts();
  }

  @AfterEach
  final void takeAway() {
    hosts.close();
  }

  private static long keyNumber(WpaLink link) {
    return link.session()
        .status()
        .transmitKey()
        .map(MkaStatus.Key::identifier)
        .orElseThrow()
        .keyNumber();
  }

  private static boolean isSettled(WpaLink link) {
    return link.session().status().old().isEmpty();
  }

  /** Waits for a key, and until the one before it is gone, so that a next one has room. */
  private static void awaitKey(WpaLink link, long number) {
    assertThat(WpaLink.until(() -> keyNumber(link) >= number && isSettled(link)))
        .as("key %d; %s", number, link.session().status())
        .isTrue();
  }

  private static void comeUp(WpaLink link, int ourPriority) throws InterruptedException {
    link.startTheirs(WpaSettings.theirs(100));
    link.startOurs(WpaSettings.ours(ourPriority));
    link.assertComesUp();
    assertThat(WpaLink.until(() -> isSettled(link))).isTrue();
  }

  @Test
  void ourNewKeysCostNoFrame() throws Exception {
    WpaLink.tell(
        hosts,
        1,
        link -> {
          comeUp(link, 10);
          Process flood = link.flood();
          long first = keyNumber(link);
          for (int i = 1; i <= REKEYS; i++) {
            link.session().rekey();
            awaitKey(link, first + i);
          }
          assertNoneLost(link, flood);
        });
  }

  /** It makes one when its packet numbers run out, and looks at them when it speaks. */
  @Test
  void theirNewKeyCostsNoFrame() throws Exception {
    WpaLink.tell(
        hosts,
        2,
        link -> {
          comeUp(link, 200);
          Process flood = link.flood();
          long first = keyNumber(link);
          link.useTheirPacketNumbersUpTo(THEIR_THRESHOLD);
          awaitKey(link, first + 1);
          assertNoneLost(link, flood);
        });
  }

  /** All that either said is said again, in its order, and once more. */
  @Test
  void mkpdusThatComeAgainChangeNothing() throws Exception {
    WpaLink.tell(
        hosts,
        3,
        link -> {
          try (Replay replay = Replay.on(link)) {
            comeUp(link, 10);
            assertThat(WpaLink.until(() -> replay.has(5))).as("MKPDUs of both").isTrue();
            MkaPeer peer = link.session().status().livePeers().get(0);
            Process flood = link.flood();
            int toUs = replay.toUs() + replay.toUs();
            replay.toThem();
            replay.toThem();
            assertThat(WpaLink.until(() -> dropped(link) >= toUs)).as("dropped").isTrue();
            // Longer than a peer lives that is not heard.
            Thread.sleep(7_000);
            assertThat(link.session().status().livePeers())
                .extracting(MkaPeer::memberIdentifier)
                .containsExactly(peer.memberIdentifier());
            assertNoneLost(link, flood);
          }
        });
  }

  /** Nor does a peer live on that is only heard again. */
  @Test
  void mkpdusThatComeAgainKeepNobodyAlive() throws Exception {
    WpaLink.tell(
        hosts,
        4,
        link -> {
          try (Replay replay = Replay.on(link)) {
            comeUp(link, 200);
            assertThat(WpaLink.until(() -> replay.has(3))).as("MKPDUs of both").isTrue();
            link.peer().kill();
            assertThat(
                    WpaLink.until(
                        () -> {
                          replay.toUs();
                          return link.session().status().livePeers().isEmpty();
                        }))
                .as(link.session().status().toString())
                .isTrue();
            assertThat(link.session().isSecured()).isFalse();
          }
        });
  }

  private static long dropped(WpaLink link) {
    return link.session().status().counters().dropped(DropReason.REPLAYED);
  }

  private static void assertNoneLost(WpaLink link, Process flood) throws IOException {
    Floods.assertNoneLost(link.ours(), flood, 20);
  }
}
