package org.macsec4j.mka.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.mka.engine.World.MILLIS;
import static org.macsec4j.mka.engine.World.SECONDS;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyCommand;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.KeyServerRole;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.MkaDiagnosis;
import org.macsec4j.mka.MkaDiagnosis.Kind;
import org.macsec4j.mka.PreSharedKey;

/** Each diagnosis is reached through what a port really sees, and says what to look at. */
class DiagnosisTest {
  private static final Cak CAK = Cak.parse("000102030405060708090a0b0c0d0e0f");
  private static final Cak OTHER = Cak.parse("ff0102030405060708090a0b0c0d0e0f");
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final World world = new World(85);

  private static MkaConfigBuilder config(PreSharedKey... keys) {
    return MkaConfig.builder().keys(keys);
  }

  private static PreSharedKey key(String ckn) {
    return PreSharedKey.of(Ckn.parse(ckn), CAK);
  }

  /** What a port with our configuration says after 20 s beside a member with theirs. */
  private MkaDiagnosis beside(MkaConfig ours, MkaConfig theirs) {
    Member a = world.join("a", 1, ours);
    world.join("b", 2, theirs);
    world.run(20 * SECONDS);
    return a.port.status().diagnosis();
  }

  private MkaDiagnosis of(Kind kind) {
    MkaConfig plain = config(key("aabb")).build();
    return switch (kind) {
      case NOTHING_RECEIVED -> {
        Member alone = world.join("a", 1, plain);
        world.run(20 * SECONDS);
        yield alone.port.status().diagnosis();
      }
      case NO_VALID_KEY -> notValidYet();
      case UNKNOWN_CKN -> beside(plain, config(key("ccdd")).build());
      case ICV_FAILED -> beside(plain, config(PreSharedKey.of(Ckn.parse("aabb"), OTHER)).build());
      case NOT_HEARD -> {
        world.cut = (from, to) -> from.name.equals("a");
        yield beside(plain, plain);
      }
      case EQUAL_SCI -> {
        Member a = world.join("a", 1, plain);
        world.join("twin", 1, plain);
        world.run(20 * SECONDS);
        yield a.port.status().diagnosis();
      }
      case NO_COMMON_SUITE ->
          beside(plain, plain.toBuilder().cipherSuites(CipherSuite.GCM_AES_256).build());
      case PEER_WANTS_NO_MACSEC -> beside(plain, plain.toBuilder().macsecDesired(false).build());
      case SECY_REFUSED -> refused(plain);
      case TWO_KEY_SERVERS -> {
        MkaConfig server = plain.toBuilder().keyServerRole(KeyServerRole.SERVER).build();
        yield beside(server, server);
      }
      case NO_KEY_SERVER -> {
        MkaConfig client = plain.toBuilder().keyServerRole(KeyServerRole.CLIENT).build();
        yield beside(client, client);
      }
      case WAITING -> {
        Member a = world.join("a", 1, plain);
        world.join("b", 2, plain);
        world.runUntil(() -> !a.port.status().livePeers().isEmpty(), SECONDS);
        yield a.port.status().diagnosis();
      }
      case SECURED -> beside(plain, plain);
    };
  }

  private MkaDiagnosis notValidYet() {
    Member a = world.join("a", 1, config(key("aabb").validFrom(NOON)).build());
    a.port.handleClock(world.now(), NOON.minusSeconds(60));
    a.drain();
    world.run(20 * SECONDS);
    return a.port.status().diagnosis();
  }

  private MkaDiagnosis refused(MkaConfig config) {
    Member a = world.add("a", 1, config);
    a.secy.failure =
        command ->
            command instanceof SecyCommand.InstallTransmitSa
                ? new MacsecException(MacsecException.Kind.LIMIT, "no room for a key")
                : null;
    a.start();
    world.join("b", 2, config);
    world.run(20 * SECONDS);
    return a.port.status().diagnosis();
  }

