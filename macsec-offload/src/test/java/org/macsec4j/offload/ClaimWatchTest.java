package org.macsec4j.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.netlink.LinuxBackend;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.spi.Registration;

/** What the watch tells of claims. */
class ClaimWatchTest {
  private static final int GENERIC = 16;
  private static final FeatureClaim OFF =
      new FeatureClaim(FeatureClaim.Answer.TOLD, false, false, false);
  private static final FeatureClaim ON =
      new FeatureClaim(FeatureClaim.Answer.TOLD, true, true, false);

  private final NicKernel kernel = new NicKernel();
  private final FakeLibc libc = new FakeLibc(kernel);
  private final LinuxBackend backend = LinuxBackend.builder().open(libc);
  private final OffloadDiscovery discovery = OffloadDiscovery.on(backend);
  private final BlockingQueue<ClaimChange> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    discovery.close();
    backend.close();
    assertThat(libc.openDescriptors()).isZero();
  }

  private ClaimChange next() throws InterruptedException {
    return told.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void onlyWhatDiffersIsTold() throws InterruptedException {
    discovery.watch(told::add);
    libc.announce(GENERIC, kernel.claims(false));
    libc.announce(GENERIC, kernel.claims(true));
    libc.announce(GENERIC, kernel.claims(true));
    libc.announce(GENERIC, kernel.claims(false));
    assertThat(next()).isEqualTo(new ClaimChange("eth0", Optional.of(OFF), ON));
    assertThat(next()).isEqualTo(new ClaimChange("eth0", Optional.of(ON), OFF));
    assertThat(told).isEmpty();
  }

  @Test
  void whatChangedWhileNoticesWereLostIsLookedFor() throws InterruptedException {
    discovery.watch(told::add);
    byte[] notice = kernel.claims(true);
    libc.failNext("recv", Errno.ENOBUFS);
    // Wakes the thread that waits, which then hears that notices were thrown away.
    libc.announce(GENERIC, notice);
    assertThat(next()).isEqualTo(new ClaimChange("eth0", Optional.of(OFF), ON));
    assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void whoEndedItHearsNothing() throws InterruptedException {
    Registration watch = discovery.watch(told::add);
    BlockingQueue<ClaimChange> others = new LinkedBlockingQueue<>();
    discovery.watch(others::add);
    watch.close();
    libc.announce(GENERIC, kernel.claims(true));
    assertThat(others.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(told).isEmpty();
  }
}
