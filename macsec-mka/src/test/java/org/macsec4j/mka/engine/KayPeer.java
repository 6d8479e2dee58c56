package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.OctetString;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.PotentialPeerList;

/**
 * A member that does as wpa_supplicant 2.10 does, with all that sets it apart: it speaks and
 * forgets each 2 s, by a clock of whole seconds; a peer lives by its SAK Use alone; who comes back
 * under the SCI of a live one is ignored until that one is forgotten; it elects among those that
 * claim to be the key server, when somebody comes or goes; it makes no key within 6 s of the last
 * one, and forgets then that one was wanted; SAK Use of one that is not live makes it choose
 * another member identifier.
 */
final class KayPeer implements KayCp.Kay {
  private static final class Other {
    private final MemberIdentifier mi;
    private @Nullable Sci sci;
    private long mn;
    private long expiry;
    private boolean claims;
    private int priority;
    private boolean takesKey;

    private Other(MemberIdentifier mi, long mn, long expiry) {
      this.mi = mi;
      this.mn = mn;
      this.expiry = expiry;
    }

    private void says(BasicParameterSet basic) {
      mn = basic.actorMessageNumber();
      claims = basic.keyServer();
      priority = basic.keyServerPriority();
    }
  }

  private static final long TICK = 2 * World.SECONDS;

  /** A process is woken a moment late, and counts from then on. */
  private static final long LATENESS = 20 * World.MILLIS;

  private static final long LIFE_SECONDS = 6;
  private static final long NEARLY_USED_UP = 0xC000_0000L;

  final World world;
  final String name;
  final Sci sci;
  private final int priority;
  private final MkaConfig config;
  private final MkaKeys keys;
  private SplittableRandom random;
  private int life;
  private boolean up;
  KayCp cp;
  private MemberIdentifier mi;
  private long mn;
  private List<Other> live;
  private List<Other> potential;
  private boolean elected;
  private boolean isServer;
  private @Nullable Sci server;
  private boolean wantsNewKey;
  private boolean distributes;
  private boolean usesKeys;
  private long keyNumber;
  private AssociationNumber nextAn;
  private long madeAt;
  private KayCp.@Nullable Key made;
  private @Nullable DistributedSak distribution;

  KayPeer(World world, String name, int number, int priority, MkaConfig config) {
    this.world = world;
    this.name = name;
    this.sci = World.sci(number);
    this.priority = priority;
    this.config = config;
    PreSharedKey key = config.keys().get(0);
    this.keys = MkaKeys.derive(key.cak(), key.ckn());
  }

  boolean isUp() {
    return up;
  }

  int life() {
    return life;
  }

  void start() {
    life++;
    up = true;
    random = new SplittableRandom(world.seed * 7_919 + name.hashCode() * 31L + life);
    cp = new KayCp(this);
    live = new ArrayList<>();
    potential = new ArrayList<>();
    elected = false;
    isServer = true;
    server = null;
    wantsNewKey = false;
    distributes = false;
    usesKeys = false;
    keyNumber = 1;
    nextAn = AssociationNumber.AN_0;
    madeAt = -LIFE_SECONDS;
    made = null;
    distribution = null;
    world.log(name + " starts");
    chooseIdentifier();
    after(random.nextLong(TICK), this::tick);
  }

  void crash() {
    world.log(name + " crashes");
    up = false;
    life++;
  }

  @Override
  public void after(long nanos, Runnable action) {
    int begun = life;
    world.at(
        world.now() + nanos,
        () -> {
          if (life == begun) {
            action.run();
          }
        });
  }

  private void chooseIdentifier() {
    byte[] octets = new byte[MemberIdentifier.LENGTH];
    random.nextBytes(octets);
    mi = MemberIdentifier.of(octets);
    mn = 0;
    world.log(name + " chooses " + mi);
  }

  private long seconds() {
    return (world.now() + 300 * World.MILLIS) / World.SECONDS;
  }

  // Its clock.

  private void tick() {
    long now = seconds();
    boolean lost = false;
    for (Other other : List.copyOf(live)) {
      if (now > other.expiry) {
        world.log(name + " gives up " + other.sci);
        cp.receiving.remove(other.sci);
        live.remove(other);
        lost = true;
      }
    }
    if (lost && live.isEmpty()) {
      usesKeys = false;
      isServer = false;
      elected = false;
      cp.deleteTransmitSas();
      cp.wantsSecure = false;
      cp.step();
    } else if (lost) {
      elect();
    }
    potential.removeIf(other -> now > other.expiry);
    if (wantsNewKey && isServer) {
      if (!live.isEmpty() && now - madeAt >= LIFE_SECONDS) {
        makeKey(now);
      }
      wantsNewKey = false;
    }
    speak();
    after(TICK + random.nextLong(LATENESS), this::tick);
  }

