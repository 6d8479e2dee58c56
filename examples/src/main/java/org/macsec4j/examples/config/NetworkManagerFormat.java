package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.ReplayProtection;
import org.macsec4j.ValidateFrames;
import org.macsec4j.examples.config.Format.Grammar;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.PreSharedKey;

/**
 * A keyfile of NetworkManager for a connection of type macsec with a pre-shared key. It knows no
 * priority, suite or replay window: these are as wpa_supplicant has them, which does the work
 * there.
 *
 * <p>Addresses, routes and the device's name stay NetworkManager's; each such setting is noted.
 */
final class NetworkManagerFormat implements Grammar {
  private static final String CONNECTION = "connection";
  private static final String MACSEC = "macsec";
  private static final int CAK_DIGITS = 32;

  /** At the places that are their numbers here. */
  private static final List<ValidateFrames> VALIDATION =
      List.of(ValidateFrames.DISABLED, ValidateFrames.CHECK, ValidateFrames.STRICT);

  private static final List<Knob> KNOBS =
      List.of(
          Knob.flag(
              "encrypt",
              "true",
              "false",
              (config, value) ->
                  config.confidentialityOffset(
                      value
                          ? ConfidentialityOffset.OFFSET_0
                          : ConfidentialityOffset.NO_CONFIDENTIALITY),
              config -> config.confidentialityOffset() != ConfidentialityOffset.NO_CONFIDENTIALITY),
          Knob.number(
              "port", 1, 65534, (config, value) -> config.sciPort((int) value), MkaConfig::sciPort),
          new Knob(
              "validation",
              "0 (disable), 1 (check) or 2 (strict)",
              (config, text) ->
                  config.validateFrames(VALIDATION.get((int) Knob.number(text, 0, 2))),
              config -> String.valueOf(VALIDATION.indexOf(config.validateFrames()))),
          Knob.flag(
              "send-sci",
              "true",
              "false",
              (config, value) -> config.includeSci(value),
              MkaConfig::includeSci));

  @Override
  public boolean recognises(List<Section> sections) {
    return sections.stream().anyMatch(section -> section.name().equals(CONNECTION));
  }

  @Override
  public List<Link> read(List<Section> sections, Reading reading) {
    List<Link> links = new ArrayList<>();
    for (Section section : sections) {
      switch (section.name()) {
        case MACSEC -> links.addAll(macsec(section, reading));
        case CONNECTION -> connection(section, reading);
        default ->
            section
                .entries()
                .forEach(entry -> reading.note(entry, "[" + section.name() + "] is not macsec's"));
      }
    }
    if (sections.stream().noneMatch(section -> section.name().equals(MACSEC))) {
      reading.problems().add("there is no [macsec] in it");
    }
    return links;
  }

  private static void connection(Section section, Reading reading) {
    new Settings(section, reading, MkaConfig.builder())
        .require(Map.of("type", MACSEC), "this is a connection of another kind");
    for (Section.Entry entry : section.entries()) {
      if (!entry.name().equals("type")) {
        reading.note(entry, "is NetworkManager's alone");
      }
    }
  }

  private static List<Link> macsec(Section section, Reading reading) {
    Settings settings =
        new Settings(
            section,
            reading,
            MkaConfig.builder().keyServerPriority(255).replayProtection(ReplayProtection.OFF));
    settings
        .apply(KNOBS)
        .require(Map.of("mode", "0"), "EAP is not there yet, pre-shared keys are")
        .require(Map.of("mka-cak-flags", "0"), "the CAK must be in this file");
    Offload offload =
        settings
            .take("offload")
            .filter(entry -> !entry.value().equals("-1"))
            .flatMap(entry -> settings.read(entry, Offload::parseNumber))
            .orElse(Offload.NONE);
    Optional<String> parent =
        settings.take("parent").map(Section.Entry::value).or(reading::interfaceName);
    if (parent.isEmpty()) {
      reading.problems().add("it lacks parent; give the interface with --interface");
    } else if (parent.get().indexOf('-') >= 0 && parent.get().length() > 15) {
      reading
          .problems()
          .add("parent is the UUID of a connection; give the interface with --interface");
    }
    List<PreSharedKey> key = settings.inlineKey("mka-ckn", "mka-cak").stream().toList();
    settings.refuseOthers();
    return settings
        .build(key)
        .flatMap(mka -> parent.map(name -> List.of(new Link(name, mka, offload))))
        .orElse(List.of());
  }

  @Override
  public String write(Link link) {
    PreSharedKey key = link.mka().keys().get(0);
    String digits = MacsecFormat.digits(key.cak());
    StringBuilder out = new StringBuilder();
    if (digits.length() != CAK_DIGITS) {
      out.append(
          "# NetworkManager takes a CAK of 128 bits (32 digits) alone, and refuses this one\n");
    }
    out.append("[connection]\nid=macsec-").append(link.interfaceName());
    out.append("\ntype=macsec\ninterface-name=macsec0\n\n[macsec]\nparent=");
    out.append(link.interfaceName()).append("\nmode=0\n");
    for (Knob knob : KNOBS) {
      out.append(knob.name()).append('=').append(knob.write().apply(link.mka())).append('\n');
    }
    if (!link.offload().equals(Offload.NONE)) {
      out.append("offload=").append(link.offload().number()).append('\n');
    }
    out.append("mka-ckn=").append(key.ckn()).append("\nmka-cak=").append(digits).append('\n');
    return out.toString();
  }
}
