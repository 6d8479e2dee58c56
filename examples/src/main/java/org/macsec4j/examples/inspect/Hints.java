package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.macsec4j.mka.Ckn;

/** Watches for what is off, and says what a user can do about it. */
final class Hints {
  /** Names in clear in any number of MKPDUs: somebody scans; the first ones tell enough. */
  private static final int MAX_CKNS = 32;

  private static final int MAX_SENDERS = 8;

  private final Cast cast;
  private final Set<Ckn> given = new LinkedHashSet<>();
  private final Map<Ckn, PerCkn> seen = new LinkedHashMap<>();
  private long keysNotUnwrapped;
  private long cut;
  private long repeated;
  private long malformed;

  private static final class PerCkn {
    private final Map<String, Long> badFrom = new LinkedHashMap<>();
    private final Set<String> uncheckedFrom = new LinkedHashSet<>();
    private long ok;
    private long bad;
    private long unchecked;
  }

  Hints(Cast cast, InspectKeys keys) {
    this.cast = cast;
    keys.caks().forEach(named -> given.add(named.ckn()));
  }

  void add(Finding finding) {
    if (finding instanceof Finding.MkaFrame mka) {
      addMka(mka);
    } else if (finding instanceof Finding.Cut) {
      cut++;
    } else if (finding instanceof Finding.Malformed) {
      malformed++;
    }
  }

  /** An MKPDU whose message number is not above that of the one before. */
  void addRepeated() {
    repeated++;
  }

  private void addMka(Finding.MkaFrame found) {
    boolean hasKey = found.mkpdu().distributedSak().map(set -> set.hasKey()).orElse(false);
    if (hasKey && found.icv() == IcvVerdict.OK && found.sak().isEmpty()) {
      keysNotUnwrapped++;
    }
    Ckn ckn = found.mkpdu().basic().ckn();
    if (!seen.containsKey(ckn) && seen.size() == MAX_CKNS) {
      return;
    }
    PerCkn per = seen.computeIfAbsent(ckn, name -> new PerCkn());
    String sender = cast.nameOf(found.mkpdu().basic().sci());
    switch (found.icv()) {
      case OK -> per.ok++;
      case BAD -> {
        per.bad++;
        if (per.badFrom.size() < MAX_SENDERS || per.badFrom.containsKey(sender)) {
          per.badFrom.merge(sender, 1L, Long::sum);
        }
      }
      case UNCHECKED -> {
        per.unchecked++;
        if (per.uncheckedFrom.size() < MAX_SENDERS) {
          per.uncheckedFrom.add(sender);
        }
      }
    }
  }

  List<String> lines(SecureChannelTable data) {
    List<String> lines = new ArrayList<>();
    seen.forEach((ckn, per) -> aboutCkn(lines, ckn, per));
    for (Ckn ckn : given) {
      if (!seen.containsKey(ckn)) {
        lines.add("no MKPDU bears the given CKN " + shorten(ckn) + "; names must match exactly");
      }
    }
    if (keysNotUnwrapped > 0) {
      lines.add(
          count(keysNotUnwrapped, "MKPDU distributes", "MKPDUs distribute")
              + " a SAK that cannot be unwrapped, or of a cipher suite that is not known");
    }
    if (repeated > 0) {
      lines.add(
          count(repeated, "MKPDU repeats", "MKPDUs repeat")
              + " an old message number: captured twice, or replayed");
    }
    aboutData(lines, data);
    if (cut > 0) {
      lines.add(
          count(cut, "frame was", "frames were")
              + " cut by the capture: without its end no ICV can be verified; capture whole frames"
              + " (tcpdump -s 0)");
    }
    if (malformed > 0) {
      lines.add(
          count(malformed, "frame breaks", "frames break")
              + " the rules of its protocol; a receiver drops it unread");
    }
    return lines;
  }

  private static void aboutCkn(List<String> lines, Ckn ckn, PerCkn per) {
    if (per.unchecked > 0) {
      lines.add(
          count(per.unchecked, "MKPDU", "MKPDUs")
              + " of "
              + String.join(", ", per.uncheckedFrom)
              + " under CKN "
              + shorten(ckn)
              + " went unchecked: give its CAK with --ckn "
              + ckn
              + " --cak HEX");
    }
    if (per.bad > 0 && per.ok == 0) {
      lines.add(
          "no MKPDU under CKN "
              + shorten(ckn)
              + " holds under the CAK given for it: is it another key, or of another length?");
    } else if (per.bad > 0) {
      per.badFrom.forEach(
          (sender, times) ->
              lines.add(
                  count(times, "MKPDU", "MKPDUs")
                      + " of "
                      + sender
                      + " under CKN "
                      + shorten(ckn)
                      + (times == 1 ? " fails" : " fail")
                      + " under the CAK given for it: "
                      + sender
                      + " has another CAK, or the frames were altered"));
    }
  }

  private void aboutData(List<String> lines, SecureChannelTable data) {
    long noKey = 0;
    for (Map.Entry<SecureChannelTable.Name, SecureChannelTable.Row> entry :
        data.rows().entrySet()) {
      SecureChannelTable.Name name = entry.getKey();
      noKey += entry.getValue().noKey();
      long bad = entry.getValue().bad();
      if (bad > 0 && lines.size() < MAX_CKNS) {
        lines.add(
            count(bad, "MACsec frame", "MACsec frames")
                + " of "
                + name.sci().map(cast::nameOf).orElse(name.source())
                + " on AN "
                + name.an()
                + (bad == 1 ? " opens" : " open")
                + " under no key at hand: altered, or protected with a key that the capture lacks");
      }
    }
    if (noKey > 0) {
      lines.add(
          count(noKey, "MACsec frame has", "MACsec frames have")
              + " no key: give the CAK and CKN if the capture holds the MKPDUs that distribute it, or"
              + " --sak SCI:AN:HEX");
    }
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** The first and last octets of a long name. */
  static String shorten(Ckn ckn) {
    String hex = ckn.toString();
    return hex.length() <= 16 ? hex : hex.substring(0, 8) + "…" + hex.substring(hex.length() - 4);
  }
}
