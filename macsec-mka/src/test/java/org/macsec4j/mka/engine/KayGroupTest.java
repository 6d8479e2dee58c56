package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Groups of three, of us and of members that do as wpa_supplicant 2.10 does, which come and go at
 * any moment of their ticks.
 */
class KayGroupTest {
  private static final int SEEDS = 12;

  /** Less than a tick, as the first frame of a new key may meet the last step to it. */
  private static final int NEXT_TO_NONE = 10;

  /** Who is there first, at priorities 100 and 150, and who comes third, at which. */
  enum Story {
    OURS_COMES(false, false, true, 200),
    OURS_COMES_AND_LEADS(false, false, true, 50),
    THEIRS_COMES(true, true, false, 200),
    THEIRS_COMES_AND_LEADS(true, true, false, 50),
    THEIRS_COMES_TO_BOTH(true, false, false, 200),
    OURS_COMES_TO_BOTH_AND_LEADS(false, true, true, 50);

    private final boolean first;
    private final boolean second;
    private final boolean third;
    private final int priority;

    Story(boolean first, boolean second, boolean third, int priority) {
      this.first = first;
      this.second = second;
      this.third = third;
      this.priority = priority;
    }

    private boolean thirdLeads() {
      return priority < 100;
    }

    /** Whether one of ours stays when the key server leaves. */
    private boolean oursStays() {
      return thirdLeads() ? first || second : second || third;
    }

    /** Whether a wpa_supplicant that comes makes the others of its kind close their ports. */
    private boolean theirsLeadsTheirs() {
      return thirdLeads() ? !third && !(first && second) : !first && !(second && third);
    }
  }

  private static KayGroup group(long seed, Story story) {
    KayGroup group = new KayGroup(seed);
    add(group, story.first, 1, 100);
    add(group, story.second, 2, 150);
    add(group, story.third, 3, story.priority);
    return group;
  }

  private static void add(KayGroup group, boolean ours, int number, int priority) {
    if (ours) {
      group.ours(number, priority);
    } else {
      group.theirs(number, priority);
    }
  }

  private static void startTwo(KayGroup group) {
    group.ends.get(0).start();
    group.world.run(group.world.random().nextLong(4 * SECONDS));
    group.ends.get(1).start();
    group.settle();
    group.assertWhole();
  }

  @Tag("search")
  @ParameterizedTest
  @EnumSource
  void membersComeAndGoAndNobodyIsCutOff(Story story) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      KayGroup group = group(seed, story);
      startTwo(group);
      KayGroup.End third = group.ends.get(2);
      KayGroup.End leader = group.ends.get(story.thirdLeads() ? 2 : 0);
      List<KayGroup.End> others = group.ends.stream().filter(end -> end != leader).toList();
      int joining = group.lostAfter(third::start, group.ends.get(0), group.ends.get(1));
      group.assertWhole();
      int leaving = group.lostAfter(leader::crash, others.get(0), others.get(1));
      group.assertWhole();
      int returning = group.lostAfter(leader::start, others.get(0), others.get(1));
      group.assertWhole();
      if (!story.thirdLeads() || !story.theirsLeadsTheirs()) {
        assertThat(joining).as("seed %d, joining", seed).isLessThan(NEXT_TO_NONE);
      }
      if (story.oursStays()) {
        assertThat(leaving).as("seed %d, leaving", seed).isLessThan(NEXT_TO_NONE);
      }
      if (!story.theirsLeadsTheirs()) {
        assertThat(returning).as("seed %d, returning", seed).isLessThan(NEXT_TO_NONE);
      }
    }
  }

  /** As on a machine that has too much to do; afterwards all is well where ours leads. */
  @Tag("search")
  @ParameterizedTest
  @EnumSource(names = {"OURS_COMES_AND_LEADS", "THEIRS_COMES", "THEIRS_COMES_TO_BOTH"})
  void allStandStillForLongAndMeetAgain(Story story) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      KayGroup group = group(seed, story);
      startTwo(group);
      group.ends.get(2).start();
      for (int i = 0; i < 3; i++) {
        group.world.run(group.world.random().nextLong(7 * SECONDS));
        group.world.standStill(group.world.random().nextLong(7 * SECONDS));
      }
      group.settle();
      group.settle();
      group.assertWhole();
    }
  }
}
