package org.macsec4j.mka.engine;

import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.UnauthenticatedAccess;
import org.macsec4j.mka.UnsecuredAccess;

/**
 * A world made of a seed: members, each with an access policy of its own, a network that
 * misbehaves, crashes, refusals, rekeys; then a quiet network, in which all must soon be secured
 * with one key.
 */
final class Exploration {
  /** One life time for what is dead to be noticed, then two hellos and the retries of commands. */
  private static final long QUIET_LIMIT = 10 * SECONDS;

  private Exploration() {}

  /** Runs the world of a seed; throws when something that must hold does not. */
  static World run(long seed, boolean tracing) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom policies = new SplittableRandom(~seed);
    World world = new World(seed);
    world.tracing = tracing;
    int count = 2 + random.nextInt(4);
    List<CipherSuite> suites = List.of(CipherSuite.values());
    CipherSuite suite = suites.get(random.nextInt(suites.size()));
    for (int i = 0; i < count; i++) {
      MkaConfig config =
          Configs.group(128).toBuilder()
              .cipherSuites(suite)
              .mkaVersion(1 + random.nextInt(3))
              .keyServerPriority(random.nextInt(3))
              .accessPolicy(policy(policies))
              .build();
      Member member = world.add("m" + i, 1 + i, config);
      member.commandDelay = random.nextInt(3) == 0 ? random.nextLong(1, 20 * MILLIS) : 0;
      world.at(random.nextLong(1, 5 * SECONDS), member::start);
    }
    world.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
    world.duplication = random.nextDouble() * 0.2;
    world.maxDelay = random.nextLong(MILLIS, 100 * MILLIS);
    int faults = random.nextInt(12);
    for (int i = 0; i < faults; i++) {
      fault(world, random);
    }
    world.runTo(30 * SECONDS);
    calm(world);
    world.runUntil(world::allAgree, QUIET_LIMIT);
    world.run(8 * SECONDS);
    if (!world.allAgree()) {
      throw world.failure("did not stay secured");
    }
    return world;
  }

  /**
   * A healthy network on which members join, restart and leave and keys change, with traffic all
   * the while: no frame between two who had begun to exchange frames may be lost.
   */
  static World runHealthy(long seed, boolean tracing) {
    SplittableRandom random = new SplittableRandom(seed);
    World world = new World(seed);
    world.tracing = tracing;
    world.minDelay = random.nextLong(1, 2 * MILLIS);
    world.maxDelay = world.minDelay;
    CipherSuite suite = List.of(CipherSuite.values()).get(random.nextInt(4));
    Map<String, Integer> lost = World.counter();
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      MkaConfig config =
          Configs.group(128).toBuilder()
              .cipherSuites(suite)
              .keyServerPriority(random.nextInt(3))
              .build();
      Member member = world.add("m" + i, 1 + i, config);
      member.commandDelay = random.nextInt(4) == 0 ? random.nextLong(1, MILLIS) : 0;
      world.at(random.nextLong(1, 4 * SECONDS), member::start);
    }
    world.traffic(2 * MILLIS, lost);
    for (int i = 0; i < 6; i++) {
      Member member = world.members.get(random.nextInt(count));
      long at = random.nextLong(4 * SECONDS, 20 * SECONDS);
      if (random.nextBoolean()) {
        world.at(at, () -> ifUp(member, member::rekey));
      } else {
        long away = random.nextBoolean() ? 0 : random.nextLong(12 * SECONDS);
        world.at(at, () -> crash(world, member, away, false));
      }
    }
    world.runTo(40 * SECONDS);
    if (!world.allAgree() || !lost.isEmpty()) {
      throw world.failure("lost " + lost);
    }
    return world;
  }

  private static AccessPolicy policy(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return AccessPolicy.MUST_SECURE;
    }
    UnauthenticatedAccess[] alone = UnauthenticatedAccess.values();
    UnsecuredAccess[] withPeer = UnsecuredAccess.values();
    return new AccessPolicy(
        alone[random.nextInt(alone.length)], withPeer[random.nextInt(withPeer.length)]);
  }

  private static void fault(World world, SplittableRandom random) {
    Member member = world.members.get(random.nextInt(world.members.size()));
    long at = random.nextLong(1, 28 * SECONDS);
    switch (random.nextInt(7)) {
      case 0 -> world.at(at, () -> crash(world, member, random.nextLong(10 * SECONDS), false));
      case 1 -> world.at(at, () -> crash(world, member, random.nextLong(10 * SECONDS), true));
      case 2 -> world.at(at, () -> ifUp(member, member::rekey));
      case 3 -> world.at(at, () -> world.cut = (from, to) -> from == member || to == member);
      case 4 -> world.at(at, () -> world.cut = (from, to) -> from == member);
      case 5 -> world.at(at, () -> world.cut = (from, to) -> false);
      default -> world.at(at, () -> refuse(member, random.nextInt(4), random.nextInt(6)));
    }
  }

  private static void ifUp(Member member, Runnable action) {
    if (member.isUp()) {
      action.run();
    }
  }

  private static void crash(World world, Member member, long away, boolean leavingSecy) {
    if (!member.isUp()) {
      return;
    }
    if (leavingSecy) {
      member.crashLeavingSecy();
    } else {
      member.crash();
    }
    world.at(world.now() + away, () -> restart(member));
  }

  private static void restart(Member member) {
    if (!member.isUp()) {
      member.start();
    }
  }

  private static void refuse(Member member, int kind, int count) {
    MacsecException.Kind[] kinds = {
      MacsecException.Kind.BACKEND,
      MacsecException.Kind.EXISTS,
      MacsecException.Kind.NOT_FOUND,
      MacsecException.Kind.PACKET_NUMBER
    };
    int[] left = {count};
    member.secy.failure =
        command -> left[0]-- > 0 ? new MacsecException(kinds[kind], "refused by the test") : null;
  }

  private static void calm(World world) {
    world.loss = 0;
    world.duplication = 0;
    world.minDelay = MILLIS;
    world.maxDelay = MILLIS;
    world.cut = (from, to) -> false;
    for (Member member : world.members) {
      member.secy.failure = command -> null;
      restart(member);
    }
  }
}
