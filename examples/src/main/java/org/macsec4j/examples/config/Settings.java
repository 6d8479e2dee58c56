package org.macsec4j.examples.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.PreSharedKey;

/** What all formats do with the settings of a section. */
final class Settings {
  private final Section section;
  private final Reading reading;
  private final MkaConfigBuilder config;
  private final Set<String> known = new HashSet<>();

  Settings(Section section, Reading reading, MkaConfigBuilder config) {
    this.section = section;
    this.reading = reading;
    this.config = config;
  }

  /** Takes over what the table has a name for. */
  Settings apply(List<Knob> knobs) {
    for (Knob knob : knobs) {
      take(knob.name()).ifPresent(entry -> apply(knob, entry));
    }
    return this;
  }

  private void apply(Knob knob, Section.Entry entry) {
    try {
      knob.read().accept(config, entry.value());
    } catch (IllegalArgumentException e) {
      reading.problem(entry, "is " + knob.range());
    }
  }

  /** Settings that must have one value, as another would ask for what is not there. */
  Settings require(Map<String, String> values, String otherwise) {
    values.forEach(
        (name, wanted) ->
            take(name)
                .filter(entry -> !entry.value().equals(wanted))
                .ifPresent(
                    entry -> reading.problem(entry, "must be " + wanted + ": " + otherwise)));
    return this;
  }

  /** Settings that mean nothing here, each with the reason. */
  Settings note(Map<String, String> reasons) {
    reasons.forEach((name, why) -> take(name).ifPresent(entry -> reading.note(entry, why)));
    return this;
  }

  /** A setting that the caller sees to. */
  Optional<Section.Entry> take(String name) {
    known.add(name);
    return section.entry(name);
  }

  /** Refuses what nobody took. */
  void refuseOthers() {
    for (Section.Entry entry : section.entries()) {
      if (!known.contains(entry.name())) {
        reading.problem(entry, "is no setting that macsec knows here");
      }
    }
  }

  /** A value that is read, or a problem told; the message of a reader repeats no key. */
  <T> Optional<T> read(Section.Entry entry, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(entry.value()));
    } catch (IllegalArgumentException e) {
      reading.problem(entry, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A name and a key that stand in the file itself. */
  Optional<PreSharedKey> inlineKey(String cknName, String cakName) {
    Optional<Section.Entry> ckn = take(cknName);
    Optional<Section.Entry> cak = take(cakName);
    Optional<Ckn> name = ckn.flatMap(entry -> read(entry, Settings::ckn));
    cak.ifPresent(entry -> reading.keysWithin());
    Optional<Cak> key = cak.flatMap(entry -> read(entry, Cak::parse));
    require(ckn, cknName);
    require(cak, cakName);
    return name.flatMap(n -> key.map(k -> PreSharedKey.of(n, k)));
  }

  private void require(Optional<Section.Entry> entry, String name) {
    if (entry.isEmpty()) {
      reading.problems().add("line " + section.line() + ", " + section.name() + ": lacks " + name);
    }
  }

  /** Its digits are public, but may be a key at the wrong place. */
  static Ckn ckn(String digits) {
    try {
      return Ckn.parse(digits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is 2 to 64 hexadecimal digits, an even number", e);
    }
  }

  /** The configuration; empty after a problem. */
  Optional<MkaConfig> build(List<PreSharedKey> keys) {
    if (!reading.problems().isEmpty() || keys.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(config.keys(keys.toArray(PreSharedKey[]::new)).build());
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problem -> reading.problems().add(section.name() + ": " + problem));
      return Optional.empty();
    }
  }
}
