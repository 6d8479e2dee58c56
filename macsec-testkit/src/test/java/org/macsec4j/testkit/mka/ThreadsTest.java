package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab
class ThreadsTest {
  private final MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  @Test
  @Timeout(60)
  void anApplicationMayUseItsSessionsWhileAnotherThreadDrivesTime(Lab lab) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    MkaSession right = MkaSession.start(b.macsec(), "eth0", config);
    CompletableFuture<Void> application =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 100; i++) {
                try (MkaSession left = MkaSession.start(a.macsec(), "eth0", config)) {
                  left.rekey();
                  right.status();
                  a.send("macsec0", b.mac("eth0"), 0x88B5, new byte[60]);
                }
              }
            });
    while (!application.isDone()) {
      lab.run(Duration.ofMillis(100));
    }

    assertThat(application).isCompleted();
    assertThat(a.macsec().secys()).isEmpty();
  }
}
