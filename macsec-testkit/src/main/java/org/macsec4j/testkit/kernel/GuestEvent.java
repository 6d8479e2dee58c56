package org.macsec4j.testkit.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that happened in the guest, and the line that tells it: the kind and four fields in
 * Base64, apart by blanks. A line is whole when its newline is there.
 *
 * @param kind what happened
 * @param id the unique id of the test or container in JUnit; empty if it is about none
 * @param parent the unique id of its container; empty if there is none
 * @param name its name as shown
 * @param detail what more there is to say, see {@link Kind}
 */
record GuestEvent(Kind kind, String id, String parent, String name, String detail) {
  enum Kind {
    /** A test or container begins. */
    STARTED,
    /** It ended well. */
    PASSED,
    /** It ended with the throwable in the detail ({@link Throwables}). */
    FAILED,
    /** It gave up with the throwable in the detail. */
    ABORTED,
    /** It is not run, for the reason in the detail. */
    SKIPPED,
    /** A report entry: the detail has its key and value, each on a line of their own in Base64. */
    REPORT,
    /** The detail was printed to the standard output. */
    OUT,
    /** The detail was printed to the standard error. */
    ERR,
    /** Nothing follows. */
    END
  }

  static GuestEvent of(Kind kind, String detail) {
    return new GuestEvent(kind, "", "", "", detail);
  }

  boolean isResult() {
    return switch (kind) {
      case PASSED, FAILED, ABORTED, SKIPPED -> true;
      case STARTED, REPORT, OUT, ERR, END -> false;
    };
  }

  String toLine() {
    return Stream.of(id, parent, name, detail)
        .map(GuestEvent::encode)
        .collect(Collectors.joining(" ", kind + " ", "\n"));
  }

  static GuestEvent parse(String line) {
    String[] fields = line.split(" ", -1);
    return new GuestEvent(
        Kind.valueOf(fields[0]),
        decode(fields[1]),
        decode(fields[2]),
        decode(fields[3]),
        decode(fields[4]));
  }

  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
