package org.macsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;

/** Every policy on every kind of hardware. */
class OffloadPolicyTest {
  private final Lab lab = Lab.create(3);
  private final Host host = lab.host("a");
  private final List<SecyEvent> events = new ArrayList<>();

  OffloadPolicyTest() {
    lab.wire(host, lab.host("b"));
    host.macsec().onEvent(events::add);
  }

  /** Hardware, and what comes of asking it: where it works, or else the kind of its refusal. */
  private enum Hardware {
    NONE(Optional.empty(), Kind.UNSUPPORTED),
    INCAPABLE(Optional.empty(), Kind.UNSUPPORTED),
    IN_THE_MAC(Optional.of(OffloadMode.MAC), Kind.UNSUPPORTED),
    IN_THE_PHY(Optional.of(OffloadMode.PHY), Kind.UNSUPPORTED),
    IN_BOTH(Optional.of(OffloadMode.MAC), Kind.UNSUPPORTED),
    LYING(Optional.empty(), Kind.UNSUPPORTED),
    FULL(Optional.empty(), Kind.LIMIT),
    WITHOUT_THE_SUITE(Optional.empty(), Kind.UNSUPPORTED),
    FAILING(Optional.empty(), Kind.BACKEND),
    FAILING_HALF_WAY(Optional.empty(), Kind.BACKEND);

    final Optional<OffloadMode> works;
    final Kind refusal;

    Hardware(Optional<OffloadMode> works, Kind refusal) {
      this.works = works;
      this.refusal = refusal;
    }

    Optional<Nic> nic() {
      Nic inTheMac = Nic.in(OffloadMode.MAC);
      return switch (this) {
        case NONE -> Optional.empty();
        case INCAPABLE -> Optional.of(Nic.in());
        case IN_THE_MAC -> Optional.of(inTheMac);
        case IN_THE_PHY -> Optional.of(Nic.in(OffloadMode.PHY));
        case IN_BOTH -> Optional.of(Nic.in(OffloadMode.MAC, OffloadMode.PHY));
        case LYING -> Optional.of(inTheMac.lying());
        case FULL -> Optional.of(inTheMac.secys(0));
        case WITHOUT_THE_SUITE ->
            Optional.of(inTheMac.cipherSuites(Set.of(CipherSuite.GCM_AES_XPN_256)));
        case FAILING -> Optional.of(inTheMac.refuse(DriverCall.ADD_SECY, Kind.BACKEND));
        case FAILING_HALF_WAY ->
            Optional.of(inTheMac.keepingWhatItRefuses().refuse(DriverCall.ADD_SECY, Kind.BACKEND));
      };
    }
  }

  private void plugIn(Hardware hardware) {
    hardware.nic().ifPresent(nic -> host.nic("eth0", nic));
  }

  private Secy create(OffloadPolicy policy) {
    Secy made = host.macsec().create(SecyConfig.on("eth0").offload(policy).build());
    lab.run(Duration.ofMillis(1));
    return made;
  }

  private List<String> fallBacks() {
    return events.stream()
        .filter(SecyEvent.OffloadFellBack.class::isInstance)
        .map(event -> ((SecyEvent.OffloadFellBack) event).reason())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void whoeverWantsNoneGetsNone(Hardware hardware) {
    plugIn(hardware);
    assertThat(create(OffloadPolicy.OFF).snapshot().offload()).isEqualTo(OffloadMode.SOFTWARE);
    assertThat(fallBacks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whoeverPrefersItGetsItOrIsToldWhyNot(Hardware hardware) {
    plugIn(hardware);
    OffloadMode now = create(OffloadPolicy.PREFER).snapshot().offload();
    assertThat(now).isEqualTo(hardware.works.orElse(OffloadMode.SOFTWARE));
    assertThat(fallBacks()).hasSize(hardware.works.isPresent() ? 0 : 1);
    assertThat(fallBacks()).allSatisfy(reason -> assertThat(reason).contains("macsec0"));
    assertThat(events.get(0)).isInstanceOf(SecyEvent.Created.class);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverRequiresItGetsItOrNothing(Hardware hardware) {
    plugIn(hardware);
    if (hardware.works.isPresent()) {
      assertThat(create(OffloadPolicy.REQUIRE).snapshot().offload())
          .isEqualTo(hardware.works.get());
      return;
    }
    MacsecException refusal =
        catchThrowableOfType(MacsecException.class, () -> create(OffloadPolicy.REQUIRE));
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(hardware.refusal);
    assertThat(host.macsec().secys()).isEmpty();
    lab.run(Duration.ofMillis(1));
    assertThat(events).isEmpty();
    // Nothing is in the way of another attempt.
    assertThat(create(OffloadPolicy.OFF).snapshot().offload()).isEqualTo(OffloadMode.SOFTWARE);
  }

  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of(Hardware.IN_THE_MAC, OffloadMode.MAC, OffloadMode.MAC),
        Arguments.of(Hardware.IN_THE_MAC, OffloadMode.PHY, OffloadMode.SOFTWARE),
        Arguments.of(Hardware.IN_THE_PHY, OffloadMode.MAC, OffloadMode.SOFTWARE),
        Arguments.of(Hardware.IN_THE_PHY, OffloadMode.PHY, OffloadMode.PHY),
        Arguments.of(Hardware.IN_BOTH, OffloadMode.MAC, OffloadMode.MAC),
        Arguments.of(Hardware.IN_BOTH, OffloadMode.PHY, OffloadMode.PHY));
  }

  @ParameterizedTest
  @MethodSource("places")
  void onlyThePlaceThatIsAskedForWillDo(Hardware hardware, OffloadMode place, OffloadMode now) {
    plugIn(hardware);
    SecyConfig config = SecyConfig.on("eth0").offload(OffloadPolicy.PREFER, place).build();
    assertThat(host.macsec().create(config).snapshot().offload()).isEqualTo(now);
  }

  @Test
  void theReasonOfEachPlaceIsSaid() {
    plugIn(Hardware.FULL);
    create(OffloadPolicy.PREFER);
    assertThat(fallBacks().get(0))
        .contains(
            "the hardware has no room left, it takes 0", "no MACsec hardware of that kind (PHY)");
  }

  @Test
  void whatASecyThatIsDeletedHeldIsFree() {
    host.nic("eth0", Nic.in(OffloadMode.MAC).secys(1));
    create(OffloadPolicy.REQUIRE).delete();
    assertThat(create(OffloadPolicy.REQUIRE).snapshot().offload()).isEqualTo(OffloadMode.MAC);
  }
}
