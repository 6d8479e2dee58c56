package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.testkit.dataplane.FrameCipher;
import org.macsec4j.testkit.dataplane.SecTag;

/**
 * Opens MACsec frames with whatever keys are at hand.
 *
 * <p>A bystander knows less than a SecY. Association numbers come round, so several keys of a CA
 * have the same one; a tag may leave out the SCI; nobody tells the upper half of an extended packet
 * number, and SSCIs follow from who was live at a moment that the capture may lack. So there are
 * candidates for each, the likeliest first, and GCM decides: none but the right combination
 * authenticates. What was right for an SA is tried first on its next frame, so that in practice one
 * attempt is enough.
 */
final class FrameOpener {
  private static final int MAX_CIPHERS = 512;
  private static final int MAX_MEMORIES = 4096;

  /** Upper halves tried when nobody told one: half a day of a gigabit link full of short frames. */
  private static final int BLIND_UPPER_HALVES = 16;

  private static final KeyIdentifier NAMELESS = KeyIdentifier.of(new byte[KeyIdentifier.LENGTH]);

  private final MkaLearner learner;
  private final Map<Sci, Integer> givenSscis;
  private final Map<AssociationNumber, List<KnownSak>> saks =
      new EnumMap<>(AssociationNumber.class);
  private final Set<Sci> givenScis = new LinkedHashSet<>();
  private final Map<Association, Memory> memories = new BoundedMap<>(MAX_MEMORIES, memory -> {});
  private final Map<CipherName, FrameCipher> ciphers =
      new BoundedMap<>(MAX_CIPHERS, FrameCipher::destroy);

  private record Association(KnownSak sak, Sci sci) {}

  /** The greatest packet number that was right so far, and the SSCI. */
  private record Memory(PacketNumber packetNumber, int ssci) {}

  private record CipherName(
      KnownSak sak, Sci sci, int ssci, ConfidentialityOffset confidentialityOffset) {}

  /**
   * What became of a frame.
   *
   * @param verdict the verdict
   * @param sci the sender; empty when nobody can tell
   * @param opened the frame, when the verdict is ok
   */
  record Result(DataVerdict verdict, Optional<Sci> sci, Optional<OpenedFrame> opened) {}

  FrameOpener(MkaLearner learner, List<KnownSak> given, Map<Sci, Integer> givenSscis) {
    this.learner = learner;
    this.givenSscis = givenSscis;
    for (KnownSak sak : given) {
      add(sak);
      Sci sci = sak.onlySci();
      if (sci != null) {
        givenScis.add(sci);
      }
    }
    learner.saks().forEach(this::add);
  }

  private void add(KnownSak sak) {
    saks.computeIfAbsent(sak.an(), an -> new ArrayList<>()).add(sak);
  }

  /**
   * Tries the keys on a frame whose tag is well-formed.
   *
   * @param number its place in the file
   * @param frame the frame without outer VLAN tags, its length that which the tag tells
   * @param tag its SecTAG
   */
  Result open(long number, byte[] frame, SecTag tag) {
    MacAddress source = MacAddress.of(frame, MacAddress.LENGTH);
    Optional<Sci> told = tag.channel(source);
    Collection<Sci> scis = told.<Collection<Sci>>map(List::of).orElseGet(() -> guess(source));
    boolean keyed = false;
    for (KnownSak sak : likeliestFirst(number, tag.an())) {
      for (Sci sci : scis) {
        Sci only = sak.onlySci();
        if (only != null && !only.equals(sci)) {
          continue;
        }
        keyed |= only != null || learner.isMember(sak.ckn(), sci);
        OpenedFrame opened = open(frame, tag, sak, sci);
        if (opened != null) {
          return new Result(DataVerdict.OK, Optional.of(sci), Optional.of(opened));
        }
      }
    }
    DataVerdict verdict = keyed ? DataVerdict.BAD : DataVerdict.NO_KEY;
    return new Result(verdict, told, Optional.empty());
  }

  /** The newest key of before the frame, older ones, then those that came after it. */
  private List<KnownSak> likeliestFirst(long number, AssociationNumber an) {
    List<KnownSak> all = saks.getOrDefault(an, List.of());
    if (all.size() < 2) {
      return all;
    }
    List<KnownSak> before = new ArrayList<>(all.size());
    List<KnownSak> after = new ArrayList<>();
    for (KnownSak sak : all) {
      if (sak.learnedAt() <= number) {
        before.add(0, sak);
      } else {
        after.add(sak);
      }
    }
    before.addAll(after);
    return before;
  }

  /** A tag without ES and SC: whoever has the address, or else anybody. */
  private Collection<Sci> guess(MacAddress source) {
    Set<Sci> all = new LinkedHashSet<>(givenScis);
    for (KnownSak sak : learner.saks()) {
      all.addAll(learner.membersOf(sak.ckn()));
    }
    Set<Sci> likeliestFirst = new LinkedHashSet<>();
    for (Sci sci : all) {
      if (sci.address().equals(source)) {
        likeliestFirst.add(sci);
      }
    }
    likeliestFirst.addAll(all);
    likeliestFirst.add(new Sci(source, Sci.END_STATION_PORT));
    return likeliestFirst;
  }

