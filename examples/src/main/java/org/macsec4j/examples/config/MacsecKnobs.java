package org.macsec4j.examples.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.MacAddress;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReplayProtection;
import org.macsec4j.ValidateFrames;
import org.macsec4j.mka.AccessPolicy;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.UnauthenticatedAccess;
import org.macsec4j.mka.UnsecuredAccess;

/** A setting for each of {@link MkaConfig}'s, the keys aside. */
final class MacsecKnobs {
  private static final String OFF = "off";
  private static final String NONE = "none";
  private static final int HEX = 16;

  static final List<Knob> ALL =
      List.of(
          number(
              "key-server-priority",
              255,
              MkaConfigBuilder::keyServerPriority,
              MkaConfig::keyServerPriority),
          word(
              "key-server-role",
              KeyServerRole.class,
              MkaConfigBuilder::keyServerRole,
              MkaConfig::keyServerRole),
          suites("cipher-suites", MkaConfigBuilder::cipherSuites, MkaConfig::cipherSuites),
          suites(
              "assumed-cipher-suites",
              MkaConfigBuilder::assumedCipherSuites,
              MkaConfig::assumedCipherSuites),
          new Knob(
              "confidentiality-offset",
              "0, 30, 50, or none for integrity alone",
              (config, text) -> config.confidentialityOffset(offset(text)),
              config -> offset(config.confidentialityOffset())),
          word(
              "macsec-capability",
              MacsecCapability.class,
              MkaConfigBuilder::macsecCapability,
              MkaConfig::macsecCapability),
          flag("macsec-desired", MkaConfigBuilder::macsecDesired, MkaConfig::macsecDesired),
          new Knob(
              "replay-window",
              "off or 0..4294967295",
              (config, text) -> config.replayProtection(replay(text)),
              config -> replay(config.replayProtection())),
          word(
              "validate-frames",
              ValidateFrames.class,
              MkaConfigBuilder::validateFrames,
              MkaConfig::validateFrames),
          flag("include-sci", MkaConfigBuilder::includeSci, MkaConfig::includeSci),
          number("sci-port", 65535, MkaConfigBuilder::sciPort, MkaConfig::sciPort),
          number("mka-version", 255, MkaConfigBuilder::mkaVersion, MkaConfig::mkaVersion),
          word(
              "icv-indicator",
              IcvIndicatorPolicy.class,
              MkaConfigBuilder::icvIndicator,
              MkaConfig::icvIndicator),
          packetNumber("pn-threshold", MkaConfigBuilder::pnThreshold, MkaConfig::pnThreshold),
          packetNumber("xpn-threshold", MkaConfigBuilder::xpnThreshold, MkaConfig::xpnThreshold),
          new Knob(
              "rekey-interval",
              "off or a duration such as 1h",
              (config, text) -> unless(OFF, text, t -> config.rekeyInterval(Durations.parse(t))),
              config -> config.rekeyInterval().map(Durations::print).orElse(OFF)),
          flag("rekey-on-peer-loss", MkaConfigBuilder::rekeyOnPeerLoss, MkaConfig::rekeyOnPeerLoss),
          duration("hello-time", MkaConfigBuilder::helloTime, MkaConfig::helloTime),
          duration("life-time", MkaConfigBuilder::lifeTime, MkaConfig::lifeTime),
          duration("sak-retire-time", MkaConfigBuilder::sakRetireTime, MkaConfig::sakRetireTime),
          new Knob(
              "hello-ramp-up",
              "off, or durations such as 100ms 200ms",
              (config, text) -> config.helloRampUp(durations(text)),
              config -> list(OFF, config.helloRampUp().stream().map(Durations::print))),
          number("max-peers", 65535, MkaConfigBuilder::maxPeers, MkaConfig::maxPeers),
          new Knob(
              "access",
              "two words: of the unauthenticated never, immediate, mka-failure or key-server, and of"
                  + " the unsecured never, immediate or mka-failure",
              (config, text) -> config.accessPolicy(access(text)),
              config ->
                  lower(config.accessPolicy().unauthenticated())
                      + " "
                      + lower(config.accessPolicy().unsecured())),
          flag("delay-protection", MkaConfigBuilder::delayProtection, MkaConfig::delayProtection),
          flag("null-xpn-set", MkaConfigBuilder::nullXpnSet, MkaConfig::nullXpnSet),
          flag(
              "suspend-on-request",
              MkaConfigBuilder::suspendOnRequest,
              MkaConfig::suspendOnRequest),
          flag("join-groups", MkaConfigBuilder::joinGroups, MkaConfig::joinGroups),
          new Knob(
              "destination",
              "an address such as " + MkaConfig.PAE_GROUP_ADDRESS,
              (config, text) -> config.destination(MacAddress.parse(text)),
              config -> config.destination().toString()),
          new Knob(
              "ether-type",
              "four hexadecimal digits such as 888e",
              (config, text) -> config.etherType(Integer.parseInt(text, HEX)),
              config -> "%04x".formatted(config.etherType())),
          new Knob(
              "kmd",
              "none or a name",
              (config, text) -> unless(NONE, text, config::kmd),
              config -> config.kmd().orElse(NONE)),
          new Knob(
              "nid",
              "none or a name",
              (config, text) -> unless(NONE, text, config::nid),
              config -> config.nid().orElse(NONE)));

