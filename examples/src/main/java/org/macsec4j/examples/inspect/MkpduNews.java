package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.AnnouncementTlv;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.UnknownParameterSet;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * What is new in an MKPDU, compared with the one before of the same sender, in sentences that its
 * sender could say. A hello that only counts on has no news.
 */
final class MkpduNews {
  private static final int SHORT_MI = 8;

  private final Cast cast;
  private final boolean showKeys;
  private final List<String> news = new ArrayList<>();

  private MkpduNews(Cast cast, boolean showKeys) {
    this.cast = cast;
    this.showKeys = showKeys;
  }

  /**
   * The news.
   *
   * @param before what the sender said before; null when it never spoke
   * @param now what it says
   * @param cast names
   * @param showKeys whether SAKs are shown
   * @return sentences; empty when there is nothing new
   */
  static List<String> of(
      Finding.@Nullable MkaFrame before, Finding.MkaFrame now, Cast cast, boolean showKeys) {
    MkpduNews teller = new MkpduNews(cast, showKeys);
    teller.tell(before, now);
    return teller.news;
  }

  private void tell(Finding.@Nullable MkaFrame before, Finding.MkaFrame now) {
    Mkpdu then = before == null ? null : before.mkpdu();
    boolean fresh = then == null || isReborn(then, now.mkpdu());
    identity(then, now.mkpdu());
    if (fresh || then == null) {
      role(now.mkpdu());
      then = null;
    } else {
      roleChanges(then.basic(), now.mkpdu().basic());
    }
    peers(then, now.mkpdu());
    distributedSak(then, now);
    distributedCak(then, now);
    sakUse(then, now.mkpdu());
    announcement(then, now.mkpdu());
    suspension(then, now.mkpdu());
    unknown(then, now.mkpdu());
  }

  private static boolean isReborn(Mkpdu then, Mkpdu now) {
    return !now.basic().actorMemberIdentifier().equals(then.basic().actorMemberIdentifier());
  }

  private void identity(@Nullable Mkpdu then, Mkpdu now) {
    BasicParameterSet basic = now.basic();
    String mi = basic.actorMemberIdentifier().toString().substring(0, SHORT_MI) + "…";
    if (then == null) {
      news.add("appears, MI " + mi + ", MKA version " + basic.version());
    } else if (isReborn(then, now)) {
      String name = cast.nameOf(basic.actorMemberIdentifier());
      news.add("has a new MI, " + mi + ": is " + name + " from now on");
    } else if (basic.actorMessageNumber() < then.basic().actorMessageNumber()) {
      news.add("an old MKPDU again, after MN " + then.basic().actorMessageNumber());
    } else if (basic.actorMessageNumber() > then.basic().actorMessageNumber() + 1) {
      long missing = basic.actorMessageNumber() - then.basic().actorMessageNumber() - 1;
      news.add(missing + (missing == 1 ? " MKPDU" : " MKPDUs") + " of it not captured");
    }
  }

  private void role(Mkpdu now) {
    BasicParameterSet basic = now.basic();
    String server = basic.keyServer() ? ", I am the key server" : "";
    news.add("priority " + basic.keyServerPriority() + server + ", " + wish(basic));
  }

  private static String wish(BasicParameterSet basic) {
    if (!basic.macsecDesired()) {
      return "no MACsec wanted";
    }
    return switch (basic.macsecCapability()) {
      case NONE -> "MACsec wanted but not there";
      case INTEGRITY -> "MACsec wanted, integrity only";
      case CONFIDENTIALITY_OFFSET_0 -> "MACsec wanted, encryption";
      case CONFIDENTIALITY_OFFSET_0_30_50 -> "MACsec wanted, encryption from octet 0, 30 or 50";
    };
  }

  private void roleChanges(BasicParameterSet then, BasicParameterSet now) {
    if (then.keyServer() != now.keyServer()) {
      news.add(now.keyServer() ? "I am the key server" : "I am not the key server");
    }
    if (then.keyServerPriority() != now.keyServerPriority()) {
      news.add("priority " + now.keyServerPriority());
    }
    if (!wish(then).equals(wish(now))) {
      news.add(wish(now));
    }
    if (then.version() != now.version()) {
      news.add("MKA version " + now.version());
    }
  }

  private void peers(@Nullable Mkpdu then, Mkpdu now) {
    Set<MemberIdentifier> live = live(now);
    Set<MemberIdentifier> potential = potential(now);
    Set<MemberIdentifier> liveThen = live(then);
    Set<MemberIdentifier> potentialThen = potential(then);
    for (MemberIdentifier peer : live) {
      if (!liveThen.contains(peer)) {
        news.add("I hear " + cast.nameOf(peer) + ", and it hears me: live");
      }
    }
    for (MemberIdentifier peer : potential) {
      if (!potentialThen.contains(peer)) {
        boolean wasLive = liveThen.contains(peer);
        String name = cast.nameOf(peer);
        news.add(wasLive ? name + " is potential again" : "I hear " + name + ": potential");
      }
    }
    Set<MemberIdentifier> gone = new LinkedHashSet<>(liveThen);
    gone.addAll(potentialThen);
    gone.removeAll(live);
    gone.removeAll(potential);
    gone.forEach(peer -> news.add("no longer lists " + cast.nameOf(peer)));
  }

  private static Set<MemberIdentifier> live(@Nullable Mkpdu mkpdu) {
    return mkpdu == null
        ? Set.of()
        : mkpdu.livePeers().map(list -> identifiers(list.peers())).orElse(Set.of());
  }

  private static Set<MemberIdentifier> potential(@Nullable Mkpdu mkpdu) {
    return mkpdu == null
        ? Set.of()
        : mkpdu.potentialPeers().map(list -> identifiers(list.peers())).orElse(Set.of());
  }