  private @Nullable OpenedFrame open(byte[] frame, SecTag tag, KnownSak sak, Sci sci) {
    Association association = new Association(sak, sci);
    Memory memory = memories.get(association);
    for (ConfidentialityOffset offset : offsets(sak, tag)) {
      for (int ssci : sscis(sak, sci, memory)) {
        for (PacketNumber pn : packetNumbers(sak, tag, memory)) {
          Optional<byte[]> user = cipher(sak, sci, ssci, offset).open(frame, pn);
          if (user.isPresent()) {
            OpenedFrame opened = new OpenedFrame(sak, sci, pn, ssci, user.get());
            if (memory == null || pn.isAtLeast(memory.packetNumber())) {
              memories.put(association, new Memory(pn, ssci));
            }
            return opened;
          }
        }
      }
    }
    return null;
  }

  /**
   * Without encryption the offset changes nothing; the XPN suites have none (802.1AE 14.7), so that
   * no frame can be protected with what a key server may have said.
   */
  private static List<ConfidentialityOffset> offsets(KnownSak sak, SecTag tag) {
    return tag.encrypted() && !sak.suite().isXpn()
        ? sak.offsets()
        : List.of(ConfidentialityOffset.OFFSET_0);
  }

  private List<Integer> sscis(KnownSak sak, Sci sci, @Nullable Memory memory) {
    if (!sak.suite().isXpn()) {
      return List.of(0);
    }
    if (sak.onlySsci() != 0) {
      return List.of(sak.onlySsci());
    }
    Integer given = givenSscis.get(sci);
    if (given != null) {
      return List.of(given);
    }
    // A member keeps its SSCI as long as the key lives.
    return memory != null
        ? List.of(memory.ssci())
        : sak.ssciCandidates(sci, member -> learner.sciOf(sak.ckn(), member));
  }

  private static Collection<PacketNumber> packetNumbers(
      KnownSak sak, SecTag tag, @Nullable Memory memory) {
    long low = Integer.toUnsignedLong(tag.packetNumber());
    if (!sak.suite().isXpn()) {
      return List.of(PacketNumber.of(low));
    }
    Set<PacketNumber> candidates = new LinkedHashSet<>();
    if (memory != null) {
      candidates.add(tag.packetNumber(memory.packetNumber()));
      addAround(candidates, memory.packetNumber().value() >>> Integer.SIZE, low);
    }
    candidates.add(PacketNumber.of(low));
    for (long told : sak.upperHalvesTold()) {
      addAround(candidates, told >>> Integer.SIZE, low);
    }
    boolean blind = memory == null && sak.upperHalvesTold().isEmpty();
    for (long high = 1; blind && high < BLIND_UPPER_HALVES; high++) {
      candidates.add(PacketNumber.of((high << Integer.SIZE) | low));
    }
    return candidates;
  }

  private static void addAround(Set<PacketNumber> candidates, long high, long low) {
    for (long near : new long[] {high, high + 1, high - 1}) {
      if (near >= 0) {
        candidates.add(PacketNumber.of((near << Integer.SIZE) | low));
      }
    }
  }

  private FrameCipher cipher(KnownSak sak, Sci sci, int ssci, ConfidentialityOffset offset) {
    // Integrity only is a matter of the frame's E bit; for the cipher it is no offset.
    ConfidentialityOffset effective =
        offset.isConfidential() ? offset : ConfidentialityOffset.OFFSET_0;
    CipherName name = new CipherName(sak, sci, ssci, effective);
    FrameCipher known = ciphers.get(name);
    if (known != null) {
      return known;
    }
    FrameCipher fresh = build(name);
    ciphers.put(name, fresh);
    return fresh;
  }

  private static FrameCipher build(CipherName name) {
    byte[] octets = name.sak().octets();
    Salt salt = name.sak().salt();
    SecureAssociationKey key =
        salt == null
            ? SecureAssociationKey.of(NAMELESS, octets)
            : SecureAssociationKey.ofXpn(NAMELESS, octets, salt);
    Arrays.fill(octets, (byte) 0);
    FrameCipher.Builder builder =
        FrameCipher.builder(name.sak().suite(), key, name.sci())
            .confidentialityOffset(name.confidentialityOffset());
    if (name.ssci() != 0) {
      builder.ssci(Ssci.of(name.ssci()));
    }
    try {
      return builder.build();
    } finally {
      key.destroy();
    }
  }

  void destroy() {
    ciphers.values().forEach(FrameCipher::destroy);
    ciphers.clear();
    memories.clear();
  }

  /** Forgets what was not used for longest. */
  private static final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int limit;
    private final transient Consumer<V> forgotten;

    BoundedMap(int limit, Consumer<V> forgotten) {
      super(16, 0.75f, true);
      this.limit = limit;
      this.forgotten = forgotten;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      boolean full = size() > limit;
      if (full) {
        forgotten.accept(eldest.getValue());
      }
      return full;
    }
  }
}
