package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecyConfigTest {
  private static List<String> problemsOf(ThrowingCallable call) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    assertThat(thrown).isInstanceOf(InvalidConfigurationException.class);
    return ((InvalidConfigurationException) thrown).problems();
  }

  @Test
  void beginsWithTheDefaultsOfTheStandard() {
    SecyConfig config = SecyConfig.on("eth0").build();

    assertThat(config.parent()).isEqualTo("eth0");
    assertThat(config.name()).isEmpty();
    assertThat(config.sci()).isEmpty();
    assertThat(config.port()).isEqualTo(1);
    assertThat(config.cipherSuite()).isEqualTo(CipherSuite.GCM_AES_128);
    assertThat(config.icvLength()).isEqualTo(16);
    assertThat(config.confidentialityOffset()).isEqualTo(ConfidentialityOffset.OFFSET_0);
    assertThat(config.protectFrames()).isTrue();
    assertThat(config.validateFrames()).isEqualTo(ValidateFrames.STRICT);
    assertThat(config.replayProtection()).isEqualTo(ReplayProtection.window(0));
    assertThat(config.includeSci()).isTrue();
    assertThat(config.endStation()).isFalse();
    assertThat(config.singleCopyBroadcast()).isFalse();
    assertThat(config.offload()).isEqualTo(OffloadPolicy.OFF);
  }

  @Test
  void listsEveryProblemAtOnceWithTheAcceptedRange() {
    assertThatThrownBy(
            () ->
                SecyConfig.on(" ")
                    .name("")
                    .port(65535)
                    .icvLength(7)
                    .endStation(true)
                    .singleCopyBroadcast(true)
                    .cipherSuite(CipherSuite.GCM_AES_XPN_128)
                    .replayWindow(ReplayProtection.MAX_WINDOW_XPN + 1)
                    .confidentialityOffset(ConfidentialityOffset.OFFSET_50)
                    .build())
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MacsecException.Kind.INVALID);
              assertThat(e.problems())
                  .containsExactly(
                      "the parent interface needs a name",
                      "the name must not be blank",
                      "port 65535 is not in 1..65534",
                      "ICV length 7 is not in 8..16 octets",
                      "includeSci and endStation exclude each other: ES says that the SCI is left"
                          + " out",
                      "includeSci and singleCopyBroadcast exclude each other: SCB says that the SCI"
                          + " is left out",
                      "endStation stands for port 1, but the port is 65535",
                      "replay window 1073741824 is not in 0..1073741823, which is what"
                          + " GCM-AES-XPN-128 takes",
                      "confidentiality offset 50 is not for GCM-AES-XPN-128; use 0, or a suite"
                          + " without extended packet numbering");
            })
        .hasMessageStartingWith("SecY on ?: the parent interface needs a name; ");
  }

  @Test
  void takesTheEdgesOfEachRange() {
    SecyConfig.on("eth0").port(1).icvLength(8).build();
    SecyConfig.on("eth0").port(65534).icvLength(16).build();
    SecyConfig.on("eth0").replayWindow(ReplayProtection.MAX_WINDOW).build();
    SecyConfig.on("eth0").includeSci(false).endStation(true).singleCopyBroadcast(true).build();
    SecyConfig.on("eth0")
        .cipherSuite(CipherSuite.GCM_AES_XPN_256)
        .replayWindow(ReplayProtection.MAX_WINDOW_XPN)
        .confidentialityOffset(ConfidentialityOffset.NO_CONFIDENTIALITY)
        .build();
  }

  @Test
  void refusesEachEdgeBeyond() {
    assertThat(problemsOf(() -> SecyConfig.on("eth0").port(0).build())).hasSize(1);
    assertThat(problemsOf(() -> SecyConfig.on("eth0").icvLength(17).build())).hasSize(1);
    assertThat(
            problemsOf(
                () -> SecyConfig.on("eth0").port(2).includeSci(false).endStation(true).build()))
        .containsExactly("endStation stands for port 1, but the port is 2");
  }

  @Test
  void aWholeSciOverridesThePort() {
    SecyConfig config = SecyConfig.on("eth0").port(0).sci(Sci.parse("02:00:00:00:0a:01/7")).build();

    assertThat(config.port()).isEqualTo(7);
    assertThat(
            problemsOf(() -> SecyConfig.on("eth0").sci(Sci.parse("01:80:c2:00:00:03/1")).build()))
        .containsExactly(
            "the SCI 01:80:c2:00:00:03/1 has a group address; it must be an individual one");
  }

  @Test
  void isAValueThatABuilderDoesNotChangeAfterwards() {
    SecyConfig.Builder builder = SecyConfig.on("eth0").name("secret");
    SecyConfig before = builder.build();
    SecyConfig after = builder.port(5).build();

    assertThat(before.port()).isEqualTo(1);
    assertThat(after.port()).isEqualTo(5);
    assertThat(after.toBuilder().port(1).build())
        .isEqualTo(before)
        .hasSameHashCodeAs(before)
        .isNotEqualTo(after);
    assertThat(before).asString().contains("eth0 as secret", "GCM-AES-128", "window 0");
  }

  @Test
  void aChangeTakesWhatItNamesAndLeavesTheRest() {
    SecyConfig config = SecyConfig.on("eth0").replayWindow(32).build();

    SecyConfig changed =
        config.with(
            SecyChange.builder()
                .cipherSuite(CipherSuite.GCM_AES_256)
                .confidentialityOffset(ConfidentialityOffset.OFFSET_30)
                .protectFrames(false)
                .validateFrames(ValidateFrames.CHECK)
                .replayProtection(ReplayProtection.OFF)
                .includeSci(false)
                .endStation(true)
                .singleCopyBroadcast(true)
                .build());

    assertThat(changed)
        .isEqualTo(
            SecyConfig.on("eth0")
                .cipherSuite(CipherSuite.GCM_AES_256)
                .confidentialityOffset(ConfidentialityOffset.OFFSET_30)
                .protectFrames(false)
                .validateFrames(ValidateFrames.CHECK)
                .replayProtection(ReplayProtection.OFF)
                .includeSci(false)
                .endStation(true)
                .singleCopyBroadcast(true)
                .build());
    assertThat(config.with(SecyChange.builder().build())).isEqualTo(config);
    assertThat(problemsOf(() -> config.with(SecyChange.builder().endStation(true).build())))
        .hasSize(1);
  }

  @Test
  void aPortThatAWholeSciOverridesIsNoDifference() {
    Sci sci = Sci.parse("020000000a010007");
    assertThat(SecyConfig.on("eth0").port(3).sci(sci).build())
        .isEqualTo(SecyConfig.on("eth0").sci(sci).build());
  }

  @Test
  void whatOthersMadeIsToldAsItIs() {
    SecyConfig odd = SecyConfig.on("eth0").endStation(true).port(0).observed();
    assertThat(odd.endStation()).isTrue();
    assertThat(odd.includeSci()).isTrue();
    assertThatThrownBy(() -> odd.toBuilder().build())
        .isInstanceOf(InvalidConfigurationException.class);
  }
}
