package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.engine.KeyServerElection.Candidate;
import org.macsec4j.mka.wire.BasicParameterSet;

/** The election is a total order, and every member of a group finds the same winner. */
class KeyServerElectionTest {
  private static final Sci ONE = new Sci(MacAddress.parse("02:00:00:00:00:01"), 1);

  /** Few values, so that equal priorities, equal addresses and equal SCIs come often. */
  @Provide
  Arbitrary<Candidate> candidates() {
    Arbitrary<Integer> priorities = Arbitraries.of(0, 1, 16, 127, 128, 254, 255);
    Arbitrary<MacAddress> addresses =
        Arbitraries.of(
                "00:00:00:00:00:01", "02:00:00:00:00:01", "7e:ff:ff:ff:ff:ff", "fe:00:00:00:00:01")
            .map(MacAddress::parse);
    Arbitrary<Integer> ports = Arbitraries.of(1, 2, 0x7FFF, 0x8000, 65534);
    Arbitrary<Sci> scis = Combinators.combine(addresses, ports).as(Sci::new);
    return Combinators.combine(priorities, scis).as(Candidate::new);
  }

  @Property(tries = 500)
  void theOrderIsTotal(
      @ForAll("candidates") Candidate a,
      @ForAll("candidates") Candidate b,
      @ForAll("candidates") Candidate c) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
      assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
    }
    if (a.priority() != b.priority()) {
      assertThat(a.compareTo(b) < 0).isEqualTo(a.priority() < b.priority());
    }
  }

  @Property(tries = 500)
  void everyMemberFindsTheSameWinnerWhateverTheOrderOfItsPeers(
      @ForAll @Size(min = 2, max = 8) @UniqueElements(by = BySci.class)
          List<@From("candidates") Candidate> group,
      @ForAll Random random) {
    Sci winner = Collections.min(group).sci();
    for (Candidate self : group) {
      assertThat(KeyServerElection.elect(KeyServerRole.AUTO, self, others(group, self, random)))
          .isEqualTo(winner);
    }
  }

  @Property(tries = 500)
  void forcedRolesFindTheSameWinnerAsTheOthersDo(
      @ForAll @Size(min = 2, max = 8) @UniqueElements(by = BySci.class)
          List<@From("candidates") Candidate> members,
      @ForAll boolean withServer,
      @ForAll Random random) {
    // The first is the server, or may be; the last is a client; nobody else has priority 0 or 255.
    List<KeyServerRole> roles = new ArrayList<>();
    List<Candidate> group = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      KeyServerRole role = KeyServerRole.AUTO;
      if (i == 0 && withServer) {
        role = KeyServerRole.SERVER;
      } else if (i == members.size() - 1) {
        role = KeyServerRole.CLIENT;
      }
      int configured = Math.min(254, Math.max(1, members.get(i).priority()));
      roles.add(role);
      group.add(new Candidate(KeyServerElection.priority(role, configured), members.get(i).sci()));
    }
    Sci winner = Collections.min(group).sci();
    for (int i = 0; i < group.size(); i++) {
      List<Peer> others = others(group, group.get(i), random);
      assertThat(KeyServerElection.elect(roles.get(i), group.get(i), others)).isEqualTo(winner);
    }
    assertThat(winner).isNotEqualTo(group.get(group.size() - 1).sci());
  }

  @Test
  void aClientAloneElectsNobody() {
    Candidate self = new Candidate(255, ONE);
    assertThat(KeyServerElection.elect(KeyServerRole.CLIENT, self, List.of())).isNull();
    assertThat(KeyServerElection.elect(KeyServerRole.AUTO, self, List.of())).isEqualTo(ONE);
  }

  private static List<Peer> others(List<Candidate> group, Candidate self, Random random) {
    List<Peer> others = new ArrayList<>();
    for (Candidate member : group) {
      if (!member.equals(self)) {
        others.add(peer(member, others.size() + 1));
      }
    }
    Collections.shuffle(others, random);
    return others;
  }

  private static Peer peer(Candidate member, int number) {
    return new Peer(
        new BasicParameterSet(
            3,
            member.priority(),
            false,
            true,
            MacsecCapability.CONFIDENTIALITY_OFFSET_0,
            member.sci(),
            MemberIdentifier.parse(String.format("%024x", number)),
            1,
            BasicParameterSet.ALGORITHM_AGILITY,
            Ckn.parse("00")),
        0);
  }

  /** Members of a group have distinct SCIs. */
  static final class BySci implements Function<Object, Object> {
    @Override
    public Object apply(Object candidate) {
      return ((Candidate) candidate).sci();
    }
  }
}
