package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.Link;

/** Members of a CA in a laboratory, each on a host of its own. */
final class Members {
  static final Ckn CKN = Ckn.parse("6d61637365632d31");
  static final Cak CAK_128 = Cak.parse("0123456789abcdef0123456789abcdef");
  static final Cak CAK_256 =
      Cak.parse("0123456789abcdef0123456789abcdeffedcba9876543210fedcba9876543210");

  private static final int ETHER_TYPE = 0x88B5;

  final Lab lab;
  final List<Host> hosts = new ArrayList<>();
  final List<MkaSession> sessions = new ArrayList<>();

  /** Between two; null when there are more. */
  final Link wire;

  private Members(Lab lab, int number) {
    this.lab = lab;
    for (int i = 0; i < number; i++) {
      hosts.add(lab.host(Character.toString('a' + i)));
    }
    if (number == 2) {
      wire = lab.wire(hosts.get(0), hosts.get(1));
    } else {
      wire = null;
      lab.hub(hosts.toArray(new Host[0]));
    }
  }

  /** So many hosts, joined, without a session as yet. */
  static Members on(Lab lab, int number) {
    return new Members(lab, number);
  }

  /** As many members as there are configurations; two on a wire, more on a hub. */
  static Members start(Lab lab, MkaConfig... configs) {
    Members members = new Members(lab, configs.length);
    for (int i = 0; i < configs.length; i++) {
      members.sessions.add(MkaSession.start(members.hosts.get(i).macsec(), "eth0", configs[i]));
    }
    return members;
  }

  boolean allSecured(int livePeers) {
    return sessions.stream()
        .allMatch(s -> s.isSecured() && s.status().livePeers().size() == livePeers);
  }

  boolean anySecured() {
    return sessions.stream().anyMatch(MkaSession::isSecured);
  }

  /** Sends a user frame from each member to each other and checks that it arrives unchanged. */
  void checkThatUserFramesPassEveryWay() {
    for (Host from : hosts) {
      for (Host to : hosts) {
        if (from != to) {
          byte[] text =
              ("from " + from + " to " + to + ", at least fifty octets long, for the offset of 50")
                  .getBytes(StandardCharsets.UTF_8);
          to.clearReceived("macsec0");
          assertThat(from.send("macsec0", to.mac("eth0"), ETHER_TYPE, text))
              .as("%s sends", from)
              .isTrue();
          lab.run(Duration.ofMillis(10));
          assertThat(to.received("macsec0")).as("from %s to %s", from, to).hasSize(1);
          assertThat(to.received("macsec0").get(0)).endsWith(text);
        }
      }
    }
  }
}