  private static Map<Kind, List<String>> words() {
    Map<Kind, List<String>> words = new EnumMap<>(Kind.class);
    words.put(Kind.NOTHING_RECEIVED, List.of("no EAPOL-MKA received"));
    words.put(Kind.NO_VALID_KEY, List.of("the key aabb begins at 2030-01-01T12:00:00Z", "it is"));
    words.put(Kind.UNKNOWN_CKN, List.of("unknown CKN", "ccdd", "02:00:00:00:02:01", "aabb"));
    words.put(Kind.ICV_FAILED, List.of("CKN aabb", "02:00:00:00:02:01", "the CAK differs"));
    words.put(Kind.NOT_HEARD, List.of("02:00:00:00:02:01/1", "does not hear us"));
    words.put(Kind.EQUAL_SCI, List.of("our SCI 02:00:00:00:01:01/1", "port number"));
    words.put(Kind.NO_COMMON_SUITE, List.of("GCM-AES-128", "GCM-AES-256"));
    words.put(Kind.PEER_WANTS_NO_MACSEC, List.of("02:00:00:00:02:01/1 wants no MACsec", "policy"));
    words.put(Kind.SECY_REFUSED, List.of("install the transmit SA", "no room for a key"));
    words.put(Kind.TWO_KEY_SERVERS, List.of("we and 02:00:00:00:02:01/1", "at once"));
    words.put(Kind.NO_KEY_SERVER, List.of("nobody is key server", "priority 255"));
    words.put(Kind.WAITING, List.of("1 live peer, key server 02:00:00:00:01:01/1"));
    words.put(Kind.SECURED, List.of("protected"));
    return words;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachKindIsReachedAndSaysWhatToLookAt(Kind kind) {
    MkaDiagnosis diagnosis = of(kind);
    assertThat(diagnosis.kind()).as(diagnosis.text()).isEqualTo(kind);
    assertThat(diagnosis.text()).contains(words().get(kind));
  }

  @Test
  void theCaThatGotFurthestIsSpokenOf() {
    // Under the first key nothing right is heard, under the second one the peer does not hear us.
    world.cut = (from, to) -> from.name.equals("a");
    PreSharedKey wrong = PreSharedKey.of(Ckn.parse("01"), OTHER);
    MkaDiagnosis diagnosis =
        beside(config(key("01"), key("02")).build(), config(wrong, key("02")).build());
    assertThat(diagnosis.kind()).isEqualTo(Kind.NOT_HEARD);
    assertThat(diagnosis.text()).contains("our CKN 02");
  }

  @Test
  void whatIsOverIsNoExplanation() {
    Member a = world.join("a", 1, config(key("aabb")).build());
    Member stranger = world.join("s", 3, config(PreSharedKey.of(Ckn.parse("aabb"), OTHER)).build());
    world.run(10 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.ICV_FAILED);
    stranger.crash();
    world.run(11 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.ICV_FAILED);
    world.run(2 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NOTHING_RECEIVED);
    assertThat(a.port.status().diagnosis().text()).contains("dropped:", "ICV check failed");
  }

  @Test
  void aPeerThatUsesAKeyBeforeItsTimeIsNamed() {
    MkaConfig ours = config(key("01"), key("02").validFrom(NOON)).build();
    Member a = world.join("a", 1, ours);
    a.port.handleClock(world.now(), NOON.minusSeconds(60));
    a.drain();
    world.join("b", 2, config(key("02")).build());
    world.run(20 * SECONDS);
    MkaDiagnosis diagnosis = a.port.status().diagnosis();
    assertThat(diagnosis.kind()).isEqualTo(Kind.NO_VALID_KEY);
    assertThat(diagnosis.text())
        .contains("02:00:00:00:02:01", "the key 02 begins at 2030-01-01T12:00:00Z", "clocks");
  }

  @Test
  void keysWithTimesWaitForTheTimeOfDay() {
    Member a = world.join("a", 1, config(key("01").validUntil(NOON)).build());
    world.run(SECONDS);
    assertThat(a.port.status().diagnosis().text()).contains("the time of day is not known");
    a.port.handleClock(world.now(), NOON.plusSeconds(1));
    a.drain();
    world.run(MILLIS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NO_VALID_KEY);
    assertThat(a.port.status().diagnosis().text()).contains("there is no key");
  }

  @Test
  void aSuiteThatAFormerKeyServerWantedIsForgottenWithIt() {
    MkaConfig plain = config(key("aabb")).build().toBuilder().mkaVersion(1).build();
    Function<CipherSuite, MkaConfig> only =
        suite -> plain.toBuilder().cipherSuites(suite).keyServerPriority(1).build();
    Member a = world.join("a", 1, plain);
    Member b = world.join("b", 2, only.apply(CipherSuite.GCM_AES_256));
    world.run(5 * SECONDS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.NO_COMMON_SUITE);
    b.crash();
    world.run(8 * SECONDS);
    ScriptedPeer silent = new ScriptedPeer(plain, 9, "0a0a0a0a0a0a0a0a0a0a0a0a");
    a.frame(silent.says(ScriptedPeer.live(a)));
    world.run(MILLIS);
    assertThat(a.port.status().diagnosis().kind()).isEqualTo(Kind.WAITING);
  }
}