  private void makeKey(long now) {
    byte[] octets = new byte[CipherSuite.GCM_AES_128.keyLength()];
    random.nextBytes(octets);
    MkaKeyIdentifier identifier = new MkaKeyIdentifier(mi, keyNumber++);
    AssociationNumber an = nextAn;
    nextAn = nextAn.next();
    made =
        new KayCp.Key(
            identifier, an, SecureAssociationKey.of(identifier.toKeyIdentifier(), octets));
    distribution =
        DistributedSak.of(
            an,
            ConfidentialityOffset.OFFSET_0,
            identifier.keyNumber(),
            CipherSuite.GCM_AES_128,
            OctetString.of(keys.wrap(octets)));
    world.log(name + " makes " + identifier);
    madeAt = now;
    distributes = true;
    usesKeys = true;
    live.forEach(other -> other.takesKey = false);
    cp.offer(made);
  }

  // What it says.

  @Override
  public void speak() {
    List<ParameterSet> sets = new ArrayList<>();
    if (!live.isEmpty()) {
      sets.add(new LivePeerList(entries(live), 0));
    }
    if (!potential.isEmpty()) {
      sets.add(new PotentialPeerList(entries(potential)));
    }
    if (usesKeys) {
      sets.add(sakUse());
    }
    boolean mayGive = cp.keys.contains(made);
    if (distributes && isServer && mayGive && distribution != null) {
      sets.add(distribution);
    }
    BasicParameterSet basic =
        new BasicParameterSet(
            1,
            priority,
            elected ? isServer : true,
            true,
            MacsecCapability.CONFIDENTIALITY_OFFSET_0,
            sci,
            mi,
            ++mn,
            BasicParameterSet.ALGORITHM_AGILITY,
            config.keys().get(0).ckn());
    world.log(name + " says " + mn + " " + sets);
    world.transmit(
        this,
        MkpduEncoder.DEFAULT.encode(
            EapolHeader.from(sci.address()), new Mkpdu(basic, sets), keys::computeIcv));
  }

  private static List<PeerEntry> entries(List<Other> others) {
    return others.stream().map(other -> new PeerEntry(other.mi, other.mn)).toList();
  }

  private MacsecSakUse sakUse() {
    boolean hasOld = cp.old != null && !sameNumber(cp.old, cp.latest);
    return MacsecSakUse.of(
        use(cp.latest, cp.latestTx, cp.latestRx), use(cp.old, hasOld, hasOld), false, false, false);
  }

  private static boolean sameNumber(KayCp.Key one, KayCp.@Nullable Key other) {
    return other != null && one.identifier().keyNumber() == other.identifier().keyNumber();
  }

  private static KeyUse use(KayCp.@Nullable Key key, boolean transmits, boolean receives) {
    return key == null
        ? new KeyUse(AssociationNumber.AN_0, false, false, MkaKeyIdentifier.NONE, 1)
        : new KeyUse(key.an(), transmits, receives, key.identifier(), 1);
  }

  // What it hears.

  void frame(byte[] frame) {
    if (!up) {
      return;
    }
    Mkpdu mkpdu = ScriptedPeer.decode(frame);
    BasicParameterSet basic = mkpdu.basic();
    if (basic.actorMemberIdentifier().equals(mi)) {
      chooseIdentifier();
    }
    if (!takes(basic)) {
      return;
    }
    boolean wasLive = find(live, basic.actorMemberIdentifier()) != null;
    if (!wasLive && listsMe(mkpdu)) {
      becomesLive(basic);
    }
    Other from = find(live, basic.actorMemberIdentifier());
    readLists(mkpdu, from != null);
    boolean badUse = mkpdu.sakUse().isPresent() && !readSakUse(from, mkpdu.sakUse().get());
    DistributedSak sak = mkpdu.distributedSak().orElse(null);
    if (sak != null && !readKey(from, sak)) {
      return;
    }
    if (badUse && sak == null) {
      chooseIdentifier();
      return;
    }
    if (from != null && mkpdu.sakUse().isPresent()) {
      from.expiry = seconds() + LIFE_SECONDS;
    }
  }

  private boolean takes(BasicParameterSet basic) {
    Other known = find(live, basic.actorMemberIdentifier());
    known = known == null ? find(potential, basic.actorMemberIdentifier()) : known;
    if (known != null) {
      if (known.mn >= basic.actorMessageNumber()) {
        world.log(name + " ignores a number of " + basic.sci());
        return false;
      }
      known.says(basic);
      return true;
    }
    for (Other other : live) {
      if (basic.sci().equals(other.sci)) {
        world.log(name + " ignores a duplicated SCI " + basic.sci());
        other.expiry = Math.min(other.expiry, seconds() + 3);
        return false;
      }
    }
    Other fresh =
        new Other(
            basic.actorMemberIdentifier(), basic.actorMessageNumber(), seconds() + LIFE_SECONDS);
    fresh.says(basic);
    potential.add(fresh);
    return true;
  }

