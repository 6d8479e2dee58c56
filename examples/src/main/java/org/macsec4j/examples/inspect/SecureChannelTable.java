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
  private static final int COLUMNS = 9;
  private static final int FIRST_NUMBER = 4;
  private static final int LAST_NUMBER = 7;

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

  /** The table, its columns as wide as their longest entry. */
  List<String> lines(Cast cast) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("from", "AN", "key", "PN", "frames", "ok", "bad", "no key", "what"));
    rows.forEach((name, row) -> cells.add(cells(cast, name, row)));
    if (others.frames() > 0) {
      cells.add(cells("others", "", "", "", others, ""));
    }
    int[] widths = new int[COLUMNS];
    for (List<String> line : cells) {
      for (int i = 0; i < COLUMNS; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return cells.stream().map(line -> line(line, widths)).toList();
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < COLUMNS; i++) {
      String cell = cells.get(i);
      String blanks = " ".repeat(widths[i] - cell.length());
      boolean number = i >= FIRST_NUMBER && i <= LAST_NUMBER;
      line.append(number ? blanks + cell : cell + blanks).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static List<String> cells(Cast cast, Name name, Row row) {
    String range = row.first.equals(row.last) ? row.first : row.first + ".." + row.last;
    return cells(
        name.sci().map(cast::nameOf).orElse(name.source()),
        String.valueOf(name.an()),
        key(name.sak(), cast),
        range,
        row,
        what(name.sak(), row));
  }

  private static List<String> cells(
      String from, String an, String key, String range, Row row, String what) {
    return List.of(
        from,
        an,
        key,
        range,
        String.valueOf(row.frames()),
        dashed(row.ok),
        dashed(row.bad),
        dashed(row.noKey),
        what);
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
}
