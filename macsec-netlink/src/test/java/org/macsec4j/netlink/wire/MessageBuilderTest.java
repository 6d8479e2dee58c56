package org.macsec4j.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageBuilderTest {
  /**
   * Header 0..15, header of the family 16..19, then 20: IFINDEX, 28: nest of 32: AN, 40: a key of
   * 16 octets, 60: nest of 64: an octet.
   */
  private static MessageBuilder request() {
    return MessageBuilder.request(0x1C, 0)
        .header32(0)
        .u32(1, 7)
        .nested(3, config -> config.u8(1, 2).bytes(4, new byte[16]))
        .nested(9, config -> config.u8(1, 0));
  }

  @Test
  void tellsTheWayToAnAttribute() {
    try (MessageBuilder request = request()) {
      assertThat(request.pathTo(20)).containsExactly(1);
      assertThat(request.pathTo(28)).containsExactly(3);
      assertThat(request.pathTo(32)).containsExactly(3, 1);
      assertThat(request.pathTo(40)).containsExactly(3, 4);
      assertThat(request.pathTo(60)).containsExactly(9);
      assertThat(request.pathTo(64)).containsExactly(9, 1);
    }
  }

  @Test
  void tellsNoWayToWhereNoAttributeBegins() {
    try (MessageBuilder request = request()) {
      for (int offset : List.of(-1, 0, 16, 22, 36, 44, 68, 72, 10_000)) {
        assertThat(request.pathTo(offset)).as("at %d", offset).isEmpty();
      }
    }
  }

  @Test
  void closingWipesWhatWasWritten() {
    MessageBuilder request = request();
    ByteBuffer octets = request.finish(1).duplicate();
    request.close();
    while (octets.hasRemaining()) {
      assertThat(octets.get()).isZero();
    }
  }

  /** Its buffer is another one's by then. */
  @Test
  void aClosedBuilderIsOfNoUse() {
    MessageBuilder closed = request();
    closed.close();
    assertThatIllegalStateException().isThrownBy(() -> closed.u32(1, 7));
  }

  @Test
  void afterTwoClosesTwoBuildersDoNotShareABuffer() {
    MessageBuilder closed = request();
    closed.close();
    closed.close();
    try (MessageBuilder one = request();
        MessageBuilder other = request().u32(2, -1)) {
      assertThat(one.finish(1)).isNotEqualTo(other.finish(1));
      assertThat(other.finish(2).remaining()).isEqualTo(one.finish(2).remaining() + 8);
    }
  }

  @Test
  void isFinishedAgainUnderAnotherNumber() {
    try (MessageBuilder request = request()) {
      int length = request.finish(1).remaining();
      NetlinkMessage message = NetlinkMessage.parse(request.finish(2)).get(0);
      assertThat(message.sequence()).isEqualTo(2);
      assertThat(message.payload()).hasSize(length - NetlinkLayout.HEADER);
      assertThat(request.pathTo(40)).containsExactly(3, 4);
      assertThatIllegalStateException().isThrownBy(() -> request.u32(1, 7));
    }
  }
}
