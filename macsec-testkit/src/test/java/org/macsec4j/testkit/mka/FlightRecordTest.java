package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

@MacsecLab
class FlightRecordTest {
  private final MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  @Test
  void whatASessionTellsIsInTheRecord(Lab lab, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("link.jfr");
    MkaStatus status;
    try (Recording recording = new Recording()) {
      recording.start();
      Members members = Members.start(lab, config, config);
      lab.runUntil(() -> members.allSecured(1), Duration.ofSeconds(3));
      status = members.sessions.get(0).status();
      members.sessions.forEach(session -> session.rekey());
      lab.run(Duration.ofSeconds(1));
      members.sessions.get(0).secy().delete();
      lab.run(Duration.ofSeconds(3));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    String peer = status.livePeers().get(0).sci().toString();
    assertThat(events)
        .anyMatch(e -> is(e, "Peer", "state", "live") && e.getString("sci").equals(peer))
        .anyMatch(e -> is(e, "KeyServer", "self", true))
        .anyMatch(e -> is(e, "KeyServer", "self", false))
        .anyMatch(e -> is(e, "Sak", "state", "in use") && e.getLong("keyNumber") == 1)
        .anyMatch(e -> is(e, "Rekey", "reason", "command"))
        .anyMatch(e -> is(e, "ControlledPort", "state", "secured"))
        .anyMatch(e -> is(e, "StartedOver", "reason", "macsec0 is gone"));
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().startsWith("org.macsec4j."))
        .isNotEmpty()
        .allMatch(e -> e.getString("device").equals("macsec0"));
  }

  private static boolean is(RecordedEvent event, String name, String field, Object value) {
    return event.getEventType().getName().equals("org.macsec4j." + name)
        && event.getValue(field).equals(value);
  }
}