  private MacsecKnobs() {}

  private static void unless(String word, String text, Consumer<String> read) {
    if (!text.equals(word)) {
      read.accept(text);
    }
  }

  private static Knob number(
      String name,
      int most,
      ObjIntConsumer<MkaConfigBuilder> read,
      Function<MkaConfig, Number> write) {
    return Knob.number(name, 0, most, (config, value) -> read.accept(config, (int) value), write);
  }

  private static Knob flag(
      String name, BiConsumer<MkaConfigBuilder, Boolean> read, Function<MkaConfig, Boolean> write) {
    return Knob.flag(name, "yes", "no", read, write);
  }

  private static Knob duration(
      String name,
      BiConsumer<MkaConfigBuilder, Duration> read,
      Function<MkaConfig, Duration> write) {
    return new Knob(
        name,
        "a duration such as 2s or 500ms",
        (config, text) -> read.accept(config, Durations.parse(text)),
        config -> Durations.print(write.apply(config)));
  }

  private static Duration[] durations(String text) {
    return text.equals(OFF)
        ? new Duration[0]
        : words(text).map(Durations::parse).toArray(Duration[]::new);
  }

  /** Of 64 bits, without a sign. */
  private static Knob packetNumber(
      String name,
      BiConsumer<MkaConfigBuilder, PacketNumber> read,
      Function<MkaConfig, PacketNumber> write) {
    return new Knob(
        name,
        "a packet number",
        (config, text) -> read.accept(config, PacketNumber.of(Long.parseUnsignedLong(text))),
        config -> write.apply(config).toString());
  }

  private static <E extends Enum<E>> Knob word(
      String name,
      Class<E> type,
      BiConsumer<MkaConfigBuilder, E> read,
      Function<MkaConfig, E> write) {
    String all =
        Arrays.stream(type.getEnumConstants())
            .map(MacsecKnobs::lower)
            .collect(Collectors.joining(", "));
    return new Knob(
        name,
        "one of " + all,
        (config, text) -> read.accept(config, constant(type, text)),
        config -> lower(write.apply(config)));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Knob suites(
      String name,
      BiConsumer<MkaConfigBuilder, CipherSuite[]> read,
      Function<MkaConfig, List<CipherSuite>> write) {
    return new Knob(
        name,
        "one or several of " + list("", Arrays.stream(CipherSuite.values()).map(Object::toString)),
        (config, text) ->
            read.accept(
                config,
                words(text)
                    .map(word -> constant(CipherSuite.class, word))
                    .toArray(CipherSuite[]::new)),
        config -> list("", write.apply(config).stream().map(Object::toString)));
  }

  private static ConfidentialityOffset offset(String text) {
    return Arrays.stream(ConfidentialityOffset.values())
        .filter(value -> offset(value).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no offset"));
  }

  private static String offset(ConfidentialityOffset value) {
    return value == ConfidentialityOffset.NO_CONFIDENTIALITY
        ? NONE
        : String.valueOf(value.octets());
  }

  private static ReplayProtection replay(String text) {
    return text.equals(OFF)
        ? ReplayProtection.OFF
        : ReplayProtection.window(Knob.number(text, 0, ReplayProtection.MAX_WINDOW));
  }

  private static String replay(ReplayProtection value) {
    return value.enabled() ? String.valueOf(value.window()) : OFF;
  }

  private static AccessPolicy access(String text) {
    List<String> both = words(text).toList();
    if (both.size() != 2) {
      throw new IllegalArgumentException("not two words");
    }
    return new AccessPolicy(
        constant(UnauthenticatedAccess.class, both.get(0)),
        constant(UnsecuredAccess.class, both.get(1)));
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty());
  }

  private static String list(String none, Stream<String> words) {
    String all = words.collect(Collectors.joining(" "));
    return all.isEmpty() ? none : all;
  }
}
