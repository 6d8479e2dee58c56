package org.macsec4j.mka.engine;

import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.mka.MkaConfig;

/** A group of members of ours and of {@link KayPeer}s, and which frames between them are lost. */
final class KayGroup {
  /** A member of either kind. */
  interface End {
    Sci sci();

    boolean isUp();

    void start();

    void crash();

    @Nullable AssociationNumber an();

    @Nullable SecureAssociationKey key();

    boolean receives(End from);
  }

  /** Ends without a word, and goes on in a new life after a while. */
  void goOn(End ours, long after) {
    Member member = ((Ours) ours).member;
    Member.Memory memory = member.memory();
    member.crash();
    world.run(after);
    member.start(memory);
  }

  private record Ours(Member member) implements End {
    @Override
    public Sci sci() {
      return member.sci;
    }

    @Override
    public boolean isUp() {
      return member.isUp();
    }

    @Override
    public void start() {
      member.start();
    }

    @Override
    public void crash() {
      member.crash();
    }

    @Override
    public @Nullable AssociationNumber an() {
      return member.secy.selected();
    }

    @Override
    public @Nullable SecureAssociationKey key() {
      return member.secy.transmitKey();
    }

    @Override
    public boolean receives(End from) {
      return member.secy.receives(from.sci(), from.an(), from.key());
    }
  }

  private record Theirs(KayPeer peer) implements End {
    @Override
    public Sci sci() {
      return peer.sci;
    }

    @Override
    public boolean isUp() {
      return peer.isUp();
    }

    @Override
    public void start() {
      peer.start();
    }

    @Override
    public void crash() {
      peer.crash();
    }

    private KayCp.@Nullable Key sending() {
      return peer.isUp() ? peer.cp.transmits() : null;
    }

    @Override
    public @Nullable AssociationNumber an() {
      KayCp.Key sending = sending();
      return sending == null ? null : sending.an();
    }

    @Override
    public @Nullable SecureAssociationKey key() {
      KayCp.Key sending = sending();
      return sending == null ? null : sending.octets();
    }

    @Override
    public boolean receives(End from) {
      return peer.cp.receives(from.sci(), from.an(), from.key());
    }
  }

  static final long FRAME_EVERY = 10 * MILLIS;

  /** Two life times of wpa_supplicants, and as much for what follows. */
  private static final long SETTLED = 30 * SECONDS;

  final World world;
  final List<End> ends = new ArrayList<>();

  /** How many frames of each pair were lost that was up, by their SCIs. */
  private final Map<String, Integer> lost = new TreeMap<>();

  KayGroup(long seed) {
    world = new World(seed);
    count();
  }

  End ours(int number, int priority) {
    return add(new Ours(world.add("o" + number, number, config(priority))));
  }

  End theirs(int number, int priority) {
    KayPeer peer = new KayPeer(world, "k" + number, number, priority, config(priority));
    world.kayPeers.add(peer);
    return add(new Theirs(peer));
  }

  private static MkaConfig config(int priority) {
    return Configs.group(128).toBuilder().keyServerPriority(priority).build();
  }

  private End add(End end) {
    ends.add(end);
    return end;
  }

  /** Long enough for all that is under way, and up to a tick more. */
  void settle() {
    world.run(SETTLED + world.random().nextLong(2 * SECONDS));
  }

  /** Does something, waits, and tells the frames that were lost between those who are up. */
  int lostAfter(Runnable action, End... between) {
    lost.clear();
    action.run();
    settle();
    int most = 0;
    for (End from : between) {
      for (End to : between) {
        most = Math.max(most, lost.getOrDefault(pair(from, to), 0));
      }
    }
    return most;
  }

  private void count() {
    for (End from : ends) {
      for (End to : ends) {
        if (isCut(from, to)) {
          lost.merge(pair(from, to), 1, Integer::sum);
        }
      }
    }
    world.at(world.now() + FRAME_EVERY, this::count);
  }

  private static boolean isCut(End from, End to) {
    return from != to && from.isUp() && to.isUp() && !to.receives(from);
  }

  private static String pair(End from, End to) {
    return from.sci() + ">" + to.sci();
  }

  /** Whether all who are up reach each other. */
  boolean isWhole() {
    return ends.stream().noneMatch(from -> ends.stream().anyMatch(to -> isCut(from, to)));
  }

  void assertWhole() {
    if (!isWhole()) {
      throw world.failure("some do not reach each other");
    }
  }
}
