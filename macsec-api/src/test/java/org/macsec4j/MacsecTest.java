package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.macsec4j.spi.Availability;

class MacsecTest {
  @AfterEach
  void makeAllAvailable() {
    FakeProvider.good = Availability.yes("good");
    FakeProvider.better = Availability.yes("better");
  }

  @Test
  void opensTheAvailableBackendOfTheGreatestPriority() {
    assertThat(Macsec.open()).hasToString("Macsec on better");

    FakeProvider.better = Availability.no("the kernel has no MACsec; load the module macsec");

    assertThat(Macsec.open()).hasToString("Macsec on good");
  }

  @Test
  void saysOfEachBackendWhyItWasNotTaken() {
    FakeProvider.better = Availability.no("the kernel has no MACsec; load the module macsec");
    FakeProvider.good = Availability.no("CAP_NET_ADMIN is missing");

    assertThatThrownBy(Macsec::open)
        .isInstanceOfSatisfying(
            MacsecUnavailableException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MacsecException.Kind.UNAVAILABLE);
              assertThat(e.reasons())
                  .containsExactly(
                      Map.entry("better", "the kernel has no MACsec; load the module macsec"),
                      Map.entry("good", "CAP_NET_ADMIN is missing"),
                      Map.entry("toy", "only when asked for by name"));
            })
        .hasMessage(
            "no MACsec backend is available: better: the kernel has no MACsec; load the module"
                + " macsec; good: CAP_NET_ADMIN is missing; toy: only when asked for by name");
  }

  @Test
  void opensByNameWhateverThePriority() {
    assertThat(Macsec.open("toy")).hasToString("Macsec on toy");
    assertThat(Macsec.open("good")).hasToString("Macsec on good");
  }

  @Test
  void aNameThatIsNotThereListsThoseThatAre() {
    assertThatThrownBy(() -> Macsec.open("solaris"))
        .hasMessageStartingWith("no backend named solaris: better: not the one asked for; good:");

    FakeProvider.good = Availability.no("CAP_NET_ADMIN is missing");
    assertThatThrownBy(() -> Macsec.open("good")).hasMessageContaining("CAP_NET_ADMIN is missing");
  }

  @Test
  void withoutAnyProviderItSaysWhatToAdd() {
    assertThat(new MacsecUnavailableException("MACsec backend is available", Map.of()))
        .hasMessageContaining("macsec-netlink (Linux) or macsec-testkit (simulator)");
  }

  @Test
  void probesEachBackendBestFirst() {
    FakeProvider.good = Availability.no("not today");

    assertThat(Macsec.probe())
        .containsExactly(
            Map.entry("better", Availability.yes("better")),
            Map.entry("good", Availability.no("not today")),
            Map.entry("toy", Availability.yes("always")));
  }

  @Test
  void usesABackendThatIsHandedOverAndClosesIt() {
    FakeProvider.Backend backend = new FakeProvider.Backend("mine");
    try (Macsec macsec = Macsec.using(backend)) {
      assertThat(macsec.backend()).isSameAs(backend);
    }
    assertThat(backend.isClosed()).isTrue();
  }

  @Test
  void findsSecysByNameAndThrowsWhatTheBackendRefuses() {
    Macsec macsec = Macsec.using(new FakeProvider.Backend("mine"));
    macsec.create(SecyConfig.on("eth0").build());
    Secy named = macsec.create(SecyConfig.on("eth0").name("secret").build());

    assertThat(macsec.secys()).extracting(Secy::toString).containsExactly("macsec0", "secret");
    assertThat(macsec.secy("secret").map(Secy::id)).contains(named.id());
    assertThat(macsec.secy("nothing")).isEmpty();
    assertThatThrownBy(named::up)
        .hasMessage("secret refuses")
        .extracting(e -> ((MacsecException) e).kind())
        .isEqualTo(MacsecException.Kind.BUSY);
    named.delete();
    assertThat(macsec.secy("secret")).isEmpty();
  }
}
