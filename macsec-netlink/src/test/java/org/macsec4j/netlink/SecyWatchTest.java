package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.PacketNumberThreshold;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.fake.FakeLibc;

/** What the watch sees that the kernel does not tell. */
class SecyWatchTest {
  private static final SecyId SECY = new SecyId(CarelessKernel.INDEX, "m0");
  private static final AssociationNumber AN_0 = AssociationNumber.AN_0;
  private static final PacketNumberThreshold AT_1000 =
      PacketNumberThreshold.DEFAULT.withPn(PacketNumber.of(1000));

  private final CarelessKernel kernel = new CarelessKernel();
  private final LinuxBackend backend = LinuxBackend.builder().open(new FakeLibc(kernel));
  private final BlockingQueue<SecyEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    backend.close();
  }

  private void install(int key, long nextPn) {
    byte[] octets = new byte[16];
    octets[0] = (byte) key;
    KeyIdentifier id = KeyIdentifier.parse("0" + key);
    TransmitSa sa =
        TransmitSa.builder(AN_0, SecureAssociationKey.of(id, octets))
            .nextPn(PacketNumber.of(nextPn))
            .build();
    backend.apply(SECY, new SecyCommand.InstallTransmitSa(sa)).orThrow();
  }

  /** The next events that are not mere changes of what is configured. */
  private List<SecyEvent> next(int count) throws InterruptedException {
    List<SecyEvent> next = new ArrayList<>();
    while (next.size() < count) {
      SecyEvent event = events.poll(10, TimeUnit.SECONDS);
      if (event == null) {
        break;
      }
      if (!(event instanceof SecyEvent.Changed)) {
        next.add(event);
      }
    }
    return next;
  }

  private static SecyEvent reached(long nextPn) {
    return new SecyEvent.PacketNumberThresholdReached(SECY, AN_0, PacketNumber.of(nextPn));
  }

  @Test
  void theThresholdIsToldOnceThoughTheKernelSaysNothing() throws InterruptedException {
    install(1, 990);
    backend.watch(AT_1000, events::add);
    kernel.send(10);
    assertThat(next(1)).containsExactly(reached(1000));
    kernel.send(0xFFF);
    kernel.lower(0, 0xFFFF_FFFFL);
    kernel.send(1);
    assertThat(next(1)).containsExactly(new SecyEvent.PacketNumbersExhausted(SECY, AN_0));
  }

  @Test
  void whatIsBeyondWhenTheWatchBeginsIsToldToEachListener() throws InterruptedException {
    install(1, 5000);
    backend.watch(events::add);
    backend.watch(AT_1000, events::add);
    backend.watch(AT_1000, events::add);
    assertThat(next(2)).containsExactly(reached(5000), reached(5000));
    assertThat(events.poll(1200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void allNumbersUsedBetweenTwoLooksAreToldInOrder() throws InterruptedException {
    install(1, 0xFFFF_FFFEL);
    backend.watch(PacketNumberThreshold.DEFAULT.withPn(PacketNumber.MAX_32), events::add);
    kernel.send(2);
    assertThat(next(2))
        .containsExactly(reached(0), new SecyEvent.PacketNumbersExhausted(SECY, AN_0));
  }

  @Test
  void aSecyThatIsThereFirstAfterTheWatchBeganIsNew() throws InterruptedException {
    backend.delete(SECY);
    backend.watch(events::add);
    kernel.comeAnew();
    assertThat(next(1)).containsExactly(new SecyEvent.Created(SECY));
    backend.delete(SECY);
    assertThat(next(1)).containsExactly(new SecyEvent.Removed(SECY));
  }

  private boolean exhaustionIsTold(int an) throws InterruptedException {
    SecyEvent wanted = new SecyEvent.PacketNumbersExhausted(SECY, AssociationNumber.of(an));
    SecyEvent event;
    do {
      event = events.poll(10, TimeUnit.SECONDS);
    } while (event != null && !event.equals(wanted));
    return event != null;
  }

  @Test
  void anSaThatCameAndWasUsedUpBetweenTwoLooksIsToldOf() throws InterruptedException {
    backend.watch(events::add);
    kernel.usedUp(2, "0a");
    backend.apply(SECY, new SecyCommand.SetControlledPort(false)).orThrow();
    assertThat(exhaustionIsTold(2)).isTrue();

    kernel.usedUp(2, "0b");
    backend.apply(SECY, new SecyCommand.SetControlledPort(false)).orThrow();
    assertThat(exhaustionIsTold(2)).isTrue();
  }

  @Test
  void whatWasUsedUpBeforeIsNotTold() throws InterruptedException {
    kernel.usedUp(1, "0a");
    backend.watch(events::add);
    kernel.usedUp(2, "0b");
    backend.apply(SECY, new SecyCommand.SetControlledPort(false)).orThrow();
    assertThat(exhaustionIsTold(2)).isTrue();
    assertThat(events)
        .doesNotContain(new SecyEvent.PacketNumbersExhausted(SECY, AssociationNumber.AN_1));
  }
}
