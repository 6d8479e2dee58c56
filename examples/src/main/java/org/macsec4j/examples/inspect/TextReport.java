package org.macsec4j.examples.inspect;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.BasicParameterSet;

/**
 * Findings for people: the MKA conversation as a dialogue, in which only what changes is said and
 * hellos without news are counted; then the data frames by sender and key, the counters, and hints.
 */
final class TextReport implements Report {
  private static final int NAME_WIDTH = 4;

  /** Members that take part in that many CAs are none; what they say is shown as if new. */
  private static final int MAX_STATES = 10_000;

  private final PrintWriter out;
  private final String fileName;
  private final InspectKeys keys;
  private final boolean showKeys;
  private final Style style;
  private final Map<Speaker, Finding.MkaFrame> lastWords = new LinkedHashMap<>();
  private final Map<String, Long> quiet = new LinkedHashMap<>();
  private final SecureChannelTable data = new SecureChannelTable();
  private Overview overview =
      new Overview("", 0, CapturedFrame.NO_TIME, CapturedFrame.NO_TIME, new Cast());
  private Hints hints;
  private @Nullable Ckn topic;
  private boolean opened;

  private record Speaker(Ckn ckn, Sci sci) {}

  /**
   * A report.
   *
   * @param out where the lines go; flushed at the end
   * @param fileName the name of the capture
   * @param keys what is known of its keys
   * @param showKeys whether unwrapped keys are written
   * @param style colours or none
   */
  TextReport(PrintWriter out, String fileName, InspectKeys keys, boolean showKeys, Style style) {
    this.out = out;
    this.fileName = Printable.of(fileName);
    this.keys = keys;
    this.showKeys = showKeys;
    this.style = style;
    this.hints = new Hints(overview.cast(), keys);
  }

  @Override
  public void begin(Overview found) {
    overview = found;
    hints = new Hints(found.cast(), keys);
    String span =
        found.firstNanos() == CapturedFrame.NO_TIME
            ? ""
            : " in " + Times.millis(found.lastNanos() - found.firstNanos()) + " s";
    line(fileName + ": " + found.format() + ", " + found.frames() + " frames" + span);
    if (!found.cast().names().isEmpty()) {
      line("");
    }
    found.cast().names().forEach((sci, name) -> line("  " + pad(name) + sci));
  }

  @Override
  public void found(Finding finding) {
    hints.add(finding);
    if (finding instanceof Finding.MkaFrame mka) {
      say(mka);
    } else if (finding instanceof Finding.MacsecFrame macsec) {
      say(macsec);
    } else if (finding instanceof Finding.Malformed malformed) {
      String what = malformed.protocol().equals("mka") ? "MKPDU" : "MACsec frame";
      String where = " (frame " + malformed.frame().number() + ", octet " + malformed.offset();
      String text = "malformed " + what + ": " + malformed.why() + where + ")";
      say(malformed.frame(), malformed.source() + "  ", List.of(style.bad(text)));
    }
  }

  private void say(Finding.MkaFrame found) {
    Ckn ckn = found.mkpdu().basic().ckn();
    Sci sci = found.mkpdu().basic().sci();
    Speaker speaker = new Speaker(ckn, sci);
    Finding.MkaFrame before = lastWords.get(speaker);
    List<String> news = MkpduNews.of(before, found, overview.cast(), showKeys);
    if (before == null || before.icv() != found.icv()) {
      addVerdict(news, before, found);
    }
    boolean repeats = before != null && repeats(before, found);
    if (repeats) {
      hints.addRepeated();
    } else if (before != null || lastWords.size() < MAX_STATES) {
      lastWords.put(speaker, found);
    }
    String name = overview.cast().nameOf(sci);
    if (news.isEmpty()) {
      quiet.merge(name, 1L, Long::sum);
      return;
    }
    if (!ckn.equals(topic)) {
      flushQuiet();
      open();
      line("  " + style.faint("under CKN " + Hints.shorten(ckn) + octets(ckn)));
      topic = ckn;
    }
    String head = "MN " + found.mkpdu().basic().actorMessageNumber() + ": ";
    news.set(0, head + news.get(0));
    say(found.frame(), pad(name), news);
  }

  /** A message number that is not above the last one: no receiver would take it. */
  private static boolean repeats(Finding.MkaFrame before, Finding.MkaFrame now) {
    BasicParameterSet then = before.mkpdu().basic();
    BasicParameterSet basic = now.mkpdu().basic();
    return basic.actorMemberIdentifier().equals(then.actorMemberIdentifier())
        && basic.actorMessageNumber() <= then.actorMessageNumber();
  }

