package org.macsec4j.examples.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.examples.inspect.InspectKeys;
import org.macsec4j.examples.inspect.StaticSak;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

/**
 * Makes keys of what the user typed. All mistakes are collected, so that one run tells of every
 * one, and no message repeats a digit: a key is often typed into the wrong option.
 */
final class KeyOptions {
  private static final long MAX_SSCI = 0xFFFF_FFFFL;

  /** A list of keys is small; anything larger is another file, such as the capture. */
  private static final long MAX_KEY_FILE = 1 << 20;

  private static final Pattern WORDS = Pattern.compile("\\s+");

  private static final Pattern LOGGED_SAK =
      Pattern.compile(
          "(?<key>\\p{XDigit}{32}|\\p{XDigit}{64}),\"sci=(?<sci>\\p{XDigit}{16}) an=(?<an>[0-3])"
              + " ki=\\p{XDigit}+(?: salt=(?<salt>\\p{XDigit}{24}) ssci=(?<ssci>\\d{1,10}))?\"");

  private final List<String> problems = new ArrayList<>();
  private final List<InspectKeys.NamedCak> caks = new ArrayList<>();
  private final List<StaticSak> saks = new ArrayList<>();
  private final Map<Sci, Integer> sscis = new LinkedHashMap<>();
  private @Nullable Salt salt;

  /** What was wrong, in the order of the options; empty when nothing was. */
  List<String> problems() {
    return problems;
  }

  InspectKeys keys() {
    return new InspectKeys(caks, saks, Optional.ofNullable(salt), sscis);
  }

