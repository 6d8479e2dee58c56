package org.macsec4j.netlink.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;

class RequestTraceTest {
  private static final int TYPE = 16;

  @Test
  void requestsAndRefusalsAreInTheRecord(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("requests.jfr");
    FakeLibc libc =
        new FakeLibc(
            (protocol, request) ->
                List.of(
                    Reply.to(request).isDump()
                        ? Reply.to(request).refuse(1)
                        : Reply.to(request).message(TYPE, 0, body -> body.header32(7))));
    try (Recording recording = new Recording();
        NetlinkConnection connection = NetlinkConnection.open(libc, NetlinkSocket.NETLINK_ROUTE)) {
      recording.start();
      connection.get("read interface eth0", MessageBuilder.request(TYPE, 0));
      assertThatExceptionOfType(NetlinkException.class)
          .isThrownBy(
              () ->
                  connection.dump(
                      "list all", MessageBuilder.request(TYPE, NetlinkLayout.NLM_F_DUMP)));
      recording.stop();
      connection.get("read interface eth1", MessageBuilder.request(TYPE, 0));
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals("org.macsec4j.NetlinkRequest"))
        .extracting(event -> event.getString("operation") + ": " + event.getInt("answers"))
        .containsExactly("read interface eth0: 1", "list all: 0");
  }
}
