package org.macsec4j.it.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.Macsec;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.testkit.kernel.Netns;

/**
 * Groups of three over a bridge, sessions of ours and wpa_supplicants, whose members come and go.
 * How many pings were lost meanwhile is printed and not judged, as a guest that stands still for a
 * life time loses what it loses; {@code KayGroupTest} of the engine judges it in virtual time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WpaGroupCases {
  /** Who is there first, at priorities 100 and 150, and who comes third, at which. */
  enum Story {
    OURS_COMES(false, true, 200),
    OURS_COMES_AND_LEADS(false, true, 50),
    THEIRS_COMES(true, false, 200),
    THEIRS_COMES_AND_LEADS(true, false, 50);

    private final boolean firstAreOurs;
    private final boolean thirdIsOurs;
    private final int priority;

    Story(boolean firstAreOurs, boolean thirdIsOurs, int priority) {
      this.firstAreOurs = firstAreOurs;
      this.thirdIsOurs = thirdIsOurs;
      this.priority = priority;
    }
  }

  private static final int FIRST_PRIORITY = 100;
  private static final int SECOND_PRIORITY = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final AtOnce<Story> told = new AtOnce<>();

  @BeforeAll
  final void begin() throws InterruptedException {
    warmUp();
    int number = 0;
    for (Story story : Story.values()) {
      int group = ++number;
      told.begin(story, () -> tell(story, group));
    }
  }

  /** A session for which classes are loaded while others wait for it would be taken for dead. */
  private static void warmUp() throws InterruptedException {
    try (Netns space = QuietNetns.create("warm")) {
      space.ip("link add name w1 up type veth peer name w2");
      space.ip("link set dev w2 up");
      try (Macsec macsec = Macsec.using(LinuxBackend.builder().namespace("warm").open());
          MkaSession one = MkaSession.start(macsec, "w1", WpaSettings.ours(1));
          MkaSession two = MkaSession.start(macsec, "w2", WpaSettings.ours(2))) {
        one.awaitSecured(PATIENCE);
        two.awaitSecured(PATIENCE);
      }
    }
  }

  private static void tell(Story story, int number) throws InterruptedException {
    try (WpaGroup group = new WpaGroup(number)) {
      LinkEnd first = group.add(story.firstAreOurs, FIRST_PRIORITY);
      LinkEnd second = group.add(story.firstAreOurs, SECOND_PRIORITY);
      LinkEnd third = group.add(story.thirdIsOurs, story.priority);
      WpaGroup.begin(first);
      WpaGroup.begin(second);
      WpaGroup.assertWhole(first, List.of(first, second));
      boolean thirdLeads = story.priority < FIRST_PRIORITY;
      LinkEnd leader = thirdLeads ? third : first;
      joins(story, third, leader, first, second);
      LinkEnd next = thirdLeads ? first : second;
      LinkEnd last = thirdLeads ? second : third;
      goes(story, "leaves", leader, leader::leave, next, last);
      joins(story, leader, leader, next, last);
      goes(story, "is killed", leader, () -> kill(leader), next, last);
      joins(story, leader, leader, next, last);
    }
  }

  /** The next wpa_supplicant could not use the device; {@code WpaLifeCases} has that. */
  private static void kill(LinkEnd leader) {
    leader.kill();
    if (leader instanceof LinkEnd.Theirs) {
      leader.deleteDevice();
    }
  }

  private static void joins(Story story, LinkEnd who, LinkEnd leader, LinkEnd one, LinkEnd two)
      throws InterruptedException {
    WpaGroup.settle();
    try (SteadyPing ping = SteadyPing.start(one, two)) {
      WpaGroup.begin(who);
      WpaGroup.assertWhole(leader, List.of(who, one, two));
      tell(story, who.address + " joins", ping);
    }
  }

  private static void goes(
      Story story, String how, LinkEnd leader, Runnable end, LinkEnd next, LinkEnd last)
      throws InterruptedException {
    WpaGroup.settle();
    Optional<String> before = WpaGroup.keyServer(leader);
    try (SteadyPing ping = SteadyPing.start(next, last)) {
      end.run();
      WpaGroup.awaitOtherServer(before, List.of(next, last));
      WpaGroup.assertWhole(next, List.of(next, last));
      tell(story, leader.address + " " + how, ping);
    }
  }

  private static void tell(Story story, String what, SteadyPing ping) throws InterruptedException {
    System.out.println(story + ", " + what + ": " + ping.sums());
  }

  @ParameterizedTest
  @EnumSource
  final void membersComeAndGo(Story story) throws Exception {
    told.await(story);
  }

  @AfterAll
  final void end() {
    told.close();
  }
}
