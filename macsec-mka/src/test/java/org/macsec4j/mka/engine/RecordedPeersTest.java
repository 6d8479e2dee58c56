package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.Sci;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.CapturedMkpdus;
import org.macsec4j.mka.CapturedMkpdus.Frame;
import org.macsec4j.mka.CapturedMkpdus.Verdict;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;

/**
 * Our engine in the place of a recorded member: it has that member's SCI, member identifier and
 * message numbers, hears what the others really sent, and must come to the same keys.
 */
class RecordedPeersTest {
  /** A recorded member under one identifier. */
  record Role(
      String capture,
      CapturedMkpdus.Key key,
      Sci sci,
      MemberIdentifier memberIdentifier,
      int priority) {
    @Override
    public String toString() {
      return capture + " as " + sci + " " + memberIdentifier;
    }
  }

  private static final List<String> WITH_SPLIT_BRAIN = List.of("bridge/b3low", "bridge/b3mesh");

  private final List<SecyCommand> commands = new ArrayList<>();
  private final Map<MkaKeyIdentifier, String> taken = new LinkedHashMap<>();
  private final List<MkaEvent> events = new ArrayList<>();

  static List<Role> roles() throws MalformedMkpduException {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (Frame frame : CapturedMkpdus.all()) {
      if (frame.verdict() != Verdict.OK || frame.key().isEmpty()) {
        continue;
      }
      BasicParameterSet basic = MkpduDecoder.DEFAULT.decode(frame.octets()).basic();
      Role role =
          new Role(
              frame.capture(),
              frame.key().get(),
              basic.sci(),
              basic.actorMemberIdentifier(),
              basic.keyServerPriority());
      roles.putIfAbsent(role.toString(), role);
    }
    return List.copyOf(roles.values());
  }

  @ParameterizedTest
  @MethodSource("roles")
  void weTakeEveryKeyThatARealKeyServerHandedToThisMember(Role role)
      throws MalformedMkpduException {
    Map<MkaKeyIdentifier, String> handedOut = new LinkedHashMap<>();
    MkaPort port = play(role, handedOut);
    taken.keySet().removeIf(key -> key.keyServer().equals(role.memberIdentifier()));
    if (WITH_SPLIT_BRAIN.contains(role.capture())) {
      assertThat(handedOut).containsAllEntriesOf(taken);
    } else {
      assertThat(taken).isEqualTo(handedOut);
    }
    assertThat(port.status().counters().drops())
        .doesNotContainKey(org.macsec4j.mka.DropReason.MALFORMED);
  }

  private MkaPort play(Role role, Map<MkaKeyIdentifier, String> handedOut)
      throws MalformedMkpduException {
    MkaConfig config =
        MkaConfig.preSharedKey(role.key().ckn(), Cak.parse(role.key().cak())).toBuilder()
            .keyServerPriority(role.priority())
            .cipherSuites(CipherSuite.values())
            .build();
    MkaPort port = MkaPort.create(config, role.sci(), startingWith(role.memberIdentifier()));
    ActorIdentity identity = port.participant(role.key().ckn()).identity();
    long now = 0;
    boolean born = false;
    for (Frame frame : CapturedMkpdus.of(role.capture())) {
      if (frame.verdict() != Verdict.OK || !frame.key().get().equals(role.key())) {
        continue;
      }
      Mkpdu mkpdu = MkpduDecoder.DEFAULT.decode(frame.octets());
      BasicParameterSet basic = mkpdu.basic();
      boolean own = basic.actorMemberIdentifier().equals(role.memberIdentifier());
      if (own && !born) {
        born = true;
        port.start(now);
      }
      if (!born) {
        continue;
      }
      now += 200_000_000L;
      if (own) {
        identity.advanceTo(Math.max(identity.messageNumber(), basic.actorMessageNumber()));
      } else if (!basic.sci().equals(role.sci())) {
        note(role, frame, mkpdu, handedOut);
        port.handleFrame(now, frame.octets());
      }
      port.handleTimeout(now);
      drain(port, now);
    }
    return port;
  }

  private static void note(
      Role role, Frame frame, Mkpdu mkpdu, Map<MkaKeyIdentifier, String> handedOut) {
    boolean forUs =
        mkpdu.livePeers().stream()
            .flatMap(list -> list.peers().stream())
            .anyMatch(entry -> entry.memberIdentifier().equals(role.memberIdentifier()));
    if (forUs && frame.sak().isPresent()) {
      long number = mkpdu.distributedSak().orElseThrow().keyNumber();
      handedOut.put(
          new MkaKeyIdentifier(mkpdu.basic().actorMemberIdentifier(), number), frame.sak().get());
    }
  }

  private void drain(MkaPort port, long now) {
    MkaOutput output;
    while ((output = port.poll()) != null) {
      if (output instanceof MkaOutput.Apply apply) {
        commands.add(apply.command());
        if (apply.command() instanceof SecyCommand.InstallReceiveSa install) {
          taken.put(
              MkaKeyIdentifier.of(install.sa().key().identifier()),
              HexFormat.of().formatHex(install.sa().key().toByteArray()));
        }
        port.handleResult(now, apply.id(), SecyResult.done());
      } else if (output instanceof MkaOutput.Event event) {
        events.add(event.event());
      }
    }
  }

  private static EntropySource startingWith(MemberIdentifier memberIdentifier) {
    EntropySource rest = EntropySource.seeded(1);
    boolean[] given = {false};
    return target -> {
      if (given[0]) {
        rest.fill(target);
      } else {
        given[0] = true;
        memberIdentifier.writeTo(target, 0);
      }
    };
  }

  @Test
  void theRecordingsHoldManyRolesAndKeys() throws MalformedMkpduException {
    List<Role> roles = roles();
    Set<String> keys = new LinkedHashSet<>();
    for (Role role : roles) {
      Map<MkaKeyIdentifier, String> handedOut = new LinkedHashMap<>();
      play(role, handedOut);
      keys.addAll(handedOut.values());
    }
    assertThat(roles).hasSizeGreaterThan(40);
    assertThat(keys).hasSizeGreaterThan(30);
  }
}