  private static @Nullable Other find(List<Other> others, MemberIdentifier mi) {
    return others.stream().filter(other -> other.mi.equals(mi)).findFirst().orElse(null);
  }

  private boolean listsMe(Mkpdu mkpdu) {
    List<PeerEntry> all = new ArrayList<>();
    mkpdu.livePeers().ifPresent(set -> all.addAll(set.peers()));
    mkpdu.potentialPeers().ifPresent(set -> all.addAll(set.peers()));
    for (PeerEntry entry : all) {
      boolean recent = entry.messageNumber() == mn || (mn > 1 && entry.messageNumber() == mn - 1);
      if (entry.memberIdentifier().equals(mi) && recent) {
        return true;
      }
    }
    return false;
  }

  private void becomesLive(BasicParameterSet basic) {
    Other other = Objects.requireNonNull(find(potential, basic.actorMemberIdentifier()));
    potential.remove(other);
    if (cp.receiving.containsKey(basic.sci())) {
      world.log(name + " cannot make a channel for " + basic.sci());
      return;
    }
    other.sci = basic.sci();
    other.expiry = seconds() + LIFE_SECONDS;
    live.add(other);
    cp.receiving.put(basic.sci(), new HashMap<>());
    world.log(name + " takes for live " + basic.sci());
    elect();
  }

  private void readLists(Mkpdu mkpdu, boolean fromLive) {
    List<PeerEntry> listed = mkpdu.livePeers().map(LivePeerList::peers).orElse(List.of());
    for (PeerEntry entry : listed) {
      if (entry.memberIdentifier().equals(mi)) {
        if (entry.messageNumber() > mn) {
          chooseIdentifier();
        }
      } else if (fromLive) {
        hearsay(entry);
      }
    }
  }

  private void hearsay(PeerEntry entry) {
    Other known = find(live, entry.memberIdentifier());
    known = known == null ? find(potential, entry.memberIdentifier()) : known;
    if (known == null) {
      potential.add(
          new Other(entry.memberIdentifier(), entry.messageNumber(), seconds() + LIFE_SECONDS));
    } else {
      known.mn = entry.messageNumber();
    }
  }

  private void elect() {
    Other best = null;
    for (Other other : live) {
      if (other.claims && (best == null || isBefore(other, best.priority, best.sci))) {
        best = other;
      }
    }
    boolean self = best == null || !isBefore(best, priority, sci);
    Sci chosen = self ? sci : Objects.requireNonNull(best).sci;
    cp.electedSelf = self;
    if (!Objects.equals(server, chosen)) {
      cp.serverChanged = true;
      cp.step();
      world.log(name + " elects " + chosen);
    }
    server = chosen;
    isServer = self;
    elected = true;
    if (self) {
      wantsNewKey = true;
      distributes = false;
      cp.wantsSecure = true;
      cp.step();
    }
  }

  private static boolean isBefore(Other other, int priority, @Nullable Sci sci) {
    return other.priority != priority
        ? other.priority < priority
        : Objects.requireNonNull(other.sci).compareTo(Objects.requireNonNull(sci)) < 0;
  }

  /** False when it is taken for a sign that something is wrong with itself. */
  private boolean readSakUse(@Nullable Other from, MacsecSakUse use) {
    if (from == null) {
      return false;
    }
    if (!use.hasBody() || cp.keys.isEmpty()) {
      return true;
    }
    KeyUse told = use.latest().receives() ? use.latest() : use.old();
    if (!cp.keys.get(0).identifier().equals(told.key())) {
      return true;
    }
    wantsNewKey |= isServer && told.lowestPn() > NEARLY_USED_UP;
    if (isServer) {
      from.takesKey = true;
      if (live.stream().allMatch(other -> other.takesKey)) {
        distributes = false;
        cp.allReceiving = true;
        cp.step();
      }
    } else if (from.claims && use.latest().transmits()) {
      cp.serverTransmitting = true;
      cp.step();
    }
    return true;
  }

  private boolean readKey(@Nullable Other from, DistributedSak sak) {
    if (isServer || from == null || !Objects.equals(server, from.sci)) {
      world.log(name + " rejects a key");
      return false;
    }
    cp.wantsSecure = true;
    cp.step();
    MkaKeyIdentifier identifier = new MkaKeyIdentifier(from.mi, sak.keyNumber());
    if (cp.keys.stream().anyMatch(key -> key.identifier().equals(identifier))) {
      return true;
    }
    Optional<byte[]> octets = keys.unwrap(sak.wrappedKey().toByteArray());
    cp.offer(
        new KayCp.Key(
            identifier,
            sak.associationNumber(),
            SecureAssociationKey.of(identifier.toKeyIdentifier(), octets.orElseThrow())));
    usesKeys = true;
    return true;
  }

  @Override
  public String toString() {
    return name
        + (up ? " " : " down ")
        + mi
        + " live "
        + live.stream().map(other -> other.sci + "/" + other.mi).toList()
        + " server "
        + server
        + " "
        + cp;
  }
}