  private static Set<MemberIdentifier> identifiers(List<PeerEntry> peers) {
    Set<MemberIdentifier> identifiers = new LinkedHashSet<>();
    peers.forEach(peer -> identifiers.add(peer.memberIdentifier()));
    return identifiers;
  }

  private void distributedSak(@Nullable Mkpdu then, Finding.MkaFrame found) {
    DistributedSak set = found.mkpdu().distributedSak().orElse(null);
    DistributedSak before = then == null ? null : then.distributedSak().orElse(null);
    if (set == null || set.equals(before)) {
      return;
    }
    if (!set.hasKey()) {
      news.add("distributes no key: go on without MACsec");
      return;
    }
    String offset =
        set.confidentialityOffset().isConfidential()
            ? "confidentiality offset " + set.confidentialityOffset().octets()
            : "integrity only";
    news.add(
        "distributes KN "
            + set.keyNumber()
            + " on AN "
            + set.associationNumber()
            + ", "
            + JsonParameterSets.suite(set)
            + ", "
            + offset
            + (found.sak().isPresent() ? " (unwrapped)" : " (not unwrapped)"));
    if (showKeys) {
      found.sak().ifPresent(sak -> news.add("SAK " + sak.toHex()));
    }
  }

  private void distributedCak(@Nullable Mkpdu then, Finding.MkaFrame found) {
    boolean repeated = then != null && then.distributedCak().equals(found.mkpdu().distributedCak());
    if (found.mkpdu().distributedCak().isPresent() && !repeated) {
      news.add(
          "distributes a CAK"
              + found.cakName().map(ckn -> ", CKN " + ckn + " (unwrapped)").orElse(""));
    }
  }

  private void sakUse(@Nullable Mkpdu then, Mkpdu now) {
    MacsecSakUse before = then == null ? null : then.sakUse().orElse(null);
    MacsecSakUse use = now.sakUse().orElse(null);
    Map<MkaKeyIdentifier, KeyUse> keysBefore = keys(before);
    Map<MkaKeyIdentifier, KeyUse> keys = keys(use);
    keys.forEach((key, what) -> keyUse(keysBefore.get(key), what));
    for (MkaKeyIdentifier key : keysBefore.keySet()) {
      if (!keys.containsKey(key)) {
        news.add("has given up " + name(key));
      }
    }
    if (use != null && before != null && use.delayProtect() != before.delayProtect()) {
      news.add(use.delayProtect() ? "delay protection is on" : "delay protection is off");
    }
    if (use != null && (before == null || plain(use) != plain(before)) && plain(use)) {
      news.add("frames without protection are sent and taken");
    }
  }

  private static boolean plain(MacsecSakUse use) {
    return use.plainTransmit() && use.plainReceive();
  }

  private static Map<MkaKeyIdentifier, KeyUse> keys(@Nullable MacsecSakUse use) {
    Map<MkaKeyIdentifier, KeyUse> keys = new LinkedHashMap<>();
    if (use != null && use.latest().isPresent()) {
      keys.put(use.latest().key(), use.latest());
    }
    if (use != null && use.old().isPresent()) {
      keys.putIfAbsent(use.old().key(), use.old());
    }
    return keys;
  }

  private void keyUse(@Nullable KeyUse before, KeyUse now) {
    boolean receivedBefore = before != null && before.receives();
    boolean sentBefore = before != null && before.transmits();
    String key = name(now.key()) + " on AN " + now.associationNumber();
    if (now.receives() && !receivedBefore && now.transmits() && !sentBefore) {
      news.add("receives and transmits with " + key);
    } else if (now.receives() && !receivedBefore) {
      news.add("receives with " + key);
    } else if (now.transmits() && !sentBefore) {
      news.add("transmits with " + key);
    } else if (sentBefore && !now.transmits()) {
      news.add("no longer transmits with " + key);
    } else if (before == null) {
      news.add("names " + key + ", not in use yet");
    }
  }

  private String name(MkaKeyIdentifier key) {
    return "KN " + key.keyNumber() + " of " + cast.nameOf(key.keyServer());
  }

  private void announcement(@Nullable Mkpdu then, Mkpdu now) {
    if (then != null && then.announcement().equals(now.announcement())) {
      return;
    }
    List<String> suites = new ArrayList<>();
    now.announcement()
        .flatMap(set -> set.cipherSuites())
        .ifPresent(list -> list.forEach(suite -> suites.add(name(suite))));
    if (!suites.isEmpty()) {
      news.add("can do " + String.join(", ", suites));
    }
  }

  private static String name(AnnouncementTlv.AnnouncedSuite suite) {
    return suite.cipherSuite().map(Object::toString).orElse(Long.toHexString(suite.suiteId()));
  }

  private void suspension(@Nullable Mkpdu then, Mkpdu now) {
    int seconds = now.xpn().map(XpnParameterSet::suspensionTimeSeconds).orElse(0);
    int before =
        then == null ? 0 : then.xpn().map(XpnParameterSet::suspensionTimeSeconds).orElse(0);
    if (seconds != 0 && seconds != before) {
      news.add("suspends MKA for " + seconds + " s");
    }
  }

  private void unknown(@Nullable Mkpdu then, Mkpdu now) {
    Set<Integer> types = unknownTypes(now);
    if (!types.isEmpty() && !types.equals(unknownTypes(then))) {
      news.add("parameter sets of unknown types " + types);
    }
  }

  private static Set<Integer> unknownTypes(@Nullable Mkpdu mkpdu) {
    Set<Integer> types = new LinkedHashSet<>();
    if (mkpdu != null) {
      mkpdu.sets().stream()
          .filter(UnknownParameterSet.class::isInstance)
          .forEach(set -> types.add(set.type()));
    }
    return types;
  }
}
