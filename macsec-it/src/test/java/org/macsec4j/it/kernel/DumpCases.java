package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyConfig;
import org.macsec4j.netlink.DumpTruncatedException;

/** A SecY that does not fit into the kernel's report hides itself and all after it; never here. */
abstract class DumpCases extends Pair {
  private static final CipherSuite SUITE = CipherSuite.GCM_AES_128;

  private Secy withChannels(int channels) {
    Secy secy = left.create(SecyConfig.on("eth0").name("m0").build());
    secy.transmitSc().install(transmitSa(SUITE, AN_0, 1, 10));
    for (int port = 1; port <= channels; port++) {
      Sci peer = new Sci(MacAddress.parse(RIGHT_ADDRESS), port);
      secy.addReceiveSc(peer).install(receiveSa(SUITE, AN_0, 2, 1));
    }
    return secy;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 13, 25, 100, 114})
  void whatFitsIsRead(int channels) {
    Secy first = withChannels(channels);
    Secy second = left.create(SecyConfig.on("eth0").name("m1").port(2).build());

    assertThat(first.snapshot().receiveScs()).hasSize(channels);
    assertThat(second.snapshot().receiveScs()).isEmpty();
    assertThat(leftBackend.readAll()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {115, 260})
  void whatDoesNotFitIsSaidAndNeverTakenForNothing(int channels) {
    Secy first = withChannels(channels);
    Secy second = left.create(SecyConfig.on("eth0").name("m1").port(2).build());

    assertThat(left.secys()).extracting(secy -> secy.id().name()).containsExactly("m0", "m1");
    for (Secy hidden : new Secy[] {first, second}) {
      assertThatExceptionOfType(DumpTruncatedException.class)
          .isThrownBy(hidden::snapshot)
          .withMessageContaining("the kernel's report ends before " + hidden + ", which exists");
    }
    assertThatExceptionOfType(DumpTruncatedException.class).isThrownBy(leftBackend::readAll);
  }

  @ParameterizedTest
  @ValueSource(ints = 130)
  void aSecyThatCannotBeReadStillChangesKeys(int channels) {
    Secy secy = withChannels(channels);
    secy.transmitSc().install(transmitSa(SUITE, AN_1, 3, 1));
    secy.transmitSc().select(AN_1);
    secy.transmitSc().enable(AN_0, false);
    secy.transmitSc().delete(AN_0);
    secy.change(SecyChange.builder().protectFrames(false).build());
    secy.up();
    secy.delete();
    assertThat(left.secys()).isEmpty();
  }

  /** A few interfaces are asked for one by one, many all at once. */
  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void allSecysAreReadWithTheirInterfaces(int interfaces) {
    for (int i = 1; i <= interfaces; i++) {
      leftSpace.ip("link add name d%d type veth peer name f%d".formatted(i, i));
      left.create(SecyConfig.on("d" + i).name("m" + i).build());
    }
    left.create(SecyConfig.on("d1").name("n1").port(7).build());
    assertThat(leftBackend.readAll())
        .hasSize(interfaces + 1)
        .allSatisfy(
            secy ->
                assertThat(secy.config().parent())
                    .isEqualTo(
                        secy.id().name().equals("n1")
                            ? "d1"
                            : "d" + secy.id().name().substring(1)));
  }
}