  void named(List<String> cakDigits, List<String> cknDigits) {
    if (cakDigits.size() != cknDigits.size()) {
      problems.add(
          "--cak is given "
              + times(cakDigits.size())
              + " and --ckn "
              + times(cknDigits.size())
              + ": they go in pairs, in the same order");
    }
    for (int i = 0; i < Math.max(cakDigits.size(), cknDigits.size()); i++) {
      Cak cak = i < cakDigits.size() ? cak(cakDigits.get(i), place("--cak", i, cakDigits)) : null;
      Ckn ckn = i < cknDigits.size() ? ckn(cknDigits.get(i), place("--ckn", i, cknDigits)) : null;
      if (cak != null && ckn != null) {
        caks.add(new InspectKeys.NamedCak(ckn, cak));
      }
    }
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  private static String place(String option, int index, List<String> all) {
    return all.size() == 1 ? option : option + " number " + (index + 1);
  }

  private @Nullable Cak cak(String digits, String where) {
    byte[] octets = hex(digits, where, "a CAK is 32 or 64 hexadecimal digits", 16, 32);
    return octets == null ? null : Cak.of(octets);
  }

  private @Nullable Ckn ckn(String digits, String where) {
    String wanted = "a CKN is 2 to 64 hexadecimal digits";
    byte[] octets = hex(digits, where, wanted);
    if (octets != null && (octets.length == 0 || octets.length > Ckn.MAX_LENGTH)) {
      problems.add(where + ": " + wanted + ", not " + digits.length());
      return null;
    }
    return octets == null ? null : Ckn.of(octets);
  }

  /** Octets of one of the lengths, or of any when none is named; null after a mistake. */
  private byte @Nullable [] hex(String digits, String where, String wanted, int... lengths) {
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), 16) < 0 || digits.charAt(i) > 'f') {
        problems.add(where + ": " + wanted + "; character " + (i + 1) + " is none");
        return null;
      }
    }
    if (digits.length() % 2 != 0) {
      problems.add(where + ": " + wanted + ", not " + digits.length() + ", an odd number");
      return null;
    }
    byte[] octets = HexFormat.of().parseHex(digits);
    for (int length : lengths) {
      if (octets.length == length) {
        return octets;
      }
    }
    if (lengths.length > 0) {
      problems.add(where + ": " + wanted + ", not " + digits.length());
      return null;
    }
    return octets;
  }

  /** Lines of CKN and CAK, so that keys need not be in the list of processes. */
  void file(@Nullable Path file) {
    lines("--keys", file, this::cakLine);
  }

  /** Lines of a {@link org.macsec4j.mka.runtime.SakLog}. */
  void sakFile(@Nullable Path file) {
    lines("--saks", file, this::sakLine);
  }

  private void lines(String option, @Nullable Path file, BiConsumer<String, String> reader) {
    if (file == null) {
      return;
    }
    List<String> lines;
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_KEY_FILE) {
        problems.add(option + ": " + file + " is too large to be a list of keys");
        return;
      }
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      problems.add(option + ": " + file + " is not a text file");
      return;
    } catch (NoSuchFileException e) {
      problems.add(option + ": " + file + ": no such file");
      return;
    } catch (IOException e) {
      problems.add(option + ": " + file + " cannot be read");
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        reader.accept(line, option + ": " + file + ", line " + (i + 1));
      }
    }
  }

  private void sakLine(String line, String where) {
    Matcher parts = LOGGED_SAK.matcher(line);
    if (!parts.matches()) {
      problems.add(where + ": want a SAK and its SA, as macsec run --export-keys writes them");
      return;
    }
    byte[] octets = HexFormat.of().parseHex(parts.group("key"));
    String saltDigits = parts.group("salt");
    String ssciDigits = parts.group("ssci");
    Integer ssci = ssciDigits == null ? Integer.valueOf(0) : ssci(ssciDigits, where);
    if (ssci != null) {
      Salt itsSalt = saltDigits == null ? null : Salt.of(HexFormat.of().parseHex(saltDigits));
      AssociationNumber an = AssociationNumber.of(parts.group("an").charAt(0) - '0');
      saks.add(new StaticSak(Sci.parse(parts.group("sci")), an, octets, itsSalt, ssci));
    }
    Arrays.fill(octets, (byte) 0);
  }

  private void cakLine(String line, String where) {
    List<String> words = WORDS.splitAsStream(line).toList();
    if (words.size() != 2) {
      problems.add(where + ": want a CKN and a CAK, with a blank between");
      return;
    }
    Ckn ckn = ckn(words.get(0), where);
    Cak cak = cak(words.get(1), where);
    if (cak != null && ckn != null) {
      caks.add(new InspectKeys.NamedCak(ckn, cak));
    }
  }

  /** SCI:AN:HEX, read from the right, as an SCI may be written with colons. */
  void saks(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      sak(texts.get(i), place("--sak", i, texts));
    }
  }

  private void sak(String text, String where) {
    int second = text.lastIndexOf(':');
    int first = text.lastIndexOf(':', second - 1);
    if (second < 0 || first < 0) {
      problems.add(where + ": want SCI:AN:HEX");
      return;
    }
    Sci sci = sci(text.substring(0, first), where);
    String an = text.substring(first + 1, second);
    boolean anGood = an.length() == 1 && an.charAt(0) >= '0' && an.charAt(0) <= '3';
    if (!anGood) {
      problems.add(where + ": want SCI:AN:HEX with an AN of 0..3");
    }
    String wanted = "a SAK is 32 or 64 hexadecimal digits";
    byte[] octets = hex(text.substring(second + 1), where, wanted, 16, 32);
    if (sci != null && anGood && octets != null) {
      saks.add(new StaticSak(sci, AssociationNumber.of(an.charAt(0) - '0'), octets));
    }
  }

  private @Nullable Sci sci(String text, String where) {
    try {
      return Sci.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add(
          where
              + ": an SCI is 16 hexadecimal digits, or an address with its port as in"
              + " 02:00:00:00:0a:01/1");
      return null;
    }
  }

  void salt(@Nullable String digits) {
    if (digits != null) {
      byte[] octets = hex(digits, "--salt", "a salt is 24 hexadecimal digits", Salt.LENGTH);
      salt = octets == null ? null : Salt.of(octets);
    }
  }

  /** SCI=N. */
  void sscis(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      String where = place("--ssci", i, texts);
      String text = texts.get(i);
      int equals = text.indexOf('=');
      if (equals < 0) {
        problems.add(where + ": want SCI=N");
        continue;
      }
      Sci sci = sci(text.substring(0, equals), where);
      Integer ssci = ssci(text.substring(equals + 1), where);
      if (sci != null && ssci != null) {
        sscis.put(sci, ssci);
      }
    }
  }

  private @Nullable Integer ssci(String text, String where) {
    try {
      boolean hex = text.startsWith("0x");
      long value = Long.parseLong(hex ? text.substring(2) : text, hex ? 16 : 10);
      if (value >= 1 && value <= MAX_SSCI) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    problems.add(where + ": an SSCI is 1..4294967295, or 0x and hexadecimal digits");
    return null;
  }

  /** What one option asks of another. */
  void checkTogether(boolean saltGiven, boolean sakGiven, boolean ssciGiven, boolean cakGiven) {
    if (saltGiven && !sakGiven) {
      problems.add("--salt belongs to --sak, of which there is none; salts of MKA are derived");
    }
    if (ssciGiven && sakGiven && !saltGiven && !cakGiven) {
      problems.add("--ssci with --sak needs --salt: both are part of each nonce");
    } else if (ssciGiven && !sakGiven && !cakGiven) {
      problems.add("--ssci belongs to --sak or --cak, of which there is none");
    }
  }
}
