package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.macsec4j.CipherSuite.GCM_AES_128;
import static org.macsec4j.CipherSuite.GCM_AES_256;
import static org.macsec4j.CipherSuite.GCM_AES_XPN_256;
import static org.macsec4j.ReplayProtection.OFF;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.ReplayProtection;
import org.macsec4j.mka.IcvIndicatorPolicy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaConfigBuilder;
import org.macsec4j.mka.MkaDiagnosis;

/**
 * A session of ours and a wpa_supplicant in each configuration, with either of them as key server,
 * and what our side says when the keys differ. wpa_supplicant 2.10 can do GCM-AES-128 alone, and
 * neither announces that nor asks for it.
 */
abstract class WpaVariantCases extends WpaStories {
  private static final String CAK = WpaSettings.CAK;
  private static final String CKN = WpaSettings.CKN;

  /**
   * What both are told, beside the priority. Each setting is in one of few variants, as each costs
   * seconds.
   */
  enum Variant {
    PLAIN(CAK, CKN, c -> c, "macsec_replay_protect=1"),
    LONG_CAK_SHORTEST_CKN_WINDOW(
        WpaSettings.LONG_CAK,
        "31",
        c -> c.replayProtection(ReplayProtection.window(64)).sciPort(65534),
        "macsec_replay_protect=1",
        "macsec_replay_window=64",
        "macsec_port=65534"),
    INTEGRITY_ONLY_OTHER_PORTS_ICV_INDICATOR(
        CAK,
        "0102030405",
        c -> integrityOnly(c).sciPort(2).icvIndicator(IcvIndicatorPolicy.ALWAYS),
        "macsec_integ_only=1",
        "macsec_port=3"),
    /** Each sends as it was told: the kernel takes either, and the offset says nothing to them. */
    INTEGRITY_ONLY_THEIRS_DELAY_PROTECTION(
        CAK, "112233", c -> c.delayProtection(true), "macsec_integ_only=1"),
    INTEGRITY_ONLY_OURS_WITHOUT_SCI(
        CAK, CAK, c -> integrityOnly(c).includeSci(false).mkaVersion(1).replayProtection(OFF)),

    /**
     * It takes a key of GCM-AES-256, says that it receives with it, and its kernel refuses it. So
     * it must not be offered one; whom it leads it gives GCM-AES-128.
     */
    BETTER_SUITES(
        CAK,
        CKN,
        c ->
            c.cipherSuites(GCM_AES_XPN_256, GCM_AES_256, GCM_AES_128)
                .assumedCipherSuites(GCM_AES_128));

    private final String cak;
    private final String ckn;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    private final UnaryOperator<MkaConfigBuilder> ours;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final String[] theirs;

    Variant(String cak, String ckn, UnaryOperator<MkaConfigBuilder> ours, String... theirs) {
      this.cak = cak;
      this.ckn = ckn;
      this.ours = ours;
      this.theirs = theirs;
    }

    private static MkaConfigBuilder integrityOnly(MkaConfigBuilder config) {
      return config.confidentialityOffset(ConfidentialityOffset.NO_CONFIDENTIALITY);
    }

    MkaConfig ours(int priority) {
      return ours.apply(WpaSettings.ours(cak, ckn, priority).toBuilder()).build();
    }
  }

  /** Priorities of ours and theirs; our SCI is the lower one. */
  enum Priorities {
    WE_LEAD(10, 100, true),
    THEY_LEAD(200, 100, false),
    EQUAL(128, 128, true),
    THEY_ARE_FIRST(255, 0, false),
    BOTH_ARE_LAST(255, 255, true);

    private final int ours;
    private final int theirs;
    private final boolean weLead;

    Priorities(int ours, int theirs, boolean weLead) {
      this.ours = ours;
      this.theirs = theirs;
      this.weLead = weLead;
    }
  }

  /** Keys that differ, and what is said of that. Ours are those of {@link Variant#PLAIN}. */
  enum Difference {
    CAK_DIFFERS("ffff0203040506070809101112131415", CKN, MkaDiagnosis.Kind.ICV_FAILED),
    CAK_IS_LONGER(WpaSettings.LONG_CAK, CKN, MkaDiagnosis.Kind.ICV_FAILED),
    CKN_DIFFERS(CAK, "aa" + CKN.substring(2), MkaDiagnosis.Kind.UNKNOWN_CKN),
    CKN_IS_THE_BEGINNING(CAK, CKN.substring(0, 8), MkaDiagnosis.Kind.UNKNOWN_CKN);

    private final String cak;
    private final String ckn;
    private final MkaDiagnosis.Kind said;

    Difference(String cak, String ckn, MkaDiagnosis.Kind said) {
      this.cak = cak;
      this.ckn = ckn;
      this.said = said;
    }
  }

  private record Case(Variant variant, Priorities priorities) {}

  private static final Set<Priorities> OTHER_PRIORITIES =
      EnumSet.range(Priorities.EQUAL, Priorities.BOTH_ARE_LAST);

  @Override
  final void begin() {
    for (Difference difference : Difference.values()) {
      begin(difference, link -> differ(link, difference));
    }
    for (Variant variant : Variant.values()) {
      begin(new Case(variant, Priorities.WE_LEAD));
    }
    for (Variant variant : Variant.values()) {
      begin(new Case(variant, Priorities.THEY_LEAD));
    }
    for (Priorities priorities : OTHER_PRIORITIES) {
      begin(new Case(Variant.PLAIN, priorities));
    }
  }

  private void begin(Case both) {
    begin(both, link -> comeUp(link, both));
  }

  private static void comeUp(WpaLink link, Case both) throws Exception {
    Variant variant = both.variant;
    Priorities priorities = both.priorities;
    link.startTheirs(
        WpaSettings.theirs(variant.cak, variant.ckn, priorities.theirs, variant.theirs));
    try (WireWatch wire = WireWatch.on(link.ours(), link.parent)) {
      link.startOurs(variant.ours(priorities.ours));
      link.assertComesUp();
      assertThat(link.session().status().self()).as("key server").isEqualTo(priorities.weLead);
      wire.assertProtected();
    }
  }

  private static void differ(WpaLink link, Difference difference) {
    link.startOurs(WpaSettings.ours(10));
    assertThat(link.diagnosis()).isEqualTo(MkaDiagnosis.Kind.NOTHING_RECEIVED);
    link.startTheirs(WpaSettings.theirs(difference.cak, difference.ckn, 100));
    WpaLink.until(() -> link.diagnosis() == difference.said);
    assertThat(link.session().status().diagnosis().kind())
        .as(link.session().status().diagnosis().text())
        .isEqualTo(difference.said);
    assertThat(link.session().isSecured()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void weLead(Variant variant) throws Exception {
    await(new Case(variant, Priorities.WE_LEAD));
  }

  @ParameterizedTest
  @EnumSource
  void theyLead(Variant variant) throws Exception {
    await(new Case(variant, Priorities.THEY_LEAD));
  }

  @ParameterizedTest
  @EnumSource
  void theLowestPriorityLeadsThenTheLowestSci(Priorities priorities) throws Exception {
    await(new Case(Variant.PLAIN, priorities));
  }

  @ParameterizedTest
  @EnumSource
  void keysThatDifferAreToldInWords(Difference difference) throws Exception {
    await(difference);
  }
}
