package org.macsec4j.mka.statespace;

import java.util.ArrayList;
import java.util.List;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.MkaConfig;

/**
 * A state of two or three members and the network between them; never changed.
 *
 * @param now the virtual time
 * @param members the members
 * @param arriving for each member the frames that come next, in order
 * @param held for each member the frames that the network holds back, in no order
 * @param ledger what was done with keys
 * @param faults how many more faults there may be
 * @param rekeys how many more keys may be asked for
 */
record World(
    long now,
    List<MemberState> members,
    List<List<Frame>> arriving,
    List<List<Frame>> held,
    Ledger ledger,
    int faults,
    int rekeys) {
  /** Nobody has started. */
  static World begin(ObjectGraph graph, List<MkaConfig> configs, int faults, int rekeys) {
    List<MemberState> members = new ArrayList<>();
    List<List<Frame>> nothing = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      MacAddress address = MacAddress.parse(String.format("02:00:00:00:00:%02x", i + 1));
      SmallMember member = new SmallMember(i, new Sci(address, 1), configs.get(i));
      members.add(MemberState.of(graph, member, Roles.ORIGIN));
      nothing.add(List.of());
    }
    return new World(Roles.ORIGIN, members, nothing, nothing, Ledger.EMPTY, faults, rekeys);
  }

  /** What tells this state from others. */
  Fingerprint fingerprint() {
    Fingerprint all = new Fingerprint();
    Numbering numbering = numbering();
    for (int i = 0; i < members.size(); i++) {
      MemberState member = members.get(i);
      member.frozen().addTo(all, numbering, member.self(), now, member.lastCalled());
      all.add(arriving.get(i).size());
      arriving.get(i).forEach(frame -> frame.addTo(all, numbering));
      for (Frame frame : held.get(i)) {
        Fingerprint one = new Fingerprint();
        frame.addTo(one, numbering);
        all.addUnordered(one);
      }
    }
    ledger.addTo(all);
    all.add(faults);
    all.add(rekeys);
    return all;
  }

  private Numbering numbering() {
    Numbering numbering = new Numbering();
    for (int i = 0; i < members.size(); i++) {
      members.get(i).frozen().addTo(numbering, members.get(i).self());
      arriving.get(i).forEach(frame -> frame.addTo(numbering));
      held.get(i).forEach(frame -> frame.addTo(numbering));
    }
    return numbering;
  }

  /** What the fingerprint is made of, for messages. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < members.size(); i++) {
      MemberState member = members.get(i);
      text.append(member.sci())
          .append(' ')
          .append(member.frozen().describe(numbering(), member.self(), now, member.lastCalled()));
      for (Frame frame : arriving.get(i)) {
        text.append("\n  comes ").append(frame.content().describe(numbering(), null, 0, 0));
      }
      for (Frame frame : held.get(i)) {
        text.append("\n  held ").append(frame.content().describe(numbering(), null, 0, 0));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Whether nothing is on its way but what is held back. */
  boolean isQuiet() {
    return arriving.stream().allMatch(List::isEmpty)
        && members.stream().noneMatch(MemberState::late);
  }

  /** Whether all members send with one key and each receives all others with it. */
  boolean isAgreed() {
    for (MemberState member : members) {
      if (!member.up() || !member.secured() || member.livePeers() != members.size() - 1) {
        return false;
      }
      for (MemberState other : members) {
        if (!member.sci().equals(other.sci())
            && (!member.receives(other) || !member.sends().equals(other.sends()))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The earliest deadline of all. */
  long deadline() {
    return members.stream().mapToLong(MemberState::deadline).min().orElseThrow();
  }
}
