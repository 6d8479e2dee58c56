package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaPeer;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.netlink.LinuxBackend;

/** A session of ours and a wpa_supplicant over time: keys change, and either comes anew. */
abstract class WpaLifeCases extends WpaStories {
  /** Who comes anew, and how. */
  enum Restart {
    THEIRS_KILLED(100, WpaLifeCases::kill, true),
    THEIR_KEY_SERVER_KILLED(200, WpaLifeCases::kill, true),
    THEIRS_TERMINATED(100, WpaLifeCases::terminate, true),
    THEIR_KEY_SERVER_TERMINATED(200, WpaLifeCases::terminate, true),
    OURS_CLOSED(200, WpaLifeCases::close, false),
    OUR_KEY_SERVER_CLOSED(100, WpaLifeCases::close, false);

    private final int ourPriority;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    private final Consumer<WpaLink> ending;

    private final boolean theirs;

    Restart(int ourPriority, Consumer<WpaLink> ending, boolean theirs) {
      this.ourPriority = ourPriority;
      this.ending = ending;
      this.theirs = theirs;
    }
  }

  private static final int THEIR_PRIORITY = 150;

  /** A wpa_supplicant makes no key sooner after the last one, and forgets that one is wanted. */
  private static final long BETWEEN_KEYS_MILLIS = 7_000;

  private static final int MAX_TRIES = 4;

  private static void kill(WpaLink link) {
    link.peer().kill();
    link.deleteTheirDevice();
  }

  private static void terminate(WpaLink link) {
    link.peer().terminate();
  }

  private static void close(WpaLink link) {
    link.session().close();
  }

  @Override
  final void begin() {
    for (Restart restart : Restart.values()) {
      begin(restart, link -> restart(link, restart));
    }
    begin("crash", WpaLifeCases::crash);
    begin("remembers as a member", link -> remembers(link, 200));
    begin("remembers as key server", link -> remembers(link, 100));
    begin("stale", WpaLifeCases::stale);
  }

  private static void comeUp(WpaLink link, int ourPriority) throws InterruptedException {
    link.startTheirs(WpaSettings.theirs(THEIR_PRIORITY));
    link.startOurs(WpaSettings.ours(ourPriority));
    link.assertComesUp();
  }

  private static void restart(WpaLink link, Restart how) throws InterruptedException {
    comeUp(link, how.ourPriority);
    MkaPeer before = link.session().status().livePeers().get(0);
    how.ending.accept(link);
    if (how.theirs) {
      startTheirsAgain(link, before);
    } else {
      link.startOurs(WpaSettings.ours(how.ourPriority));
      link.session().awaitSecured(WpaLink.PATIENCE);
      link.addressOurs();
      link.assertPings();
    }
  }

  /** It has a new identifier, and with that nobody is taken for the one before. */
  private static void startTheirsAgain(WpaLink link, MkaPeer before) throws InterruptedException {
    link.peer().start();
    assertThat(WpaLink.until(() -> hasOtherPeer(link, before))).as("another peer").isTrue();
    link.session().awaitSecured(WpaLink.PATIENCE);
    link.addressTheirs();
    link.assertPings();
  }

  private static boolean hasOtherPeer(WpaLink link, MkaPeer before) {
    return link.session().status().livePeers().stream()
        .anyMatch(peer -> !peer.memberIdentifier().equals(before.memberIdentifier()));
  }

  /** As when our process dies: nobody takes its SecY away, and the next one finds it. */
  private static void crash(WpaLink link) throws InterruptedException {
    LinuxBackend.Builder backend =
        LinuxBackend.builder().namespace("ours").leftOver(LeftOver.RECONCILE);
    try (Macsec first = Macsec.using(backend.open())) {
      link.startTheirs(WpaSettings.theirs(THEIR_PRIORITY));
      link.startOurs(first, WpaSettings.ours(100));
      link.assertComesUp();
    }
    // Nothing that it does reaches the kernel any more.
    assertThatExceptionOfType(MacsecException.class).isThrownBy(link.session()::close);
    try (Macsec next = Macsec.using(backend.open())) {
      link.startOurs(next, WpaSettings.ours(100));
      link.session().awaitSecured(WpaLink.PATIENCE);
      link.assertPings();
      assertThat(link.peer().said()).contains("duplicated SCI");
      link.session().close();
    }
  }

  /**
   * As when our process dies, and the next one goes on in its place. Where the machine stood still
   * for so long that it began anew, it dies once more.
   */
  private static void remembers(WpaLink link, int ourPriority) throws Exception {
    LinuxBackend.Builder backend =
        LinuxBackend.builder().namespace("ours").leftOver(LeftOver.RECONCILE);
    Path folder = Files.createTempDirectory("memory");
    SessionOptions options = SessionOptions.DEFAULT.withMemory(folder.resolve("ours"));
    Macsec running = Macsec.using(backend.open());
    try {
      link.startTheirs(WpaSettings.theirs(THEIR_PRIORITY));
      link.startOurs(running, WpaSettings.ours(ourPriority), options);
      link.assertComesUp();
      for (int tries = 0; tries < MAX_TRIES; tries++) {
        Thread.sleep(BETWEEN_KEYS_MILLIS);
        MemberIdentifier before = link.session().status().memberIdentifier();
        long ignored = timesIgnored(link);
        running.close();
        assertThatExceptionOfType(MacsecException.class).isThrownBy(link.session()::close);
        running = Macsec.using(backend.open());
        link.startOurs(running, WpaSettings.ours(ourPriority), options);
        assertThat(link.session().status().memberIdentifier()).isEqualTo(before);
        link.session().awaitSecured(WpaLink.PATIENCE);
        link.assertPings();
        if (link.session().status().memberIdentifier().equals(before)) {
          assertThat(timesIgnored(link)).isEqualTo(ignored);
          link.session().close();
          return;
        }
      }
      fail("it began anew each time");
    } finally {
      running.close();
    }
  }

  private static long timesIgnored(WpaLink link) {
    return link.peer().said().lines().filter(line -> line.contains("duplicated SCI")).count();
  }

  /**
   * A wpa_supplicant that finds the device of one that was killed takes it, and cannot make the
   * receive channel that is in it already. It forgets us each time that it hears us, for good; so
   * do two of its kind. Whoever starts it has to delete the device.
   */
  private static void stale(WpaLink link) throws InterruptedException {
    comeUp(link, 100);
    MkaPeer before = link.session().status().livePeers().get(0);
    link.peer().kill();
    link.peer().start();
    assertThat(WpaLink.until(() -> link.diagnosis() == MkaDiagnosis.Kind.NOT_HEARD))
        .as(link.session().status().toString())
        .isTrue();
    link.peer().kill();
    link.deleteTheirDevice();
    startTheirsAgain(link, before);
  }

  @ParameterizedTest
  @EnumSource
  void eitherComesAnew(Restart restart) throws Exception {
    await(restart);
  }

  @Test
  void ourProcessDiesAndTheNextOneFindsItsSecy() throws Exception {
    await("crash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"remembers as a member", "remembers as key server"})
  void ourNextProcessIsTheOneTheyKnow(String story) throws Exception {
    await(story);
  }

  @Test
  void aStaleDeviceKeepsThemOutUntilItIsDeleted() throws Exception {
    await("stale");
  }
}
