package org.macsec4j.netlink.ethtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.macsec4j.netlink.Vectors;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.wire.Acknowledgement;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** Reads what a kernel said of drivers, and writes what it understood, octet for octet. */
@EnabledIf("org.macsec4j.netlink.Vectors#fitThisMachine")
class RecordedEthtoolTest {
  private static final Vectors VECTORS = new Vectors("linux-6.12-ethtool");
  private static final String MACSEC = "macsec-hw-offload";
  private static final String SEGMENTATION = "tx-generic-segmentation";

  /** As the kernel of the recording numbered the family. */
  private static final GenericFamily FAMILY =
      new GenericFamily(0x14, 1, Map.of(EthtoolMessages.NOTICES, 4));

  private final EthtoolMessages messages = new EthtoolMessages(FAMILY);

  private static NetlinkMessage message(String name) {
    return VECTORS.messages(name).get(0);
  }

  private static List<String> names() {
    return EthtoolMessages.featureNames(message("names"));
  }

  private static DeviceFeatures features(String name) {
    return EthtoolMessages.features(message(name), names());
  }

  @Test
  void readsTheNamesOfFeatures() {
    assertThat(names()).hasSize(64);
    assertThat(names().get(0)).isEqualTo("tx-scatter-gather");
    assertThat(names()).contains(MACSEC, SEGMENTATION);
  }

  @Test
  void readsWhoClaimsAndWhoDoesNot() {
    DeviceFeatures nic = features("features-sim0");
    assertThat(nic.name()).isEqualTo("sim0");
    assertThat(nic.index()).isEqualTo(5);
    assertThat(nic.active()).contains(MACSEC);
    assertThat(nic.changeable()).doesNotContain(MACSEC).contains("hw-tc-offload");
    DeviceFeatures veth = features("features-veth7");
    assertThat(veth.name()).isEqualTo("veth7");
    assertThat(veth.active()).doesNotContain(MACSEC).contains(SEGMENTATION);
    assertThat(veth.changeable()).contains(SEGMENTATION);
  }

  @Test
  void theVerboseFormSaysTheSame() {
    DeviceFeatures verbose = EthtoolMessages.features(message("verbose-sim0"), List.of());
    assertThat(verbose).isEqualTo(features("features-sim0"));
  }

  @Test
  void readsAllInterfaces() {
    List<DeviceFeatures> all =
        VECTORS.messages("all").stream()
            .filter(answer -> answer.type() == FAMILY.id())
            .map(answer -> EthtoolMessages.features(answer, names()))
            .toList();
    assertThat(all).extracting(DeviceFeatures::name).contains("lo", "sim0", "veth7", "veth8");
    assertThat(all).filteredOn(one -> one.active().contains(MACSEC)).hasSize(1);
  }

  @Test
  void readsANotice() {
    NetlinkMessage notice = message("notice");
    assertThat(EthtoolMessages.isAboutFeatures(notice, FAMILY)).isTrue();
    assertThat(EthtoolMessages.isAboutFeatures(message("features-veth7"), FAMILY)).isFalse();
    DeviceFeatures now = features("notice");
    assertThat(now.name()).isEqualTo("veth7");
    assertThat(now.active()).doesNotContain(SEGMENTATION);
    assertThat(now.wanted()).doesNotContain(SEGMENTATION);
    assertThat(now.changeable()).isEqualTo(features("features-veth7").changeable());
  }

  @Test
  void readsThatThereIsNoPhyAndNoInterface() {
    assertThat(Acknowledgement.of(message("phys-sim0")).errno()).isZero();
    List<NetlinkMessage> answers =
        VECTORS.messages("phys-sim0").stream()
            .filter(answer -> answer.type() == FAMILY.id())
            .toList();
    assertThat(EthtoolMessages.phys(answers)).isEqualTo(new PhyInfo(PhyPresence.ABSENT, List.of()));
    assertThat(Acknowledgement.of(message("absent")).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void readsWhoDrivesAnInterface() {
    DriverInfo nic = driver("driver-sim0");
    assertThat(nic.driver()).isEqualTo("netdevsim");
    assertThat(nic.version()).contains("6.12.117-macsec4j");
    assertThat(nic.bus()).contains("netdevsim7");
    DriverInfo veth = driver("driver-veth7");
    assertThat(veth.driver()).isEqualTo("veth");
    assertThat(veth.version()).contains("1.0");
    assertThat(veth.bus()).isEmpty();
  }

  private static DriverInfo driver(String name) {
    return DriverInfo.of(ByteBuffer.wrap(VECTORS.octets(name)).order(ByteOrder.nativeOrder()));
  }

  @Test
  void writesTheRequestsThatTheKernelTook() {
    assertWritten("names-request", messages.featureNames());
    assertWritten("features-request", messages.features("sim0", true));
    assertWritten("all-request", messages.allFeatures());
    assertWritten("phys-request", messages.phys("sim0"));
  }

  private static void assertWritten(String name, MessageBuilder request) {
    try (request) {
      ByteBuffer whole = request.finish(message(name).sequence());
      byte[] written = new byte[whole.remaining()];
      whole.get(written);
      assertThat(HexFormat.of().formatHex(written))
          .as(name)
          .isEqualTo(HexFormat.of().formatHex(VECTORS.octets(name)));
    }
  }
}
