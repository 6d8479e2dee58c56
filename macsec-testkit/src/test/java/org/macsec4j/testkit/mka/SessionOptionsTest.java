package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.SecySnapshot;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.mka.runtime.SessionOptions;
import org.macsec4j.mka.runtime.SessionOptions.OnClose;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab
class SessionOptionsTest {
  private final MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  private MkaSession start(Host host, SessionOptions options) {
    return MkaSession.start(host.macsec(), "eth0", config, options);
  }

  @Test
  void theSecuredInterfaceHasTheNameThatWasAskedFor(Lab lab) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    try (MkaSession left = start(a, SessionOptions.DEFAULT.withDeviceName("secure7"))) {
      MkaSession right = MkaSession.start(b.macsec(), "eth0", config);
      lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofSeconds(3));
      assertThat(left.secy().id().name()).isEqualTo("secure7");
    }
    assertThat(a.macsec().secys()).isEmpty();
  }

  @Test
  void whatIsLeftIsDownAndWithoutAKey(Lab lab) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    MkaSession left = start(a, SessionOptions.DEFAULT.withOnClose(OnClose.LEAVE));
    MkaSession right = MkaSession.start(b.macsec(), "eth0", config);
    lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofSeconds(3));
    left.close();
    SecySnapshot stays = a.macsec().secys().get(0).snapshot();
    assertThat(stays.up()).isFalse();
    assertThat(stays.transmitSc().sas()).isEmpty();
    assertThat(stays.receiveScs()).isEmpty();
  }

  @Test
  void allMistakesAreSaidAtOnce() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(
            () ->
                new SessionOptions(
                    Optional.of(" "),
                    OnClose.REMOVE,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    OffloadPolicy.OFF,
                    Optional.empty(),
                    List.of(-1, 64),
                    Optional.empty()))
        .withMessageContaining("offloadReplayWindows: -1 is not in 0..1073741823")
        .withMessageContaining("eventQueue: 0 is not in 1..1000000")
        .withMessageContaining("deviceName: it is blank");
  }
}
