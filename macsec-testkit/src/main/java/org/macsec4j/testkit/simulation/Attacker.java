package org.macsec4j.testkit.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * Somebody on the wire without a key. Hears every frame, remembers many of them for as long as the
 * world lasts, and so beyond crashes and restarts; sends them again, changed or not, to whom it
 * likes, where no partition stops it.
 */
final class Attacker implements Segment.Tap {
  private static final int MEMORY = 512;
  private static final int BITS = 8;
  private static final int MAX_FLIPS = 3;
  private static final int ADDRESSES = 12;
  private static final int PN_AT = 16;
  private static final int SCI_AT = 20;
  private static final long TRAVEL_NANOS = 100 * Schedule.MICROS;

  /** A frame that was overheard, and in which life of its sender. */
  @SuppressWarnings("ArrayRecordComponent") // octets that are sent again, never compared
  private record Overheard(SimulatedHost sender, int life, byte[] frame) {}

  private final World world;
  private final SplittableRandom random;
  private final List<Overheard> mkpdus = new ArrayList<>();
  private final List<Overheard> data = new ArrayList<>();

  Attacker(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  @Override
  public void heard(SimulatedHost from, byte[] frame) {
    if (!world.recipe.hostile()) {
      return;
    }
    List<Overheard> memory = Segment.etherType(frame) == SecTag.ETHER_TYPE ? data : mkpdus;
    Overheard heard = new Overheard(from, from.life(), frame);
    if (memory.size() < MEMORY) {
      memory.add(heard);
    } else if (random.nextInt(4) == 0) {
      // Some of the oldest are kept: they are what a replay beyond a restart needs.
      memory.set(random.nextInt(MEMORY), heard);
    }
  }

  /** Attacks until a time, now and then in bursts. */
  void attackUntil(long end) {
    long pause = random.nextInt(8) == 0 ? Schedule.MILLIS : 400 * Schedule.MILLIS;
    long next = world.now() + random.nextLong(1, pause + 1);
    if (next < end) {
      world.schedule.at(
          next,
          () -> {
            attack();
            attackUntil(end);
          });
    }
  }

  private void attack() {
    SimulatedHost victim = world.hosts.get(random.nextInt(world.hosts.size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> replayMkpdu(victim);
      case 2 -> forgeMkpdu(victim);
      case 3 -> inventMember(victim);
      case 4 -> garbage(victim);
      case 5, 6, 7 -> replayData(victim);
      case 8, 9 -> forgeData(victim);
      case 10 -> pretend(victim);
      default -> sendInClear(victim);
    }
  }

  private void send(SimulatedHost victim, Fault fault, byte[] frame) {
    world.faults.count(fault);
    if (world.trace.isOn()) {
      boolean mka = Segment.etherType(frame) == victim.config().etherType();
      String what = mka ? ": " + world.mkpduText.of(frame) : "";
      world.trace.line("evil", "to " + victim.spec.name() + ": " + fault.name() + what);
    }
    world.segment.deliver(world.now() + TRAVEL_NANOS, victim, frame);
  }

  private void replayMkpdu(SimulatedHost victim) {
    if (mkpdus.isEmpty()) {
      return;
    }
    Overheard old = mkpdus.get(random.nextInt(mkpdus.size()));
    Fault fault = Fault.MKPDU_REPLAYED;
    if (old.sender == victim) {
      fault = Fault.MKPDU_REFLECTED;
    } else if (old.life != old.sender.life()) {
      fault = Fault.MKPDU_OF_FORMER_LIFE;
    }
    send(victim, fault, old.frame);
  }

  private void replayData(SimulatedHost victim) {
    if (data.isEmpty()) {
      return;
    }
    Overheard old = data.get(random.nextInt(data.size()));
    send(victim, old.sender == victim ? Fault.DATA_REFLECTED : Fault.DATA_REPLAYED, old.frame);
  }

  private void forgeMkpdu(SimulatedHost victim) {
    if (!mkpdus.isEmpty()) {
      byte[] frame = mkpdus.get(random.nextInt(mkpdus.size())).frame.clone();
      flip(frame);
      send(victim, Fault.MKPDU_FORGED, frame);
    }
  }

  /** One that says it is somebody, under a CKN that it heard or made up, with a key it guessed. */
  private void inventMember(SimulatedHost victim) {
    Random chance = new Random(random.nextLong());
    boolean known = random.nextBoolean();
    SimulatedHost someone = world.hosts.get(random.nextInt(world.hosts.size()));
    Ckn ckn = known ? victim.config().keys().get(0).ckn() : Ckn.generate(16, chance);
    Sci sci = random.nextBoolean() ? someone.spec.sci() : new Sci(address(chance), 1);
    BasicParameterSet basic =
        new BasicParameterSet(
            3,
            0,
            true,
            true,
            MacsecCapability.CONFIDENTIALITY_OFFSET_0,
            sci,
            MemberIdentifier.generate(chance),
            1,
            BasicParameterSet.ALGORITHM_AGILITY,
            ckn);
    EapolHeader header =
        new EapolHeader(
            EapolHeader.PAE_GROUP_ADDRESS,
            sci.address(),
            victim.config().etherType(),
            EapolHeader.EAPOL_VERSION);
    MkaKeys guessed = MkaKeys.derive(Cak.generate(128, chance), ckn);
    byte[] frame =
        MkpduEncoder.DEFAULT.encode(header, new Mkpdu(basic, List.of()), guessed::computeIcv);
    send(victim, known ? Fault.MEMBER_INVENTED : Fault.CKN_UNKNOWN, frame);
  }

  private static MacAddress address(Random chance) {
    return new MacAddress(0x0600_0000_0000L | (chance.nextInt() & 0xFFFF_FFFFL));
  }

  private void garbage(SimulatedHost victim) {
    byte[] frame = new byte[ADDRESSES + 2 + random.nextInt(200)];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (byte) random.nextInt();
    }
    ByteBuffer.wrap(frame).putShort(ADDRESSES, (short) victim.config().etherType());
    send(victim, Fault.GARBAGE, frame);
  }

  private void forgeData(SimulatedHost victim) {
    if (!data.isEmpty()) {
      byte[] frame = data.get(random.nextInt(data.size())).frame.clone();
      // The addresses are covered by the ICV too, so any bit will do.
      flip(frame);
      send(victim, Fault.DATA_FORGED, frame);
    }
  }

  /** An old frame that says it is a new one, or of somebody else. */
  private void pretend(SimulatedHost victim) {
    if (data.isEmpty()) {
      return;
    }
    byte[] frame = data.get(random.nextInt(data.size())).frame.clone();
    if (random.nextBoolean()) {
      ByteBuffer buffer = ByteBuffer.wrap(frame);
      buffer.putInt(PN_AT, buffer.getInt(PN_AT) + 1 + random.nextInt(1000));
    } else {
      SimulatedHost other = world.hosts.get(random.nextInt(world.hosts.size()));
      other.spec.sci().writeTo(frame, SCI_AT);
    }
    if (!isOriginal(frame)) {
      send(victim, Fault.DATA_FORGED, frame);
    }
  }

  private boolean isOriginal(byte[] frame) {
    return data.stream().anyMatch(known -> Arrays.equals(known.frame, frame));
  }

  private void sendInClear(SimulatedHost victim) {
    SimulatedHost someone = world.hosts.get(random.nextInt(world.hosts.size()));
    send(victim, Fault.DATA_IN_CLEAR, new UserFrame(0, someone, world.now(), 64).octets);
  }

  private void flip(byte[] frame) {
    int flips = 1 + random.nextInt(MAX_FLIPS);
    int before = -1;
    for (int i = 0; i < flips; i++) {
      int bit = random.nextInt(frame.length * BITS);
      if (bit != before) {
        frame[bit / BITS] ^= (byte) (1 << bit % BITS);
      }
      before = bit;
    }
  }
}
