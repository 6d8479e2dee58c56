package org.macsec4j.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.fake.FakeLibc;
import org.macsec4j.netlink.fake.NetlinkScript;
import org.macsec4j.netlink.fake.Reply;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.AttributeNames;
import org.macsec4j.netlink.wire.MessageBuilder;

/** What a user is told of a refusal, and what is refused before the kernel is asked. */
class RefusalsTest {
  private static final SecyId SECY = new SecyId(7, "m0");
  private static final int CONTROLLER = 16;
  private static final int FAMILY = 0x1C;
  private static final int GETLINK = 18;
  private static final int INDEX_AT = 20;
  private static final int PARENT = 2;
  private static final int ICV_LENGTH = 8;

  /** A kernel that has {@code m0} on {@code eth0} and refuses each change. */
  private static final class Refusing implements NetlinkScript {
    private final int errno;
    private final int offset;
    private int changes;

    Refusing(int errno, int offset) {
      this.errno = errno;
      this.offset = offset;
    }

    @Override
    public List<byte[]> answer(int protocol, byte[] request) {
      Reply reply = Reply.to(request);
      if (reply.type() == CONTROLLER && protocol != 0) {
        byte[] id =
            ByteBuffer.allocate(2).order(ByteOrder.nativeOrder()).putShort((short) FAMILY).array();
        return List.of(reply.message(CONTROLLER, 0, b -> b.header32(0).bytes(1, id).u32(3, 1)));
      }
      if (reply.type() == GETLINK) {
        int index = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).getInt(INDEX_AT);
        return List.of(
            reply.message(CONTROLLER, 0, b -> link(b, index == SECY.index() ? index : PARENT)));
      }
      changes++;
      return List.of(offset == 0 ? reply.refuse(errno) : reply.refuse(errno, "not so", offset));
    }

    private static void link(MessageBuilder b, int index) {
      b.header32(1 << 16).header32(index).header32(0).header32(0);
      b.string(3, index == PARENT ? "eth0" : "m0").bytes(1, new byte[] {2, 0, 0, 0, 0, 1});
      b.u32(4, index == PARENT ? 1500 : 1400);
      if (index == PARENT) {
        return;
      }
      b.u32(5, PARENT);
      b.nested(18, info -> info.string(1, "macsec").nested(2, Refusing::settings));
    }

    private static void settings(MessageBuilder data) {
      data.bytes(1, Sci.parse("0200000000010001").toByteArray())
          .u8(3, ICV_LENGTH)
          .u64(4, CipherSuite.GCM_AES_128.id())
          .u8(13, 2);
    }
  }

  private static MacsecException refusal(Refusing kernel, UserOf what) {
    try (LinuxBackend backend = LinuxBackend.builder().open(new FakeLibc(kernel))) {
      ThrowingCallable call = () -> what.use(backend);
      MacsecException refusal = catchThrowableOfType(MacsecException.class, call);
      assertThat(refusal).isNotNull();
      return refusal;
    }
  }

  private interface UserOf {
    void use(LinuxBackend backend);
  }

  private static void change(LinuxBackend backend, SecyChange.Builder change) {
    backend.apply(SECY, new SecyCommand.Change(change.build())).orThrow();
  }

  @Test
  void anAttributeThatTheKernelPointsToIsNamed() {
    // Header 16, ifinfomsg 16, nest 4, kind 4 + 8, nest 4.
    MacsecException refusal =
        refusal(
            new Refusing(Errno.ERANGE, 52),
            backend -> change(backend, SecyChange.builder().protectFrames(false)));
    assertThat(refusal)
        .hasMessageStartingWith(
            "cannot change m0: ERANGE (kernel: not so), attribute IFLA_MACSEC_PROTECT, a value");
    assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
  }

  @Test
  void attributesOfSasAreNamedToo() {
    // Header 16, genlmsghdr 4, IFINDEX 8, nest 4.
    MacsecException refusal =
        refusal(
            new Refusing(Errno.EINVAL, 32),
            backend ->
                backend
                    .apply(SECY, new SecyCommand.EnableTransmitSa(AssociationNumber.AN_1, false))
                    .orThrow());
    assertThat(refusal)
        .hasMessageStartingWith(
            "cannot disable transmit SA 1 of m0: EINVAL (kernel: not so), attribute"
                + " MACSEC_SA_ATTR_AN, the kernel takes not one of the values");
  }

  @Test
  void whatHasNoNameIsNumbered() {
    assertThat(AttributeNames.of(List.of(18, 2, 99))).isEqualTo("18.2.99");
    assertThat(AttributeNames.of(List.of(3))).isEqualTo("3");
    assertThat(AttributeNames.of(List.of(18, 2, 15))).isEqualTo("IFLA_MACSEC_OFFLOAD");
    assertThat(AttributeNames.of(List.of(3, 9))).isEqualTo("MACSEC_SA_ATTR_SALT");
  }

  @Test
  void theMtuIsThatOfTheInterfaceBelowLessTagAndIcv() {
    Refusing kernel = new Refusing(Errno.ERANGE, 0);
    assertThat(refusal(kernel, backend -> backend.setMtu(SECY, 1477)))
        .hasMessage(
            "cannot set the MTU of m0 to 1477: it is not in 0..1476, as SecTAG and ICV take 24"
                + " octets of the 1500 of eth0");
    assertThat(refusal(kernel, backend -> backend.setMtu(SECY, -1))).hasMessageContaining("0..14");
    assertThat(kernel.changes).isZero();
    assertThat(refusal(kernel, backend -> backend.setMtu(SECY, 1476)))
        .hasMessageContaining("ERANGE");
    assertThat(kernel.changes).isOne();
  }

  @Test
  void aNewNameThatIsTakenOrComesTooLateIsExplained() {
    assertThat(refusal(new Refusing(Errno.EEXIST, 0), backend -> backend.rename(SECY, "eth1")))
        .hasMessage(
            "cannot rename m0 to eth1: EEXIST, an interface of that name exists already; choose"
                + " another");
    assertThat(refusal(new Refusing(Errno.EBUSY, 0), backend -> backend.rename(SECY, "eth1")))
        .hasMessage(
            "cannot rename m0 to eth1: EBUSY, it is up; kernels before 6.2 rename only what is"
                + " down");
  }

  @Test
  void bothBitsOfTheSecTagAreRefusedBefore() {
    Refusing kernel = new Refusing(Errno.EINVAL, 0);
    SecyChange.Builder change =
        SecyChange.builder().includeSci(false).endStation(true).singleCopyBroadcast(true);
    assertThat(refusal(kernel, backend -> change(backend, change)))
        .hasMessage(
            "cannot change m0: endStation and singleCopyBroadcast exclude each other on Linux; use"
                + " one of them");
    SecyConfig config =
        SecyConfig.on("eth0")
            .includeSci(false)
            .endStation(true)
            .singleCopyBroadcast(true)
            .icvLength(9)
            .build();
    assertThat(refusal(kernel, backend -> backend.create(config)))
        .hasMessageContaining("ICV length 9")
        .hasMessageContaining("; endStation and singleCopyBroadcast exclude each other on Linux");
    assertThat(kernel.changes).isZero();
  }
}
