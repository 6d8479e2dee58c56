package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * A SAK that is at hand: unwrapped from an MKPDU, or given by the user.
 *
 * <p>One of MKA may protect frames of every member of its CA, one of the user those of one SCI. It
 * holds key octets: {@link #toString()} shows none, {@link #destroy()} zeroes them.
 */
final class KnownSak implements Destroyable {
  private static final int MAX_SSCIS_TRIED = 64;
  private static final int MAX_UPPER_HALVES = 8;
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private final @Nullable Ckn ckn;
  private final @Nullable MkaKeyIdentifier identifier;
  private final @Nullable Sci onlySci;
  private final AssociationNumber an;
  private final CipherSuite suite;
  private final List<ConfidentialityOffset> offsets;
  private final @Nullable Salt salt;
  private final byte[] octets;
  private final long learnedAt;
  private final TreeSet<Long> packetNumbersTold = new TreeSet<>(Long::compareUnsigned);
  private List<MemberIdentifier> membersInOrder = List.of();
  private int keyServerSsci;
  private int onlySsci;
  private boolean destroyed;

  private KnownSak(
      @Nullable Ckn ckn,
      @Nullable MkaKeyIdentifier identifier,
      @Nullable Sci onlySci,
      AssociationNumber an,
      CipherSuite suite,
      List<ConfidentialityOffset> offsets,
      @Nullable Salt salt,
      byte[] octets,
      long learnedAt) {
    this.ckn = ckn;
    this.identifier = identifier;
    this.onlySci = onlySci;
    this.an = an;
    this.suite = suite;
    this.offsets = offsets;
    this.salt = salt;
    this.octets = octets;
    this.learnedAt = learnedAt;
  }

  /** A key that an MKPDU has distributed. Takes over the octets. */
  static KnownSak distributed(
      Ckn ckn,
      MkaKeyIdentifier identifier,
      AssociationNumber an,
      CipherSuite suite,
      ConfidentialityOffset offset,
      @Nullable Salt salt,
      byte[] octets,
      long frame) {
    List<ConfidentialityOffset> offsets = List.of(offset);
    return new KnownSak(ckn, identifier, null, an, suite, offsets, salt, octets, frame);
  }

  /**
   * A key of the user. Nobody told its confidentiality offset, so each of the three is a candidate;
   * with an extended packet number when there is a salt, its own or one of all. Copies the octets.
   */
  static KnownSak given(StaticSak sak, @Nullable Salt saltOfAll) {
    byte[] octets = sak.octets();
    Salt own = sak.salt();
    Salt salt = own == null ? saltOfAll : own;
    boolean wide = octets.length == CipherSuite.GCM_AES_256.keyLength();
    CipherSuite suite;
    if (salt == null) {
      suite = wide ? CipherSuite.GCM_AES_256 : CipherSuite.GCM_AES_128;
    } else {
      suite = wide ? CipherSuite.GCM_AES_XPN_256 : CipherSuite.GCM_AES_XPN_128;
    }
    List<ConfidentialityOffset> offsets =
        List.of(
            ConfidentialityOffset.OFFSET_0,
            ConfidentialityOffset.OFFSET_30,
            ConfidentialityOffset.OFFSET_50);
    KnownSak known = new KnownSak(null, null, sak.sci(), sak.an(), suite, offsets, salt, octets, 0);
    known.onlySsci = sak.ssci();
    return known;
  }

  /** The CA that the key belongs to; null when the user gave it. */
  @Nullable Ckn ckn() {
    return ckn;
  }

  /** Key server and key number; null when the user gave it. */
  @Nullable MkaKeyIdentifier identifier() {
    return identifier;
  }

  /** The only SCI it is good for; null when for any. */
  @Nullable Sci onlySci() {
    return onlySci;
  }

  /** The SSCI that came with it; 0 when none did. */
  int onlySsci() {
    return onlySsci;
  }

  AssociationNumber an() {
    return an;
  }

  CipherSuite suite() {
    return suite;
  }

  /** The confidentiality offset, or those that have to be tried. */
  List<ConfidentialityOffset> offsets() {
    return offsets;
  }

  @Nullable Salt salt() {
    return salt;
  }

  /** The number of the frame that brought it first; 0 when the user did. */
  long learnedAt() {
    return learnedAt;
  }

  byte[] octets() {
    return octets.clone();
  }

  String toHex() {
    return HexFormat.of().formatHex(octets);
  }

  boolean isSame(Ckn otherCkn, MkaKeyIdentifier other, byte[] otherOctets) {
    return other.equals(identifier)
        && otherCkn.equals(ckn)
        && java.security.MessageDigest.isEqual(octets, otherOctets);
  }

  /**
   * Who shared the key when it was distributed.
   *
   * @param members key server first, then its live peers in the order of its list
   * @param ssci the low octet of the key server's SSCI, 0 when it did not tell
   */
  void members(List<MemberIdentifier> members, int ssci) {
    membersInOrder = List.copyOf(members);
    keyServerSsci = ssci;
  }

  /** As many as {@link #members} said. */
  int memberCount() {
    return membersInOrder.size();
  }

  /** A lowest acceptable packet number that a member has told, all 64 bits. */
  void told(long lowestPn) {
    packetNumbersTold.add(lowestPn & ~LOW_HALF);
    if (packetNumbersTold.size() > MAX_UPPER_HALVES) {
      packetNumbersTold.pollFirst();
    }
  }

  /** Upper halves, in place, that members have told. */
  List<Long> upperHalvesTold() {
    return List.copyOf(packetNumbersTold);
  }

  /**
   * SSCIs that a member may have, likeliest first. By IEEE 802.1X 9.10 they follow the order of the
   * SCIs, the greatest being 1; from version 3 on the key server also tells its own, and lists its
   * peers in the order of theirs.
   *
   * @param sci the member
   * @param directory the SCI of each member identifier; gives null for one that never spoke
   */
  List<Integer> ssciCandidates(Sci sci, Function<MemberIdentifier, @Nullable Sci> directory) {
    List<@Nullable Sci> members = new ArrayList<>();
    TreeSet<Sci> greatestFirst = new TreeSet<>(Comparator.reverseOrder());
    for (MemberIdentifier member : membersInOrder) {
      Sci known = directory.apply(member);
      members.add(known);
      if (known != null) {
        greatestFirst.add(known);
      }
    }
    List<Integer> candidates = new ArrayList<>();
    if (keyServerSsci != 0) {
      add(candidates, byListOrder(members.indexOf(sci)));
    }
    if (greatestFirst.contains(sci)) {
      add(candidates, greatestFirst.headSet(sci).size() + 1);
    }
    for (int ssci = 1; ssci <= Math.min(members.size() + 2, MAX_SSCIS_TRIED); ssci++) {
      add(candidates, ssci);
    }
    return candidates;
  }

  /** The key server stands first in our list; its peers share out the SSCIs that it left. */
  private int byListOrder(int index) {
    if (index <= 0) {
      return index < 0 ? 0 : keyServerSsci;
    }
    return index < keyServerSsci ? index : index + 1;
  }

  private static void add(List<Integer> candidates, int ssci) {
    if (ssci > 0 && !candidates.contains(ssci)) {
      candidates.add(ssci);
    }
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** How people call it; never the octets. */
  @Override
  public String toString() {
    return identifier == null ? "the given key" : "KN " + identifier.keyNumber();
  }
}
