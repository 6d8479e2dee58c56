package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.ReplayProtection;
import org.macsec4j.examples.config.Format.Grammar;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.PreSharedKey;

/**
 * A network block of wpa_supplicant.conf with MKA and a pre-shared key. What it does not set is as
 * wpa_supplicant has it: priority 255, no replay protection, GCM-AES-128. Names that only a fork
 * knows are read too ({@code mka_rekey_period}, {@code macsec_include_sci}).
 *
 * <p>The file does not name the interface; wpa_supplicant has it from its option {@code -i}.
 */
final class WpaSupplicantFormat implements Grammar {
  private static final String NETWORK = "network";
  private static final String ONE = "1";
  private static final String NOTHING = "0";

  private static final List<Knob> KNOBS =
      List.of(
          Knob.number(
              "mka_priority",
              0,
              255,
              (config, value) -> config.keyServerPriority((int) value),
              MkaConfig::keyServerPriority),
          Knob.flag(
              "macsec_integ_only",
              ONE,
              NOTHING,
              (config, value) ->
                  config.confidentialityOffset(
                      value
                          ? ConfidentialityOffset.NO_CONFIDENTIALITY
                          : ConfidentialityOffset.OFFSET_0),
              config -> config.confidentialityOffset() == ConfidentialityOffset.NO_CONFIDENTIALITY),
          new Knob(
              "macsec_csindex",
              "0 (GCM-AES-128) or 1 (GCM-AES-256)",
              (config, text) -> config.cipherSuites(suite(text)),
              config -> String.valueOf(config.cipherSuites().get(0).keyLength() / 32)),
          Knob.number(
              "macsec_port",
              1,
              65534,
              (config, value) -> config.sciPort((int) value),
              MkaConfig::sciPort),
          Knob.flag(
              "macsec_icv_indicator",
              ONE,
              NOTHING,
              (config, value) ->
                  config.icvIndicator(
                      value ? IcvIndicatorPolicy.ALWAYS : IcvIndicatorPolicy.ONLY_WHEN_NEEDED),
              config -> config.icvIndicator() == IcvIndicatorPolicy.ALWAYS));

  private static final Map<String, String> WITHOUT_MEANING =
      Map.of(
          "ap_scan", "there is nothing to scan for on a wire",
          "ctrl_interface", "there is no such socket; see macsec show",
          "ctrl_interface_group", "there is no such socket",
          "update_config", "macsec never writes this file",
          "fast_reauth", "without EAP there is nothing to authenticate again");

  private static CipherSuite suite(String index) {
    return Knob.number(index, 0, 1) == 0 ? CipherSuite.GCM_AES_128 : CipherSuite.GCM_AES_256;
  }

  @Override
  public boolean recognises(List<Section> sections) {
    return sections.stream().anyMatch(section -> section.name().equals(NETWORK));
  }

  @Override
  public List<Link> read(List<Section> sections, Reading reading) {
    Section top = sections.get(0);
    new Settings(top, reading, MkaConfig.builder())
        .require(Map.of("eapol_version", "3"), "macsec sends EAPOL version 3")
        .note(WITHOUT_MEANING)
        .refuseOthers();
    List<Section> blocks = sections.subList(1, sections.size());
    for (Section other : blocks) {
      if (!other.name().equals(NETWORK)) {
        reading
            .problems()
            .add("line " + other.line() + ": " + other.name() + " is no block that macsec knows");
      }
    }
    if (blocks.size() > 1) {
      reading.problems().add("it has " + blocks.size() + " blocks; one interface has one of them");
      return List.of();
    }
    if (reading.interfaceName().isEmpty()) {
      reading.problems().add("it does not name the interface; give it with --interface");
    }
    return network(blocks.get(0), reading);
  }

  private static List<Link> network(Section section, Reading reading) {
    MkaConfigBuilder config =
        MkaConfig.builder().keyServerPriority(255).replayProtection(ReplayProtection.OFF);
    Settings settings = new Settings(section, reading, config);
    settings
        .apply(KNOBS)
        .require(
            Map.of("key_mgmt", "NONE"),
            "authentication by EAP is not there yet, pre-shared keys are")
        .require(Map.of("eapol_flags", NOTHING), "there are no WEP keys on a wire")
        .require(Map.of("macsec_policy", ONE), "with another value it asks for no MACsec");
    Offload offload =
        settings
            .take("macsec_offload")
            .flatMap(entry -> settings.read(entry, Offload::parseNumber))
            .orElse(Offload.NONE);
    if (settings.take("macsec_policy").isEmpty()) {
      reading
          .problems()
          .add("line " + section.line() + ": lacks macsec_policy=1, so it asks for no MACsec");
    }
    replay(settings, reading, config);
    List<PreSharedKey> key = settings.inlineKey("mka_ckn", "mka_cak").stream().toList();
    settings.refuseOthers();
    List<Link> links = new ArrayList<>();
    settings
        .build(key)
        .ifPresent(
            mka ->
                reading.interfaceName().ifPresent(name -> links.add(new Link(name, mka, offload))));
    return links;
  }

  /** Two settings for one: the window counts when protection is on. */
  private static void replay(Settings settings, Reading reading, MkaConfigBuilder config) {
    Optional<Section.Entry> window = settings.take("macsec_replay_window");
    long size = number(settings, window, ReplayProtection.MAX_WINDOW);
    if (number(settings, settings.take("macsec_replay_protect"), 1) == 1) {
      config.replayProtection(ReplayProtection.window(size));
    } else {
      window.ifPresent(entry -> reading.note(entry, "macsec_replay_protect is not 1"));
    }
  }

  /** A number that is 0 unless it is set. */
  private static long number(Settings settings, Optional<Section.Entry> entry, long most) {
    return entry.flatMap(e -> settings.read(e, text -> in(text, most))).orElse(0L);
  }

  private static long in(String text, long most) {
    try {
      return Knob.number(text, 0, most);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is 0.." + most, e);
    }
  }

  @Override
  public String write(Link link) {
    PreSharedKey key = link.mka().keys().get(0);
    ReplayProtection replay = link.mka().replayProtection();
    StringBuilder out =
        new StringBuilder("# wpa_supplicant -D macsec_linux -i ")
            .append(link.interfaceName())
            .append(" -c FILE\neapol_version=3\nap_scan=0\nnetwork={\n")
            .append("\tkey_mgmt=NONE\n\teapol_flags=0\n\tmacsec_policy=1\n");
    for (Knob knob : KNOBS) {
      String value = knob.write().apply(link.mka());
      // Debian's 2.10 does not know this one, and refuses a file that has it.
      if (!(knob.name().equals("macsec_icv_indicator") && value.equals(NOTHING))) {
        out.append('\t').append(knob.name()).append('=').append(value).append('\n');
      }
    }
    out.append("\tmacsec_replay_protect=").append(replay.enabled() ? ONE : NOTHING).append('\n');
    if (replay.enabled()) {
      out.append("\tmacsec_replay_window=").append(replay.window()).append('\n');
    }
    if (!link.offload().equals(Offload.NONE)) {
      // Debian's 2.10 does not know this one either.
      out.append("\tmacsec_offload=").append(link.offload().number()).append('\n');
    }
    out.append("\tmka_ckn=").append(key.ckn()).append('\n');
    out.append("\tmka_cak=").append(MacsecFormat.digits(key.cak())).append("\n}\n");
    return out.toString();
  }
}