  private static String octets(Ckn ckn) {
    return " (" + ckn.length() + (ckn.length() == 1 ? " octet)" : " octets)");
  }

  private void addVerdict(
      List<String> news, Finding.@Nullable MkaFrame before, Finding.MkaFrame found) {
    switch (found.icv()) {
      case OK -> {
        if (before != null) {
          news.add(style.good("its ICV holds again"));
        }
      }
      case BAD -> news.add(style.bad("its ICV fails under the CAK given for this CKN"));
      case UNCHECKED -> news.add(style.faint("not verified: no CAK given for this CKN"));
    }
  }

  private void say(Finding.MacsecFrame found) {
    if (!data.add(found)) {
      return;
    }
    String name = found.sci().map(overview.cast()::nameOf).orElseGet(() -> found.view().source());
    String place = "AN " + found.tag().an() + ", PN " + packetNumber(found);
    String text =
        switch (found.verdict()) {
          case OK -> "first frame protected with " + keyOf(found) + ": " + place;
          case BAD -> style.bad("a frame that no key at hand opens: " + place);
          case NO_KEY -> style.faint("first frame for which there is no key: " + place);
        };
    say(found.frame(), pad(name), List.of(text));
  }

  private static String packetNumber(Finding.MacsecFrame found) {
    return found
        .opened()
        .map(opened -> opened.packetNumber().toString())
        .orElse(Integer.toUnsignedString(found.tag().packetNumber()));
  }

  private String keyOf(Finding.MacsecFrame found) {
    KnownSak sak = found.opened().map(OpenedFrame::sak).orElse(null);
    MkaKeyIdentifier identifier = sak == null ? null : sak.identifier();
    return identifier == null
        ? "the given key"
        : "KN " + identifier.keyNumber() + " of " + overview.cast().nameOf(identifier.keyServer());
  }

  private void say(CapturedFrame frame, String who, List<String> sentences) {
    flushQuiet();
    open();
    String time =
        frame.timeNanos() == CapturedFrame.NO_TIME
            ? "?"
            : Times.millis(frame.timeNanos() - overview.firstNanos());
    String start = " ".repeat(Math.max(0, 10 - time.length())) + time + "  ";
    line(style.faint(start) + style.strong(who) + sentences.get(0));
    String indent = " ".repeat(start.length() + who.length());
    sentences.subList(1, sentences.size()).forEach(sentence -> line(indent + sentence));
  }

  private void open() {
    if (!opened) {
      opened = true;
      line("");
      line(style.strong("What was said"));
    }
  }

  private void flushQuiet() {
    if (quiet.isEmpty()) {
      return;
    }
    long all = 0;
    StringBuilder each = new StringBuilder();
    for (Map.Entry<String, Long> entry : quiet.entrySet()) {
      all += entry.getValue();
      each.append(each.isEmpty() ? "" : ", ").append(entry.getKey());
      each.append(' ').append(entry.getValue());
    }
    quiet.clear();
    String text = all + (all == 1 ? " hello" : " hellos") + " without news (" + each + ")";
    line(style.faint(" ".repeat(12) + "·   " + text));
  }

  @Override
  public void end(Summary summary) {
    flushQuiet();
    if (!data.isEmpty()) {
      line("");
      line(style.strong("Protected frames"));
      data.lines(overview.cast()).forEach(text -> line("  " + text));
    }
    line("");
    line(style.strong("Summary"));
    line("  frames     " + summary.frames());
    line(
        "  MKPDUs     "
            + summary.mkpdu()
            + ": ICV ok "
            + style.good(String.valueOf(summary.icvOk()))
            + ", bad "
            + alarm(summary.icvBad())
            + ", unchecked "
            + summary.icvUnchecked());
    line("  SAKs       " + summary.saks() + " unwrapped");
    line(
        "  MACsec     "
            + summary.macsec()
            + ": ok "
            + style.good(String.valueOf(summary.macsecOk()))
            + ", bad "
            + alarm(summary.macsecBad())
            + ", no key "
            + summary.macsecNoKey());
    line("  malformed  " + alarm(summary.malformed()));
    List<String> advice = hints.lines(data);
    if (!advice.isEmpty()) {
      line("");
      line(style.strong("Hints"));
      advice.forEach(text -> line("  - " + text));
    }
    out.flush();
  }

  private String alarm(long count) {
    return count == 0 ? "0" : style.bad(String.valueOf(count));
  }

  private static String pad(String name) {
    return name.length() >= NAME_WIDTH ? name + " " : name + " ".repeat(NAME_WIDTH - name.length());
  }

  private void line(String text) {
    out.print(text);
    out.print('\n');
  }
}
