package org.macsec4j.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyResult;
import org.macsec4j.spi.UncontrolledPort;

class RecordingBackendTest {
  private static final Sci PEER = Sci.parse("02:00:00:00:0b:02/1");
  private final MacsecException full =
      new MacsecException(MacsecException.Kind.LIMIT, "no receive channel is free");

  private final RecordingBackend backend = new RecordingBackend();
  private final Macsec macsec = Macsec.using(backend);

  private Secy secy() {
    return macsec.create(SecyConfig.on(RecordingBackend.INTERFACE).build());
  }

  @Test
  void recordsWhatItIsAskedAndWhatIsReadIsWhatWasWritten() {
    Secy secy = secy();
    secy.addReceiveSc(PEER);
    secy.up();

    assertThat(backend.created()).containsExactly(SecyConfig.on("eth0").build());
    assertThat(backend.commands())
        .containsExactly(
            new SecyCommand.CreateReceiveSc(PEER), new SecyCommand.SetControlledPort(true));
    assertThat(backend.commands(SecyCommand.SetControlledPort.class)).hasSize(1);
    assertThat(secy.snapshot().up()).isTrue();
    assertThat(secy.receiveSc(PEER)).isPresent();
  }

  @Test
  void refusesByKindAndChangesNothing() {
    backend.refuse(SecyCommand.CreateReceiveSc.class, full);
    Secy secy = secy();

    assertThatThrownBy(() -> secy.addReceiveSc(PEER)).isSameAs(full);
    secy.up();
    assertThat(secy.receiveScs()).isEmpty();
    assertThat(backend.applied().get(0).result()).isEqualTo(new SecyResult.Failed(full));
    assertThat(backend.applied().get(1).result()).isEqualTo(new SecyResult.Done());

    backend.refuseNothing();
    secy.addReceiveSc(PEER);
    assertThat(secy.receiveScs()).hasSize(1);
  }

  @Test
  void refusesTheNthCommandOnce() {
    backend.refuseNth(2, full);
    Secy secy = secy();

    secy.up();
    assertThatThrownBy(secy::down).isSameAs(full);
    secy.down();

    assertThat(backend.commands()).hasSize(3);
    assertThatIllegalArgumentException().isThrownBy(() -> backend.refuseNth(0, full));
  }

  @Test
  void refusesWhatATestPicks() {
    backend.refuse(command -> command.equals(new SecyCommand.SetControlledPort(true)), full);
    Secy secy = secy();

    assertThatThrownBy(secy::up).isSameAs(full);
    secy.down();
  }

  @Test
  void keepsFramesSentAndPlaysThePeer() {
    List<byte[]> heard = new ArrayList<>();
    UncontrolledPort port = backend.openPort("eth0", heard::add);
    byte[] frame = new byte[60];

    port.send(frame);
    backend.receive(new byte[61]);
    port.close();
    backend.receive(new byte[62]);

    assertThat(backend.sent()).containsExactly(frame);
    assertThat(heard).extracting(received -> received.length).containsExactly(61);
    assertThat(backend.name()).isEqualTo("recording simulator");
    assertThat(backend.eventLoop()).isPresent();
    assertThat(backend.randomness()).isPresent();
  }
}
