package org.macsec4j.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.engine.MkaPort;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * The rules of safety, asked at each step that could break one: when a frame is put on the wire or
 * delivered, when an engine gives an output or names a deadline, when its state is looked at.
 */
final class Watch {
  static final String NOTHING_IN_CLEAR = "no user frame goes out in clear";
  static final String ONLY_GENUINE = "nothing forged is delivered";
  static final String BOUNDED = "memory is bounded";
  static final String TIMERS_AHEAD = "a deadline lies ahead";
  static final String ONE_KEY_SERVER = "at most one key server once quiet";

  /** A key for n peers takes some ten commands for each, and as many to take the last one away. */
  private static final int OUTPUTS_PER_HOST = 40;

  private static final int TCI_AT = 14;
  private static final int E_BIT = 0x08;

  private final World world;
  private final PacketNumberLedger packetNumbers = new PacketNumberLedger();
  private final ReplayBound replayBound = new ReplayBound();

  Watch(World world) {
    this.world = world;
  }

  /** A host puts a frame on the wire. */
  void onWire(SimulatedHost host, byte[] frame) {
    int type = Segment.etherType(frame);
    if (type == host.config().etherType()) {
      return;
    }
    if (type != SecTag.ETHER_TYPE) {
      throw new Violation(
          NOTHING_IN_CLEAR,
          host.spec.name() + " sends a frame of EtherType " + Integer.toHexString(type));
    }
    if (world.recipe.confidential() && (frame[TCI_AT] & E_BIT) == 0) {
      throw new Violation(NOTHING_IN_CLEAR, host.spec.name() + " sends a frame not encrypted");
    }
  }

  /** A user frame went on the wire, protected. */
  void protectedFrame(SimulatedHost host, UserFrame frame) {
    packetNumbers.enter(host.spec.name(), host.spec.sci().toString(), frame);
  }

  /** A frame is delivered to the user of a host; gives which one it is. */
  UserFrame delivered(SimulatedHost receiver, byte[] octets, List<UserFrame> sent) {
    int number = UserFrame.numberOf(octets);
    if (number < 0 || number >= sent.size()) {
      throw new Violation(ONLY_GENUINE, receiver.spec.name() + " delivers what nobody sent");
    }
    UserFrame frame = sent.get(number);
    String what = receiver.spec.name() + " delivers " + frame;
    if (!Arrays.equals(octets, frame.octets)) {
      throw new Violation(ONLY_GENUINE, what + ", but not as it was sent");
    }
    if (frame.sender == receiver) {
      throw new Violation(ONLY_GENUINE, what + ", its own frame");
    }
    if (frame.sender.spec.group() != receiver.spec.group()) {
      throw new Violation(ONLY_GENUINE, what + ", which has no CAK in common with it");
    }
    replayBound.delivered(receiver.spec.name(), receiver.config().replayProtection(), frame);
    return frame;
  }

  /** An engine gave so many outputs for one input. */
  void outputs(SimulatedHost host, int count) {
    int limit = OUTPUTS_PER_HOST * (world.hosts.size() + 1);
    if (count > limit) {
      throw new Violation(
          BOUNDED, host.spec.name() + " gives more than " + limit + " outputs for one input");
    }
  }

  /** Looks at the state of an engine. */
  void state(SimulatedHost host) {
    MkaPort port = host.port();
    if (port == null) {
      return;
    }
    peers(host, port.status().peers().size());
  }

  /** An engine remembers so many peers. */
  void peers(SimulatedHost host, int peers) {
    if (peers > host.config().maxPeers()) {
      throw new Violation(BOUNDED, host.spec.name() + " remembers " + peers + " peers");
    }
  }

  /** An engine wants to be called at a time. */
  void deadline(SimulatedHost host, long deadline) {
    if (deadline <= world.now()) {
      throw new Violation(TIMERS_AHEAD, host.spec.name() + " wants a timeout in the past");
    }
  }

  /** All is quiet now: among those who have a CAK in common there is one who leads. */
  void quiet() {
    Map<Integer, List<String>> leaders = new LinkedHashMap<>();
    for (SimulatedHost host : world.hosts) {
      MkaPort port = host.port();
      if (port == null) {
        continue;
      }
      MkaStatus status = port.status();
      if (status.self()) {
        leaders.computeIfAbsent(host.spec.group(), none -> new ArrayList<>()).add(host.spec.name());
      }
    }
    leaders.forEach(
        (group, names) -> {
          if (names.size() > 1) {
            throw new Violation(ONE_KEY_SERVER, names + " all lead group " + group);
          }
        });
  }
}
