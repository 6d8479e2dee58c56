package org.macsec4j.examples.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.macsec4j.examples.config.Format.Grammar;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.CakSource;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.SecretFile;

/**
 * The format of the {@code macsec} command: a section for each interface, with a setting for each
 * of {@link MkaConfig}'s, so that it can say what the others say.
 *
 * <pre>
 * [eth0]
 * ckn = 6d61637365632d31
 * cak-file = /etc/macsec/cak
 * cipher-suites = GCM-AES-XPN-256 GCM-AES-256
 * </pre>
 */
final class MacsecFormat implements Grammar {
  static final String OFFLOAD = "offload";

  private static final String FALLBACK = "fallback-";

  @Override
  public boolean recognises(List<Section> sections) {
    return sections.size() > 1;
  }

  @Override
  public List<Link> read(List<Section> sections, Reading reading) {
    List<Link> links = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section.Entry stray : sections.get(0).entries()) {
      reading.problem(stray, "stands before the first [INTERFACE]");
    }
    for (Section section : sections.subList(1, sections.size())) {
      if (!names.add(section.name())) {
        reading.problems().add("line " + section.line() + ": a second section " + section.name());
      }
      link(section, reading).ifPresent(links::add);
    }
    return links.stream()
        .filter(link -> reading.interfaceName().map(link.interfaceName()::equals).orElse(true))
        .toList();
  }

  private static Optional<Link> link(Section section, Reading reading) {
    Settings settings = new Settings(section, reading, MkaConfig.builder()).apply(MacsecKnobs.ALL);
    Optional<PreSharedKey> primary = new KeyReader(settings, reading, "").read();
    Optional<PreSharedKey> fallback =
        settings.take(FALLBACK + "ckn").isPresent()
            ? new KeyReader(settings, reading, FALLBACK).read().map(PreSharedKey::asFallback)
            : Optional.empty();
    Offload offload =
        settings
            .take(OFFLOAD)
            .flatMap(entry -> settings.read(entry, Offload::parse))
            .orElse(Offload.NONE);
    settings.refuseOthers();
    if (primary.isEmpty() && reading.problems().isEmpty()) {
      reading
          .problems()
          .add(
              "line "
                  + section.line()
                  + ", "
                  + section.name()
                  + ": lacks ckn, or where its CAK is");
    }
    return settings
        .build(Stream.of(primary, fallback).flatMap(Optional::stream).toList())
        .map(config -> new Link(section.name(), config, offload));
  }

  /** Reads a key from wherever the settings with a prefix say that it is. */
  private record KeyReader(Settings settings, Reading reading, String prefix) {
    Optional<PreSharedKey> read() {
      Optional<Ckn> ckn =
          settings.take(prefix + "ckn").flatMap(entry -> settings.read(entry, Settings::ckn));
      List<Cak> caks = new ArrayList<>();
      from("cak-file", text -> CakSource.file(Path.of(text)), caks);
      from("cak-credential", CakSource::credential, caks);
      from("cak-environment", CakSource::environment, caks);
      fromKeyStore(caks);
      settings
          .take(prefix + "cak")
          .ifPresent(
              entry -> {
                reading.keysWithin();
                settings.read(entry, Cak::parse).ifPresent(caks::add);
              });
      if (caks.size() > 1) {
        reading.problems().add(prefix + "ckn: its CAK is given " + caks.size() + " times");
      }
      return caks.isEmpty() ? Optional.empty() : ckn.map(n -> PreSharedKey.of(n, caks.get(0)));
    }

    private void from(String name, Function<String, CakSource> source, List<Cak> caks) {
      settings
          .take(prefix + name)
          .flatMap(entry -> settings.read(entry, text -> load(source.apply(text))))
          .ifPresent(caks::add);
    }

    private static Cak load(CakSource source) {
      try {
        return source.read();
      } catch (UncheckedIOException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    private void fromKeyStore(List<Cak> caks) {
      Optional<Section.Entry> store = settings.take(prefix + "cak-keystore");
      Optional<Section.Entry> alias = settings.take(prefix + "cak-keystore-alias");
      Optional<Section.Entry> password = settings.take(prefix + "cak-keystore-password-file");
      if (store.isEmpty()) {
        return;
      }
      if (alias.isEmpty() || password.isEmpty()) {
        reading.problem(
            store.get(), "needs " + prefix + "cak-keystore-alias and -password-file beside it");
        return;
      }
      Path passwordFile = Path.of(password.get().value());
      from(
          "cak-keystore",
          text ->
              CakSource.keyStore(Path.of(text), alias.get().value(), () -> password(passwordFile)),
          caks);
    }

    private static char[] password(Path file) {
      try {
        Optional<String> open = SecretFile.openToOthers(file);
        if (open.isPresent()) {
          throw new IllegalArgumentException("the password file " + file + ' ' + open.get());
        }
        return Files.readString(file).strip().toCharArray();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the password file " + file + ": " + e, e);
      }
    }
  }

  @Override
  public String write(Link link) {
    StringBuilder out = new StringBuilder("[" + link.interfaceName() + "]\n");
    for (PreSharedKey key : link.mka().keys()) {
      String prefix = key.isFallback() ? FALLBACK : "";
      out.append(prefix).append("ckn = ").append(key.ckn()).append('\n');
      out.append(prefix).append("cak = ").append(digits(key.cak())).append('\n');
    }
    for (Knob knob : MacsecKnobs.ALL) {
      String value = knob.write().apply(link.mka());
      if (!value.isEmpty()) {
        out.append(knob.name()).append(" = ").append(value).append('\n');
      }
    }
    if (!link.offload().equals(Offload.NONE)) {
      out.append(OFFLOAD).append(" = ").append(link.offload()).append('\n');
    }
    return out.toString();
  }

  /** The digits of a key, for a file that has them in it. */
  static String digits(Cak cak) {
    return digits(cak.toByteArray());
  }

  /** The digits of octets, which are wiped. */
  static String digits(byte[] octets) {
    try {
      return HexFormat.of().formatHex(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** What of a configuration another one does not have, in the words of this format. */
  static List<String> differences(MkaConfig wanted, MkaConfig got) {
    List<String> lost = differingKnobs(wanted, got);
    if (!Objects.equals(wanted.keys(), got.keys())) {
      lost.add("keys besides the first, or when they are valid");
    }
    return lost;
  }

  /** The same without the keys. */
  static List<String> differingKnobs(MkaConfig wanted, MkaConfig got) {
    List<String> lost = new ArrayList<>();
    for (Knob knob : MacsecKnobs.ALL) {
      String value = knob.write().apply(wanted);
      String other = knob.write().apply(got);
      if (!value.equals(other)) {
        lost.add(knob.name() + " = " + value + " becomes " + (other.isEmpty() ? "unset" : other));
      }
    }
    return lost;
  }
}
