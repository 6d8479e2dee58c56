package org.macsec4j.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WirePropertyTest {
  /** An attribute with a value, or one with attributes in it. */
  record Tree(int type, String value, List<Tree> nest) {
    byte[] octets() {
      return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    void write(MessageBuilder builder) {
      if (nest.isEmpty()) {
        builder.bytes(type, octets());
      } else {
        builder.nested(type, inner -> nest.forEach(tree -> tree.write(inner)));
      }
    }

    boolean isWrittenIn(Attribute attribute) {
      if (nest.isEmpty()) {
        return attribute.type() == type && Arrays.equals(attribute.bytes(), octets());
      }
      List<Attribute> found = new ArrayList<>();
      attribute.nested().forEach(found::add);
      boolean same = attribute.type() == type && found.size() == nest.size();
      for (int i = 0; same && i < nest.size(); i++) {
        same = nest.get(i).isWrittenIn(found.get(i));
      }
      return same;
    }
  }

  @Provide
  Arbitrary<List<Tree>> trees() {
    return trees(2);
  }

  private static Arbitrary<List<Tree>> trees(int depth) {
    Arbitrary<Integer> types = Arbitraries.integers().between(0, 0x3FFF);
    Arbitrary<String> values = Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(40);
    Arbitrary<List<Tree>> nests =
        depth == 0 ? Arbitraries.just(List.of()) : Arbitraries.lazy(() -> trees(depth - 1));
    return Combinators.combine(types, values, nests).as(Tree::new).list().ofMaxSize(3);
  }

  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll("trees") List<Tree> trees, @ForAll int sequence) {
    try (MessageBuilder builder = MessageBuilder.request(16, 0x5)) {
      trees.forEach(tree -> tree.write(builder));
      List<NetlinkMessage> messages = NetlinkMessage.parse(builder.finish(sequence));

      assertThat(messages).hasSize(1);
      NetlinkMessage message = messages.get(0);
      assertThat(message.type()).isEqualTo(16);
      assertThat(message.sequence()).isEqualTo(sequence);
      assertThat(message.has(NetlinkLayout.NLM_F_REQUEST)).isTrue();
      List<Attribute> read = new ArrayList<>();
      message.attributes(0).forEach(read::add);
      assertThat(read).hasSameSizeAs(trees);
      for (int i = 0; i < read.size(); i++) {
        assertThat(trees.get(i).isWrittenIn(read.get(i))).isTrue();
      }
    }
  }

  @Property(tries = 300)
  void anyOctetsAreReadOrMalformed(@ForAll byte[] octets) {
    try {
      for (NetlinkMessage message :
          NetlinkMessage.parse(ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()))) {
        readAll(message.attributes(4));
        Acknowledgement.of(message);
      }
    } catch (MalformedMessageException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Property(tries = 300)
  void anyOctetsAreAttributesOrMalformed(@ForAll byte[] octets) {
    try {
      readAll(Attributes.parse(octets, 0, octets.length));
    } catch (MalformedMessageException e) {
      assertThat(e).hasMessageContaining("octets");
    }
  }

  private static void readAll(Attributes attributes) {
    for (Attribute attribute : attributes) {
      assertThat(attribute.bytes()).hasSize(attribute.length());
      attribute.string();
      try {
        readAll(attribute.nested());
      } catch (MalformedMessageException e) {
        // Most values are not made of attributes.
        assertThat(attribute.length()).isPositive();
      }
    }
  }
}
