package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyId;
import org.macsec4j.TransmitSa;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.fake.FakeLibc;

class RotationTest {
  private static final SecyId SECY = new SecyId(CarelessKernel.INDEX, "m0");

  private static TransmitSa sa(AssociationNumber an) {
    byte[] octets = new byte[16];
    octets[0] = (byte) an.value();
    KeyIdentifier id = KeyIdentifier.parse("0" + an.value());
    return TransmitSa.builder(an, SecureAssociationKey.of(id, octets))
        .nextPn(PacketNumber.FIRST)
        .build();
  }

  @Test
  void leavesNoTransmitSaFromBefore() {
    try (LinuxBackend backend = LinuxBackend.builder().open(new FakeLibc(new CarelessKernel()))) {
      for (AssociationNumber an :
          new AssociationNumber[] {AssociationNumber.AN_0, AssociationNumber.AN_3}) {
        backend.apply(SECY, new SecyCommand.InstallTransmitSa(sa(an))).orThrow();
      }
      backend.rotate(SECY, SaRotation.builder().transmit(sa(AssociationNumber.AN_1)).build());
      assertThat(backend.read(SECY).transmitSc().sas())
          .extracting(TransmitSaSnapshot::an)
          .containsExactly(AssociationNumber.AN_1);
      assertThat(backend.read(SECY).transmitSc().encodingSa()).isEqualTo(AssociationNumber.AN_1);
    }
  }
}
