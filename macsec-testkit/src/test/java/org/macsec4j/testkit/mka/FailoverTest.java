package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Link;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab
class FailoverTest {
  private final MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  @Test
  void recoversWhenTheLinkIsCut(Lab lab, @TempDir Path folder) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    Link wire = lab.wire(a, b).loss(0.2).latency(Duration.ofMillis(3));
    MkaSession left = MkaSession.start(a.macsec(), "eth0", config);
    MkaSession right = MkaSession.start(b.macsec(), "eth0", config);
    lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofMinutes(1));

    wire.cut();
    lab.run(Duration.ofSeconds(7));
    assertThat(left.isSecured()).isFalse();
    assertThat(right.isSecured()).isFalse();

    wire.restore();
    lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofMinutes(1));
    lab.capture().writeTo(folder.resolve("failover.pcapng"));
    assertThat(folder.resolve("failover.pcapng")).isNotEmptyFile();
  }
}
