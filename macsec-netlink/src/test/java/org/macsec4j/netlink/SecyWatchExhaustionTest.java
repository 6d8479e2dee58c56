package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.fake.FakeLibc;

class SecyWatchExhaustionTest {
  private static final SecyId SECY = new SecyId(CarelessKernel.INDEX, "m0");

  private final CarelessKernel kernel = new CarelessKernel();
  private final BlockingQueue<SecyEvent> events = new LinkedBlockingQueue<>();
  private LinuxBackend backend;

  @BeforeEach
  void open() {
    backend = LinuxBackend.builder().open(new FakeLibc(kernel));
  }

  @AfterEach
  void close() {
    backend.close();
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
