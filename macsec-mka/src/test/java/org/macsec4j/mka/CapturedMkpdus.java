package org.macsec4j.mka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recorded frames of {@code mkpdus.txt}, whose first lines say where they come from. */
public final class CapturedMkpdus {
  /** What an independent implementation found of an ICV. */
  public enum Verdict {
    OK,
    BAD,
    UNCHECKED
  }

  /** A CAK, in hexadecimal digits, and its name. */
  public record Key(String cak, Ckn ckn) {}

  /** A frame in hexadecimal digits, what is known of it, and the SAK in it. */
  public record Frame(
      String capture, Optional<Key> key, Verdict verdict, Optional<String> sak, String hex) {
    /** The frame, in a new array. */
    public byte[] octets() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private static final List<Frame> ALL = load();

  private CapturedMkpdus() {}

  /** All frames in their order. */
  public static List<Frame> all() {
    return ALL;
  }

  /** The frames of a capture. */
  public static List<Frame> of(String capture) {
    List<Frame> frames = ALL.stream().filter(frame -> frame.capture().equals(capture)).toList();
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("no capture " + capture);
    }
    return frames;
  }

  private static List<Frame> load() {
    List<Frame> frames = new ArrayList<>();
    Map<String, Key> keys = new HashMap<>();
    String capture = "";
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CapturedMkpdus.class.getResourceAsStream("/mkpdus.txt"), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("key")) {
          keys.put(words[1], new Key(words[2], Ckn.parse(words[3])));
        } else if (words[0].equals("capture")) {
          capture = words[1];
        } else if (!line.startsWith("#")) {
          frames.add(frame(capture, keys, words));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(frames);
  }

  private static Frame frame(String capture, Map<String, Key> keys, String[] words) {
    return new Frame(
        capture,
        Optional.ofNullable(keys.get(words[0])),
        Verdict.valueOf(words[1].toUpperCase(java.util.Locale.ROOT)),
        words[2].equals("-") ? Optional.empty() : Optional.of(words[2]),
        words[3]);
  }
}
