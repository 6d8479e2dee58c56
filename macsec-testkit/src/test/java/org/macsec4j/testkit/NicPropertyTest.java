package org.macsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Secy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSa;

/** Whatever the driver of a NIC refuses, and whenever. */
class NicPropertyTest {
  private static final int ETHER_TYPE = 0x88B5;
  private static final int AN_MASK = 3;
  private static final int TCI_AN = 14;
  private static final int PN = 16;

  /** A step of an application; most may be refused. */
  private interface Step {
    void take(Story story);
  }

  /** A host with hardware on a wire, and an application that goes on whatever happens. */
  private static final class Story {
    final Lab lab = Lab.create(5);
    final Host host = lab.host("a");
    final Host other = lab.host("b");
    final Nic nic = Nic.in(OffloadMode.MAC, OffloadMode.PHY).sas(2).receiveScs(1);
    final Set<String> used = new HashSet<>();
    final List<Integer> keyOf = new ArrayList<>(List.of(-1, -1, -1, -1));
    int keys;
    int sent;

    /** A SecY that is made anew does not know what the one before it used. */
    int firstKey;

    @Nullable Secy secy;

    Story() {
      lab.wire(host, other);
      host.nic("eth0", nic);
    }

    void tryTo(Runnable work) {
      try {
        work.run();
      } catch (MacsecException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }

    void create(OffloadPolicy policy) {
      if (secy != null) {
        return;
      }
      tryTo(() -> secy = host.macsec().create(SecyConfig.on("eth0").offload(policy).build()));
      if (secy == null) {
        assertThat(host.macsec().secys()).isEmpty();
      } else if (policy == OffloadPolicy.REQUIRE) {
        assertThat(secy.snapshot().offload()).isNotEqualTo(OffloadMode.SOFTWARE);
      }
    }

    void change(OffloadMode mode) {
      if (secy == null) {
        return;
      }
      SecySnapshot before = secy.snapshot();
      try {
        secy.changeOffload(mode);
        assertThat(secy.snapshot().offload()).isEqualTo(mode);
      } catch (MacsecException e) {
        SecySnapshot now = secy.snapshot();
        // A driver that refuses the way back too leaves a SecY that does nothing.
        boolean idle = !now.up() && now.transmitSc().sas().isEmpty() && now.receiveScs().isEmpty();
        if (!idle) {
          assertThat(now.offload()).isIn(before.offload(), OffloadMode.SOFTWARE);
        }
      }
    }

    void install(int key, AssociationNumber an) {
      if (secy == null || keys == firstKey) {
        return;
      }
      int which = firstKey + key % (keys - firstKey);
      byte[] octets = new byte[16];
      ByteBuffer.wrap(octets).putInt(which + 1);
      byte[] name = octets.clone();
      Secy on = secy;
      SecureAssociationKey sak = SecureAssociationKey.of(KeyIdentifier.of(name), octets);
      try {
        on.apply(
            new SecyCommand.InstallTransmitSa(
                TransmitSa.builder(an, sak).nextPn(PacketNumber.FIRST).build()));
        keyOf.set(an.value(), which);
        on.apply(new SecyCommand.EnableTransmitSa(an, true));
        on.apply(new SecyCommand.SelectTransmitSa(an));
      } catch (MacsecException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }

    /** Every frame on the wire is under a key and a number that were never used together. */
    void send() {
      if (secy == null) {
        return;
      }
      tryTo(secy::up);
      other.clearReceived("eth0");
      host.send(secy.id().name(), other.mac("eth0"), ETHER_TYPE, new byte[50]);
      lab.run(Duration.ofMillis(1));
      for (byte[] frame : other.received("eth0")) {
        ByteBuffer octets = ByteBuffer.wrap(frame);
        int an = frame[TCI_AN] & AN_MASK;
        String number = keyOf.get(an) + "/" + octets.getInt(PN);
        assertThat(octets.getShort(12)).isEqualTo((short) 0x88E5);
        assertThat(used.add(number)).as("key and packet number %s", number).isTrue();
        sent++;
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    Arbitrary<DriverCall> calls = Arbitraries.of(DriverCall.class);
    Arbitrary<Step> create =
        Arbitraries.of(OffloadPolicy.class).map(policy -> story -> story.create(policy));
    Arbitrary<Step> change =
        Arbitraries.of(OffloadMode.class).map(mode -> story -> story.change(mode));
    Arbitrary<Step> refuse =
        calls.flatMap(
            call ->
                Arbitraries.of(Kind.BACKEND, Kind.LIMIT, Kind.BUSY)
                    .map(kind -> story -> story.nic.refuse(call, kind)));
    Arbitrary<Step> install =
        Arbitraries.integers()
            .between(0, 5)
            .flatMap(
                key ->
                    Arbitraries.of(AssociationNumber.class)
                        .map(an -> story -> story.install(key, an)));
    Arbitrary<Step> fresh = Arbitraries.just(story -> story.keys++);
    Arbitrary<Step> heal = Arbitraries.just(story -> story.nic.heal());
    Arbitrary<Step> send = Arbitraries.just(Story::send);
    Arbitrary<Step> delete =
        Arbitraries.just(
            story -> {
              if (story.secy != null) {
                story.secy.delete();
                story.secy = null;
                story.firstKey = story.keys;
              }
            });
    return Arbitraries.frequencyOf(
            Tuple.of(4, create),
            Tuple.of(3, change),
            Tuple.of(2, refuse),
            Tuple.of(6, install),
            Tuple.of(3, fresh),
            Tuple.of(3, heal),
            Tuple.of(8, send),
            Tuple.of(1, delete))
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  private static int sentInAll;

  @AfterContainer
  static void framesWereSent() {
    assertThat(sentInAll).isGreaterThan(100);
  }

  @Property
  void noNumberIsUsedTwiceAndNoSecyIsHalfMade(@ForAll("stories") List<Step> steps) {
    Story story = new Story();
    steps.forEach(step -> step.take(story));
    story.nic.heal();
    if (story.secy != null) {
      // It is usable, whatever was: another key and another mode are taken.
      story.secy.changeOffload(OffloadMode.SOFTWARE);
      story.secy.changeOffload(OffloadMode.PHY);
      story.firstKey = story.keys;
      story.keys++;
      story.install(0, AssociationNumber.AN_0);
      story.send();
      assertThat(story.secy.snapshot().operational()).isTrue();
      story.secy.delete();
    }
    assertThat(story.host.macsec().secys()).isEmpty();
    story.lab.close();
    sentInAll += story.sent;
  }
}
