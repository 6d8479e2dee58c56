package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.fake.FakeLibc;

/** Whatever is asked in whatever order: no packet number is used twice under one key. */
class NoncePropertyTest {
  private static final SecyId SECY = new SecyId(CarelessKernel.INDEX, "m0");

  /** A few keys, places and numbers, so that they meet often. */
  record Step(int what, int an, int key, long pn) {
    void play(LinuxBackend backend, CarelessKernel kernel) {
      AssociationNumber place = AssociationNumber.of(an);
      switch (what) {
        case 0, 1 -> backend.apply(SECY, new SecyCommand.InstallTransmitSa(sa(place)));
        case 2 -> backend.apply(SECY, new SecyCommand.EnableTransmitSa(place, true));
        case 3 -> backend.apply(SECY, new SecyCommand.EnableTransmitSa(place, false));
        case 4 -> backend.apply(SECY, new SecyCommand.DeleteTransmitSa(place));
        case 5 -> backend.apply(SECY, new SecyCommand.RaiseNextPn(place, PacketNumber.of(pn)));
        case 6 -> backend.apply(SECY, new SecyCommand.SelectTransmitSa(place));
        case 7 -> recreate(backend, kernel);
        default -> kernel.send((int) (1 + pn % 5));
      }
    }

    private TransmitSa sa(AssociationNumber place) {
      byte[] octets = new byte[16];
      Arrays.fill(octets, (byte) key);
      KeyIdentifier id = KeyIdentifier.parse("0" + key);
      return TransmitSa.builder(place, SecureAssociationKey.of(id, octets))
          .nextPn(PacketNumber.of(pn))
          .enabled(pn % 3 != 0)
          .build();
    }

    private static void recreate(LinuxBackend backend, CarelessKernel kernel) {
      backend.delete(SECY);
      kernel.comeAnew();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> low = Arbitraries.longs().between(1, 20);
    Arbitrary<Long> high = Arbitraries.longs().between(0xFFFF_FFF0L, 0xFFFF_FFFFL);
    return Combinators.combine(
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(1, 3),
            Arbitraries.oneOf(low, high))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void noNonceIsUsedTwice(@ForAll("steps") List<Step> steps) {
    CarelessKernel kernel = new CarelessKernel();
    try (LinuxBackend backend = LinuxBackend.builder().open(new FakeLibc(kernel))) {
      steps.forEach(step -> step.play(backend, kernel));
    }
    assertThat(kernel.reused()).isEmpty();
  }

  @Property(tries = 1)
  void theKernelAloneWouldUseThemTwice() {
    CarelessKernel kernel = new CarelessKernel();
    try (LinuxBackend backend = LinuxBackend.builder().open(new FakeLibc(kernel))) {
      new Step(0, 0, 1, 1).play(backend, kernel);
      kernel.send(3);
      kernel.lower(0, 1);
      kernel.send(1);
    }
    assertThat(kernel.reused()).endsWith("/1");
  }
}
