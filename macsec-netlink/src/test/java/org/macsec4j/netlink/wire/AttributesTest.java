package org.macsec4j.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AttributesTest {
  private static byte[] written(MessageBuilder builder) {
    try (builder) {
      ByteBuffer whole = builder.finish(1);
      byte[] octets = new byte[whole.remaining()];
      whole.get(octets);
      return octets;
    }
  }

  private static Attributes read(MessageBuilder builder) {
    byte[] octets = written(builder);
    return Attributes.parse(octets, NetlinkLayout.HEADER, octets.length - NetlinkLayout.HEADER);
  }

  private static MessageBuilder request() {
    return MessageBuilder.request(16, 0);
  }

  @Test
  void everyKindComesBack() {
    Attributes read =
        read(
            request()
                .u8(1, 0xFE)
                .bool(2, true)
                .u16BigEndian(3, 0x1234)
                .u32(4, -2)
                .u32BigEndian(5, 0x01020304)
                .u64(6, 0x0102030405060708L)
                .bytes(7, new byte[] {1, 2, 3})
                .string(8, "macsec0")
                .flag(9)
                .nested(10, nest -> nest.u8(1, 1).nested(2, inner -> inner.u32(1, 77))));

    assertThat(read.size()).isEqualTo(10);
    assertThat(read.require(1).u8()).isEqualTo(0xFE);
    assertThat(read.isSet(2)).isTrue();
    assertThat(read.require(3).bytes()).containsExactly(0x12, 0x34);
    assertThat(read.u32(4)).hasValue(-2);
    assertThat(read.unsigned(4)).hasValue(0xFFFF_FFFEL);
    assertThat(read.require(5).bytes()).containsExactly(1, 2, 3, 4);
    assertThat(read.require(5).u32BigEndian()).isEqualTo(0x01020304);
    assertThat(read.require(6).u64()).isEqualTo(0x0102030405060708L);
    assertThat(read.require(7).bytes()).containsExactly(1, 2, 3);
    assertThat(read.require(8).string()).isEqualTo("macsec0");
    assertThat(read.require(9).length()).isZero();
    assertThat(read.nested(10).nested(2).u32(1)).hasValue(77);
    assertThat(read.nested(11).size()).isZero();
  }

  @Test
  void theHostsOrderIsTheHosts() {
    byte[] expected =
        ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0x01020304).array();
    assertThat(read(request().u32(1, 0x01020304)).require(1).bytes()).isEqualTo(expected);
  }

  @Test
  void anUnknownAttributeIsKeptAndOfTwoTheLastCounts() {
    Attributes read = read(request().bytes(999, new byte[] {9}).u8(1, 1).u8(1, 2));
    assertThat(read).hasSize(3);
    assertThat(read.require(999).bytes()).containsExactly(9);
    assertThat(read.u8(1)).hasValue(2);
  }

  @Test
  void aValueOfAnotherLengthIsToldOf() {
    Attributes read = read(request().u8(1, 1));
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> read.require(1).u32())
        .withMessageContaining("attribute 1 has 1 octets instead of 4");
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> read.require(2))
        .withMessageContaining("attribute 2 is missing");
  }

  @Test
  void aLengthThatLeadsBeyondTheEndIsMalformed() {
    byte[] octets = written(request().u32(1, 1));
    for (int length : new int[] {0, 3, 9, 0xFFFF}) {
      byte[] broken = octets.clone();
      ByteBuffer.wrap(broken).order(ByteOrder.nativeOrder()).putShort(16, (short) length);
      assertThatExceptionOfType(MalformedMessageException.class)
          .as("length %s", length)
          .isThrownBy(() -> Attributes.parse(broken, 16, broken.length - 16));
    }
  }

  @Test
  void aLongMessageGrowsAndWhatItHeldBeforeIsWiped() {
    byte[] secret = new byte[16];
    Arrays.fill(secret, (byte) 0x5A);
    // The next request gets what the last one gave back.
    ByteBuffer small = RequestBuffers.take();
    RequestBuffers.giveBack(small);
    MessageBuilder builder = request().bytes(1, secret);
    assertThat(hex(small.duplicate().clear())).contains("5a5a5a5a");
    ByteBuffer grown = builder.bytes(2, new byte[5000]).finish(1);
    assertThat(hex(small.duplicate().clear())).matches("0*");
    assertThat(hex(grown)).contains("5a5a5a5a");
    builder.close();
    assertThat(hex(grown)).doesNotContain("5a5a").matches("0*");
  }

  private static String hex(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.remaining()];
    buffer.duplicate().get(octets);
    return HexFormat.of().formatHex(octets);
  }

  @Test
  void noAttributeIsLongerThanItsLengthFieldCanTell() {
    try (MessageBuilder builder = request()) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder.bytes(1, new byte[70_000]));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  builder.nested(1, n -> n.bytes(1, new byte[40_000]).bytes(2, new byte[40_000])));
    }
  }

  @Test
  void anAttributeDoesNotPrintItsValue() {
    assertThat(read(request().bytes(4, new byte[] {0x5A, 0x5A})).require(4))
        .hasToString("attribute 4 (2 octets)");
  }
}
