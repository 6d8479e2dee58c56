package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.engine.PortView;
import org.macsec4j.mka.statespace.SmallSecy.Sa;

/**
 * A member at rest between two steps: all that it is, taken apart, and the little of it that is
 * asked for often.
 *
 * @param number which of all of a search it is
 * @param frozen a {@link SmallMember}
 * @param sci its SCI
 * @param up whether its port runs
 * @param late whether an answer of its SecY is still to come
 * @param self its member identifier; null when it is down
 * @param secured whether the engine says that it is secured
 * @param server whether it takes itself for the key server that decides
 * @param livePeers how many live peers it has
 * @param deadline when it wants to be called
 * @param lastCalled when it was called last
 * @param sends the key that its SecY sends with; null for none
 * @param selected the association number of that
 * @param receives what its SecY receives with
 */
record MemberState(
    int number,
    Frozen frozen,
    Sci sci,
    boolean up,
    boolean late,
    MemberIdentifier self,
    boolean secured,
    boolean server,
    int livePeers,
    long deadline,
    long lastCalled,
    SmallSecy.Key sends,
    AssociationNumber selected,
    List<Receiving> receives) {
  /** A receive SA that is enabled. */
  record Receiving(Sci from, AssociationNumber an, SmallSecy.Key key) {}

  /** More than any member in these small worlds holds; it would be a leak. */
  private static final int MAX_SIZE = 4000;

  static MemberState of(ObjectGraph graph, SmallMember member, long now) {
    Frozen frozen = graph.freeze(member);
    if (frozen.size() > MAX_SIZE) {
      throw new AssertionError(member.sci + " holds too much: " + frozen.size());
    }
    PortView view =
        member.isUp() ? new PortView(member.port, member.config.keys().get(0).ckn()) : null;
    long deadline = member.isUp() ? member.port.nextDeadline() : Long.MAX_VALUE;
    if (deadline <= now) {
      throw new AssertionError(member.sci + " wants a timeout in the past: " + (deadline - now));
    }
    return new MemberState(
        graph.nextNumber(),
        frozen,
        member.sci,
        member.isUp(),
        member.isWaitingForSecy(),
        view == null ? null : view.self(),
        view != null && member.port.isSecured(),
        view != null && view.isPrincipalServer(),
        view == null ? 0 : view.livePeers(),
        deadline,
        now,
        member.secy.transmitKey(),
        member.secy.selected(),
        receives(member.secy));
  }

  private static List<Receiving> receives(SmallSecy secy) {
    List<Receiving> all = new ArrayList<>(2);
    for (Map.Entry<Sci, Map<AssociationNumber, Sa>> channel : secy.receive().entrySet()) {
      channel
          .getValue()
          .forEach(
              (an, sa) -> {
                if (sa.enabled()) {
                  all.add(new Receiving(channel.getKey(), an, sa.key()));
                }
              });
    }
    return all;
  }

  /** Whether frames that the other sends now are accepted here. */
  boolean receives(MemberState other) {
    return other.sends != null
        && receives.contains(new Receiving(other.sci, other.selected, other.sends));
  }
}
