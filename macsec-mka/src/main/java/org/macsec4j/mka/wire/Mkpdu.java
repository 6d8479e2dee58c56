package org.macsec4j.mka.wire;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An MKPDU (IEEE 802.1X 11.3, 11.11): the basic parameter set and the others in their order.
 *
 * <p>Each known set counts once. Should a peer send one twice, {@link #sets()} holds both, so that
 * nothing is lost, the lookups give the first, and {@link #duplicateSets()} says how many are
 * ignored.
 *
 * @param basic the basic parameter set
 * @param sets the other parameter sets, as they lie on the wire
 * @param icv the ICV as received; empty in an MKPDU that was not
 */
public record Mkpdu(BasicParameterSet basic, List<ParameterSet> sets, Optional<OctetString> icv) {
  /**
   * Copies the list.
   *
   * @param basic the basic parameter set
   * @param sets the other parameter sets, as they lie on the wire
   * @param icv the ICV as received
   */
  public Mkpdu {
    Objects.requireNonNull(basic, "basic");
    sets = List.copyOf(sets);
    Objects.requireNonNull(icv, "icv");
  }

  /**
   * An MKPDU to be sent.
   *
   * @param basic the basic parameter set
   * @param sets the other parameter sets; see {@link MkpduEncoder} for their order
   */
  public Mkpdu(BasicParameterSet basic, List<? extends ParameterSet> sets) {
    this(basic, List.copyOf(sets), Optional.empty());
  }

  /**
   * The first set of a kind.
   *
   * @param <T> the kind
   * @param kind the kind
   * @return the set; empty when there is none
   */
  public <T extends ParameterSet> Optional<T> find(Class<T> kind) {
    for (ParameterSet set : sets) {
      if (kind.isInstance(set)) {
        return Optional.of(kind.cast(set));
      }
    }
    return Optional.empty();
  }

  /**
   * The Live Peer List.
   *
   * @return the set; empty when there is none
   */
  public Optional<LivePeerList> livePeers() {
    return find(LivePeerList.class);
  }

  /**
   * The Potential Peer List.
   *
   * @return the set; empty when there is none
   */
  public Optional<PotentialPeerList> potentialPeers() {
    return find(PotentialPeerList.class);
  }

  /**
   * MACsec SAK Use.
   *
   * @return the set; empty when there is none
   */
  public Optional<MacsecSakUse> sakUse() {
    return find(MacsecSakUse.class);
  }

  /**
   * Distributed SAK.
   *
   * @return the set; empty when there is none
   */
  public Optional<DistributedSak> distributedSak() {
    return find(DistributedSak.class);
  }

  /**
   * Distributed CAK.
   *
   * @return the set; empty when there is none
   */
  public Optional<DistributedCak> distributedCak() {
    return find(DistributedCak.class);
  }

  /**
   * Key Management Domain.
   *
   * @return the set; empty when there is none
   */
  public Optional<KmdParameterSet> kmd() {
    return find(KmdParameterSet.class);
  }

  /**
   * The announcement.
   *
   * @return the set; empty when there is none
   */
  public Optional<AnnouncementParameterSet> announcement() {
    return find(AnnouncementParameterSet.class);
  }

  /**
   * The XPN parameter set.
   *
   * @return the set; empty when there is none
   */
  public Optional<XpnParameterSet> xpn() {
    return find(XpnParameterSet.class);
  }

  /**
   * Whether an ICV indicator precedes the ICV.
   *
   * @return true when there is one
   */
  public boolean hasIcvIndicator() {
    return find(IcvIndicator.class).isPresent();
  }

  /**
   * How many sets of a known type are ignored, because one of the same type comes before them.
   *
   * @return 0 in an MKPDU that follows the standard
   */
  public int duplicateSets() {
    long seen = 0;
    int duplicates = 0;
    for (ParameterSet set : sets) {
      if (set instanceof UnknownParameterSet) {
        continue;
      }
      // Known types are 1..8 and 255; the shift takes the type modulo 64, which keeps them apart.
      long bit = 1L << set.type();
      if ((seen & bit) != 0) {
        duplicates++;
      }
      seen |= bit;
    }
    return duplicates;
  }
}
