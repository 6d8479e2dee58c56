package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.MkaKeyIdentifier;

/** Sums up data frames: one row for each sender, AN and key. */
final class SecureChannelTable {
  /** A capture with more SAs than that gets a last row for all others. */
  private static final int MAX_ROWS = 500;

  private static final int MAX_KINDS = 6;

  private final Map<Name, Row> rows = new LinkedHashMap<>();
  private final Row others = new Row();

  /**
   * A row.
   *
   * @param sci the sender, when it is known
   * @param source its address
   * @param an the association number
   * @param sak the key that authenticates; null when none does
   */
  record Name(Optional<Sci> sci, String source, int an, @Nullable KnownSak sak) {}

  /** What is summed up. */
  static final class Row {
    private final Map<String, Long> kinds = new LinkedHashMap<>();
    private long ok;
    private long bad;
    private long noKey;
    private String first = "";
    private String last = "";
    private long encrypted;

    private void add(Finding.MacsecFrame found) {
      switch (found.verdict()) {
        case OK -> ok++;
        case BAD -> bad++;
        case NO_KEY -> noKey++;
      }
      if (found.tag().encrypted()) {
        encrypted++;
      }
      last =
          found
              .opened()
              .map(opened -> opened.packetNumber().toString())
              .orElse(Integer.toUnsignedString(found.tag().packetNumber()));
      first = first.isEmpty() ? last : first;
      found.opened().ifPresent(opened -> count(InnerFrame.of(opened.userFrame()).kind()));
    }

    private void count(String kind) {
      boolean room = kinds.size() < MAX_KINDS || kinds.containsKey(kind);
      kinds.merge(room ? kind : "other", 1L, Long::sum);
    }

    long frames() {
      return ok + bad + noKey;
    }

    long bad() {
      return bad;
    }

    long noKey() {
      return noKey;
    }
  }

  /** Adds a frame; true when it is the first of its row. */
  boolean add(Finding.MacsecFrame found) {
    Name name =
        new Name(
            found.sci(),
            found.view().source(),
            found.tag().an().value(),
            found.opened().map(OpenedFrame::sak).orElse(null));
    Row row = rows.get(name);
    boolean first = row == null && rows.size() < MAX_ROWS;
    if (first) {
      row = new Row();
      rows.put(name, row);
    }
    (row == null ? others : row).add(found);
    return first;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Map<Name, Row> rows() {
    return rows;
  }

  List<String> lines(Cast cast) {
    List<String> lines = new ArrayList<>();
    lines.add(line("from", "AN", "key", "PN", "frames", "ok", "bad", "no key", "what"));
    rows.forEach((name, row) -> lines.add(line(cast, name, row)));
    if (others.frames() > 0) {
      lines.add(
          line(
              "others",
              "",
              "",
              "",
              String.valueOf(others.frames()),
              dashed(others.ok),
              dashed(others.bad),
              dashed(others.noKey),
              ""));
    }
    return lines;
  }

  private static String line(Cast cast, Name name, Row row) {
    String from = name.sci().map(cast::nameOf).orElse(name.source());
    String range = row.first.equals(row.last) ? row.first : row.first + ".." + row.last;
    return line(
        from,
        String.valueOf(name.an()),
        key(name.sak(), cast),
        range,
        String.valueOf(row.frames()),
        dashed(row.ok),
        dashed(row.bad),
        dashed(row.noKey),
        what(name.sak(), row));
  }

  private static String key(@Nullable KnownSak sak, Cast cast) {
    if (sak == null) {
      return "-";
    }
    MkaKeyIdentifier identifier = sak.identifier();
    return identifier == null
        ? "given"
        : "KN " + identifier.keyNumber() + " of " + cast.nameOf(identifier.keyServer());
  }

  private static String what(@Nullable KnownSak sak, Row row) {
    if (sak == null) {
      return row.encrypted == 0 ? "not encrypted" : "encrypted";
    }
    String suite = sak.suite() + (row.encrypted == 0 ? ", integrity only" : "");
    StringBuilder text = new StringBuilder(suite).append(": ");
    String comma = "";
    for (Map.Entry<String, Long> kind : row.kinds.entrySet()) {
      text.append(comma).append(kind.getValue()).append(' ').append(kind.getKey());
      comma = ", ";
    }
    return text.toString();
  }

  private static String dashed(long count) {
    return count == 0 ? "-" : String.valueOf(count);
  }

  private static String line(
      String from,
      String an,
      String key,
      String pn,
      String frames,
      String ok,
      String bad,
      String noKey,
      String what) {
    return pad(from, 6)
        + pad(an, 4)
        + pad(key, 14)
        + pad(pn, 14)
        + pad(frames, 8)
        + pad(ok, 6)
        + pad(bad, 6)
        + pad(noKey, 8)
        + what;
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }
}
