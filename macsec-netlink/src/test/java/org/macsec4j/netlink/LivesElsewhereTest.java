package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;
import org.macsec4j.netlink.wire.NetlinkMessage;

/** A SecY that is made here and lives there, with one request. */
class LivesElsewhereTest {
  private static final Path BLUE = Path.of("/run/netns/blue");
  private static final SecyConfig CONFIG = SecyConfig.on("eth0").name("m0").build();

  private final Kernel kernel = new Kernel();
  private final FakeLibc libc = new FakeLibc(kernel);

  /** Has eth0, and m0 when it was made; it does not tell namespaces apart. */
  private static final class Kernel implements NetlinkScript {
    final List<Attributes> made = new ArrayList<>();
    int changes;
    int deletions;
    int errno;
    int errnoOfChange;

    @Override
    public List<byte[]> answer(int protocol, byte[] request) {
      Reply reply = Reply.to(request);
      NetlinkMessage message =
          NetlinkMessage.parse(ByteBuffer.wrap(request).order(ByteOrder.nativeOrder())).get(0);
      if (protocol != 0) {
        byte[] id =
            ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) 28).array();
        return List.of(reply.message(16, 0, b -> b.header32(0).bytes(1, id).u32(3, 1)));
      }
      int flags = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).getShort(6);
      return route(reply, message.attributes(16), flags);
    }

    private List<byte[]> route(Reply reply, Attributes attributes, int flags) {
      if (reply.type() == 18) {
        String name = attributes.find(3) == null ? "" : attributes.require(3).string();
        boolean there = name.equals("eth0") || (name.equals("m0") && !made.isEmpty());
        return reply.isDump()
            ? List.of(reply.done(0))
            : List.of(
                there ? reply.message(16, 0, b -> link(b, name)) : reply.refuse(Errno.ENODEV));
      }
      if (reply.type() == 17) {
        deletions++;
        return List.of(reply.acknowledge());
      }
      if ((flags & NetlinkLayout.NLM_F_CREATE) == 0) {
        changes++;
        return List.of(reply.refuse(errnoOfChange));
      }
      made.add(attributes);
      return List.of(reply.refuse(errno));
    }

    private static void link(MessageBuilder b, String name) {
      b.header32(1 << 16).header32(name.equals("eth0") ? 2 : 9).header32(0).header32(0);
      b.string(3, name).bytes(1, new byte[] {2, 0, 0, 0, 10, 1});
    }
  }

  private SecyId create(SecyConfig config) {
    try (LinuxBackend backend = LinuxBackend.builder().open(libc)) {
      return backend.create(config, BLUE);
    }
  }

  @Test
  void theRequestThatMakesItSaysWhereItLives() {
    assertThat(create(CONFIG)).isEqualTo(new SecyId(9, "m0"));
    assertThat(kernel.made).hasSize(1);
    assertThat(kernel.made.get(0).u32(28)).isPresent();
    assertThat(kernel.made.get(0).u32(5)).hasValue(2);
    assertThat(kernel.changes).isZero();
    assertThat(libc.calls()).contains("open " + BLUE, "setns on macsec4j-netns");
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void whatIsMadeHereHasNoNamespaceInItsRequest() {
    try (LinuxBackend backend = LinuxBackend.builder().open(libc)) {
      backend.create(CONFIG);
    }
    assertThat(kernel.made.get(0).u32(28)).isEmpty();
  }

  @Test
  void nothingIsLeftBehindWhenTheSecondStepIsRefused() {
    kernel.errnoOfChange = Errno.EINVAL;
    SecyConfig inTwoSteps =
        CONFIG.toBuilder()
            .sci(org.macsec4j.Sci.parse("1234567890ab0007"))
            .includeSci(false)
            .build();
    assertThatExceptionOfType(MacsecException.class).isThrownBy(() -> create(inTwoSteps));
    assertThat(kernel.deletions).isEqualTo(1);
    assertThat(libc.openDescriptors()).isZero();
  }

  @Test
  void refusalsAreInWords() {
    kernel.errno = Errno.EEXIST;
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> create(CONFIG))
        .withMessageContaining("exists already, in either namespace")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(MacsecException.Kind.EXISTS));
    libc.failNext("open", Errno.ENOENT);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> create(CONFIG))
        .withMessageContaining(BLUE + ": ENOENT");
    libc.failNext("setns", Errno.EPERM);
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> create(CONFIG))
        .withMessageContaining("it needs CAP_SYS_ADMIN");
    assertThat(libc.openDescriptors()).isZero();
  }
}
