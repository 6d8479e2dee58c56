package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.ControlledPortState;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** Real frames in clear, on the way to protected ones, and shut out. */
@MacsecLab(seed = 1)
class ClearAccessTest {
  private static final int ETHER_TYPE = 0x88B5;
  private static final MkaConfig MUST = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
  private static final MkaConfig SHOULD =
      MUST.toBuilder().accessPolicy(AccessPolicy.SHOULD_SECURE).build();

  private static boolean send(Host from, Host to) {
    return from.send("macsec0", to.mac("eth0"), ETHER_TYPE, new byte[46]);
  }

  /** User frames alone; in clear the MKPDUs are seen there as well. */
  private static long received(Host host, String interfaceName) {
    return host.received(interfaceName).stream()
        .filter(frame -> frame[12] == (byte) 0x88 && frame[13] == (byte) 0xB5)
        .count();
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void fromClearToSecuredNoFrameIsLost(CipherSuite suite, Lab lab) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    MkaConfig config = SHOULD.toBuilder().cipherSuites(suite).build();
    List<MkaSession> sessions = new ArrayList<>();
    sessions.add(MkaSession.start(a.macsec(), "eth0", config));
    lab.run(Duration.ofSeconds(3));
    sessions.add(MkaSession.start(b.macsec(), "eth0", config));
    assertThat(sessions.get(0).status().controlledPort())
        .isEqualTo(ControlledPortState.UNAUTHENTICATED);

    int sent = 0;
    for (int i = 0; i < 8_000; i++) {
      assertThat(send(a, b)).isTrue();
      assertThat(send(b, a)).isTrue();
      sent++;
      lab.run(Duration.ofNanos(250_000));
    }
    lab.run(Duration.ofMillis(10));

    assertThat(received(a, "macsec0")).isEqualTo(sent);
    assertThat(received(b, "macsec0")).isEqualTo(sent);
    for (MkaSession session : sessions) {
      assertThat(session.isSecured()).isTrue();
      assertThat(session.status().controlledPort()).isEqualTo(ControlledPortState.SECURE);
      assertThat(session.status().frames().protect()).isTrue();
      assertThat(session.status().frames().validate()).isEqualTo(ValidateFrames.STRICT);
      assertThat(session.status().inClear()).isEmpty();
    }
  }

  @Test
  void underMustSecureNothingPassesInClearEitherWay(Lab lab) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    MkaSession must = MkaSession.start(a.macsec(), "eth0", MUST);
    MkaConfig stranger = MkaConfig.preSharedKey(Members.CKN, Members.CAK_256);
    MkaSession should =
        MkaSession.start(
            b.macsec(),
            "eth0",
            stranger.toBuilder().accessPolicy(AccessPolicy.SHOULD_SECURE).build());
    for (int i = 0; i < 100; i++) {
      assertThat(send(a, b)).isFalse();
      assertThat(send(b, a)).isTrue();
      lab.run(Duration.ofMillis(200));
    }
    assertThat(received(a, "macsec0")).isZero();
    assertThat(received(b, "macsec0")).isZero();
    assertThat(must.status().controlledPort()).isEqualTo(ControlledPortState.PENDING);
    assertThat(must.status().failed()).isTrue();
    assertThat(should.status()).asString().contains("not secured, frames pass in clear", "ICV");
  }

  @Test
  void clearAgainWhenThePeerIsGone(Lab lab) {
    Host a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    MkaSession left = MkaSession.start(a.macsec(), "eth0", SHOULD);
    MkaSession right = MkaSession.start(b.macsec(), "eth0", SHOULD);
    lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofSeconds(1));
    right.close();
    lab.run(Duration.ofSeconds(7));
    assertThat(left.status().controlledPort()).isEqualTo(ControlledPortState.UNAUTHENTICATED);
    assertThat(a.send("macsec0", b.mac("eth0"), ETHER_TYPE, new byte[46])).isTrue();
    lab.run(Duration.ofMillis(10));
    assertThat(received(b, "eth0")).isEqualTo(1);
  }
}
