package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** What an application asks of a session while it runs, beside its keys. */
@MacsecLab(seed = 22)
class SessionKnobsTest {
  private static final PreSharedKey WITH_B = key("ab");
  private static final PreSharedKey WITH_C = key("ac");
  private static final PreSharedKey GROUP = key("abc0");

  private static PreSharedKey key(String ckn) {
    return PreSharedKey.of(Ckn.parse(ckn), Cak.parse(ckn.repeat(32 / ckn.length())));
  }

  private static MkaConfig config(PreSharedKey... keys) {
    return MkaConfig.builder().keys(keys).joinGroups(true).build();
  }

  @Test
  void aSessionTellsThatItWillBeSilent(Lab lab) {
    MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);
    Members members = Members.start(lab, config, config);
    MkaSession a = members.sessions.get(0);
    MkaSession b = members.sessions.get(1);
    List<MkaEvent> events = new ArrayList<>();
    b.onEvent(events::add);
    lab.runUntil(() -> members.allSecured(1), Duration.ofSeconds(12));

    a.suspend(Duration.ofSeconds(30));
    lab.run(Duration.ofSeconds(1));
    assertThat(events).contains(new MkaEvent.Suspended(a.status().sci(), Duration.ofSeconds(30)));
    a.resume();
    lab.run(Duration.ofSeconds(1));
    assertThat(events).contains(new MkaEvent.Resumed(a.status().sci()));
    members.checkThatUserFramesPassEveryWay();

    assertThatThrownBy(() -> a.suspend(Duration.ofSeconds(121)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1..120");
  }

  @Test
  void pairsBecomeAGroup(Lab lab) {
    Host[] hosts = {lab.host("a"), lab.host("b"), lab.host("c")};
    lab.hub(hosts);
    MkaSession a = MkaSession.start(hosts[0].macsec(), "eth0", config(WITH_B, WITH_C));
    MkaSession b = MkaSession.start(hosts[1].macsec(), "eth0", config(WITH_B));
    MkaSession c = MkaSession.start(hosts[2].macsec(), "eth0", config(WITH_C));
    lab.runUntil(() -> a.isSecured() && b.isSecured(), Duration.ofSeconds(12));

    a.keys().add(GROUP);
    a.keys().distribute(GROUP);
    lab.runUntil(
        () -> b.isSecured() && c.isSecured() && b.status().livePeers().size() == 2,
        Duration.ofSeconds(12));
    lab.run(Duration.ofSeconds(10));
    a.keys().stopDistributing();

    for (Host from : hosts) {
      for (Host to : hosts) {
        if (from != to) {
          to.clearReceived("macsec0");
          assertThat(from.send("macsec0", to.mac("eth0"), 0x88B5, new byte[50])).isTrue();
          lab.run(Duration.ofMillis(10));
          assertThat(to.received("macsec0")).as("from %s to %s", from, to).hasSize(1);
        }
      }
    }
    assertThat(List.of(a, b, c)).allMatch(session -> session.status().ckn().equals(GROUP.ckn()));
  }
}
