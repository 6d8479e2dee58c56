package org.macsec4j.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.PreSharedKey;

/**
 * What a world is when it begins; all of it follows from the seed.
 *
 * @param seed the seed
 * @param healthy whether nothing goes wrong in this world, so that no frame may be lost
 * @param confidential whether every host encrypts
 * @param hosts who is there
 * @param pathNanos how long a frame travels when nothing is wrong
 * @param trafficNanos how often each user sends
 * @param packetNumberPollNanos how often an engine is told its packet numbers
 * @param hostile whether there is an attacker
 */
record Recipe(
    long seed,
    boolean healthy,
    boolean confidential,
    List<HostSpec> hosts,
    long pathNanos,
    long trafficNanos,
    long packetNumberPollNanos,
    boolean hostile) {
  static final long SLOW_TICK_NANOS = 2 * Schedule.SECONDS;

  private static final int MAX_HOSTS = 8;
  private static final List<MacAddress> DESTINATIONS =
      List.of(
          MkaConfig.PAE_GROUP_ADDRESS,
          MacAddress.parse("01:80:C2:00:00:00"),
          MacAddress.parse("01:80:C2:00:00:0E"));

  static Recipe of(long seed) {
    return new Cook(seed).recipe();
  }

  /** How long a world may take to be whole again after the faults stopped. */
  long patienceNanos() {
    long nanos = 0;
    for (HostSpec host : hosts) {
      MkaConfig config = host.config();
      long ticks = host.manner().isSlow() ? host.manner().tickNanos() : 0;
      long own = config.lifeTime().plus(config.helloTime().multipliedBy(2)).toNanos() + ticks;
      nanos = Math.max(nanos, own);
    }
    return nanos;
  }

  @Override
  public String toString() {
    return (healthy ? "a healthy world" : "a world of faults")
        + (hostile ? " with an attacker" : "")
        + ", frames travel "
        + pathNanos / Schedule.MICROS
        + " us, each user sends every "
        + trafficNanos / Schedule.MICROS
        + " us";
  }

  /** Draws everything from the seed. */
  private static final class Cook {
    private final long seed;
    private final SplittableRandom random;
    private final boolean healthy;
    private final CipherSuite suite;
    private final ConfidentialityOffset offset;
    private final int etherType;
    private final boolean fewPacketNumbers;
    private final boolean brisk;
    private final boolean delayProtection;
    private final boolean mixed;

    Cook(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.healthy = random.nextInt(3) == 0;
      this.suite = any(CipherSuite.values());
      this.offset =
          random.nextInt(3) > 0
              ? ConfidentialityOffset.OFFSET_0
              : any(ConfidentialityOffset.values());
      this.etherType = random.nextInt(8) == 0 ? 0x876F : 0x888E;
      this.fewPacketNumbers = random.nextInt(3) == 0;
      this.brisk = random.nextInt(8) == 0;
      this.delayProtection = random.nextInt(6) == 0;
      this.mixed = random.nextInt(4) == 0;
    }

    private <T> T any(T[] all) {
      return all[random.nextInt(all.length)];
    }

    Recipe recipe() {
      // Small worlds are cheap and find most; large ones are needed for what only they have.
      int members = 2 + Math.min(random.nextInt(4), random.nextInt(MAX_HOSTS - 1));
      members = random.nextInt(10) == 0 ? 2 + random.nextInt(MAX_HOSTS - 1) : members;
      int strangers = random.nextInt(4) == 0 ? Math.min(1 + random.nextInt(2), 8 - members) : 0;
      PreSharedKey key = key(seed, 16 + 16 * random.nextInt(2));
      PreSharedKey other = strangersKey(key);
      PreSharedKey fallback = random.nextInt(3) == 0 ? key(seed ^ 0xFA11, 16).asFallback() : null;
      boolean alone = members == 2 && strangers == 0;
      List<HostSpec> hosts = new ArrayList<>();
      for (int i = 0; i < members + strangers; i++) {
        int group = i < members ? 0 : 1;
        List<PreSharedKey> keys = group == 1 ? List.of(other) : withFallback(key, fallback);
        hosts.add(host(i, group, keys, alone));
      }
      boolean confidential = offset != ConfidentialityOffset.NO_CONFIDENTIALITY;
      long traffic =
          healthy ? 4 * Schedule.MILLIS * hosts.size() : 25 * Schedule.MILLIS * hosts.size();
      return new Recipe(
          seed,
          healthy,
          confidential,
          List.copyOf(hosts),
          healthy ? random.nextLong(1, 2 * Schedule.MILLIS) : Schedule.MILLIS,
          traffic,
          fewPacketNumbers ? 250 * Schedule.MILLIS : Schedule.SECONDS,
          !healthy && random.nextBoolean());
    }

    private static PreSharedKey key(long seed, int octets) {
      Random random = new Random(seed);
      return PreSharedKey.of(
          Ckn.generate(1 + random.nextInt(32), random), Cak.generate(8 * octets, random));
    }

    private static List<PreSharedKey> withFallback(
        PreSharedKey key, @Nullable PreSharedKey fallback) {
      return fallback == null ? List.of(key) : List.of(key, fallback);
    }

    /** Strangers have a key of their own, now and then under the same name. */
    private PreSharedKey strangersKey(PreSharedKey key) {
      PreSharedKey other = key(~seed, key.cak().length());
      return random.nextInt(3) == 0 ? PreSharedKey.of(key.ckn(), other.cak()) : other;
    }

    private HostSpec host(int number, int group, List<PreSharedKey> keys, boolean alone) {
      String name = String.valueOf((char) ('a' + number));
      Dialect.Manner manner = manner(number);
      int version = version(alone);
      MkaConfigBuilder config =
          MkaConfig.builder()
              .keys(keys.toArray(PreSharedKey[]::new))
              .cipherSuites(suites(manner, version))
              .assumedCipherSuites(suite)
              .confidentialityOffset(offset)
              .etherType(etherType)
              .destination(DESTINATIONS.get(random.nextInt(8) < 6 ? 0 : random.nextInt(3)))
              .mkaVersion(version)
              .keyServerPriority(priority(manner, number))
              .rekeyOnPeerLoss(random.nextInt(4) > 0)
              .keyServerRole(role(number, group))
              .delayProtection(delayProtection)
              .includeSci(!alone || random.nextBoolean())
              .icvIndicator(any(IcvIndicatorPolicy.values()))
              .replayProtection(ReplayProtection.window(random.nextInt(3) > 0 ? 0 : 32));
      if (fewPacketNumbers) {
        PacketNumber few = PacketNumber.of(random.nextLong(60, 400));
        config.pnThreshold(few).xpnThreshold(few);
      }
      if (brisk) {
        config.helloTime(Duration.ofMillis(500)).lifeTime(Duration.ofMillis(1500));
      }
      long command = random.nextInt(4) == 0 ? random.nextLong(1, Schedule.MILLIS) : 0;
      MkaConfig built = config.build();
      return new HostSpec(
          name, number, group, built, manner, command, lacking(built.cipherSuites()));
    }

    /**
     * Some find out that they cannot do a suite only when they are told to use it; but the common
     * one they can do, and the one that they begin with.
     */
    private Set<CipherSuite> lacking(List<CipherSuite> suites) {
      Set<CipherSuite> lacking = EnumSet.noneOf(CipherSuite.class);
      for (CipherSuite other : suites) {
        if (other != suite && other != suites.get(0) && random.nextInt(3) == 0) {
          lacking.add(other);
        }
      }
      return lacking;
    }

    /**
     * In a mixed world each host can do more suites than the common one, in an order of its own;
     * but one that does not announce what it can do can do the common one alone.
     */
    private CipherSuite[] suites(Dialect.Manner manner, int version) {
      List<CipherSuite> suites = new ArrayList<>(List.of(suite));
      if (mixed && !manner.mute() && version > 1) {
        for (CipherSuite other : CipherSuite.values()) {
          if (other != suite && random.nextBoolean()) {
            suites.add(random.nextInt(suites.size() + 1), other);
          }
        }
      }
      return suites.toArray(CipherSuite[]::new);
    }

    /** Some never lead, but the first host always may. */
    private KeyServerRole role(int number, int group) {
      boolean follower = !healthy && number > 0 && group == 0 && random.nextInt(10) == 0;
      return follower ? KeyServerRole.CLIENT : KeyServerRole.AUTO;
    }

    /**
     * Version 1 is not for groups that may lose nothing. Members hide from a new peer of version 1
     * which keys they use, as wpa_supplicant could not bear it, and so one that comes to lead may
     * choose an association number that is in use.
     */
    private int version(boolean alone) {
      int lowest = healthy && !alone ? 2 : 1;
      return random.nextBoolean() ? 3 : random.nextInt(lowest, 4);
    }

    /**
     * A slow key server decides by what it knew two seconds ago; whom it then hands a key with an
     * association number in use can only lose frames. So a slow one does not lead where none may
     * be.
     */
    private int priority(Dialect.Manner manner, int number) {
      if (healthy) {
        return manner.isSlow() ? 255 : random.nextInt(4);
      }
      // The first one leads even when all others only follow, which is priority 255 too.
      return number > 0 && random.nextInt(16) == 0 ? 255 : random.nextInt(4);
    }

    /**
     * One that takes two seconds for each word cannot follow keys that are used up within two, so
     * there is none where packet numbers are few.
     */
    private Dialect.Manner manner(int number) {
      if (random.nextInt(3) > 0) {
        return Dialect.Manner.OURS;
      }
      boolean mayBeSlow = !brisk && !fewPacketNumbers && !(healthy && number == 0);
      boolean slow = mayBeSlow && random.nextInt(3) == 0;
      return new Dialect.Manner(
          random.nextBoolean(), random.nextBoolean(), slow ? SLOW_TICK_NANOS : 0);
    }
  }
}
