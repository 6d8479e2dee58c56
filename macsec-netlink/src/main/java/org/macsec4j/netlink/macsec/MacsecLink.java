package org.macsec4j.netlink.macsec;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.macsec4j.AssociationNumber;
import org.macsec4j.CipherSuite;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyConfig;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkLayout;

/**
 * The attributes of a MACsec link. Mind the byte orders, which the kernel's headers do not tell.
 *
 * <pre>
 *  IFLA_MACSEC_     #   value                                        can change
 *  SCI              1   eight octets: address, then port             no
 *  PORT             2   u16, network byte order                      no
 *  ICV_LEN          3   u8: 8, 12..16                                no
 *  CIPHER_SUITE     4   u64, the machine's byte order                no
 *  WINDOW           5   u32; only together with REPLAY_PROTECT       yes
 *  ENCODING_SA      6   u8: 0..3                                     yes
 *  ENCRYPT          7   u8: 0, 1                                     yes
 *  PROTECT          8   u8: 0, 1                                     yes
 *  INC_SCI          9   u8: 0, 1; not 0 in a request with SCI        yes
 *  ES              10   u8: 0, 1                                     yes
 *  SCB             11   u8: 0, 1                                     yes
 *  REPLAY_PROTECT  12   u8: 0, 1; 1 only together with WINDOW        yes
 *  VALIDATION      13   u8: 0 disabled, 1 check, 2 strict            yes
 *  OFFLOAD         15   u8: 0 off, 1 PHY, 2 MAC                      while down and empty
 * </pre>
 *
 * <p>Offload is not set here, as older kernels take the attribute and ignore it; {@link
 * MacsecRequests#offload} is the way that always answers.
 */
public final class MacsecLink {
  static final int SCI_OCTETS = 1;
  static final int PORT = 2;
  static final int ICV_LEN = 3;
  static final int CIPHER_SUITE = 4;
  static final int WINDOW = 5;
  static final int ENCODING_SA = 6;
  static final int ENCRYPT = 7;
  static final int PROTECT = 8;
  static final int INC_SCI = 9;
  static final int ES = 10;
  static final int SCB = 11;
  static final int REPLAY_PROTECT = 12;
  static final int VALIDATION = 13;
  static final int OFFLOAD = 15;

  private MacsecLink() {}

  /**
   * Makes a SecY. The SCI is in it only when it was given whole; in that case the SCI is also sent
   * in each SecTAG at first, as the kernel refuses the two together, see {@link #needsSecondStep}.
   *
   * @param config what it shall be; without a confidentiality offset of 30 or 50
   * @param name the name of the secured interface
   * @param parent the number of the interface below
   * @param namespace an open descriptor of the network namespace that the SecY shall live in; empty
   *     for that of the interface below
   * @return a request for a change
   */
  public static MessageBuilder create(
      SecyConfig config, String name, int parent, OptionalInt namespace) {
    return create(config, name, parent, 0, namespace);
  }

  /**
   * Makes a SecY with a number that one had which is gone.
   *
   * @param config what it shall be; without a confidentiality offset of 30 or 50
   * @param name the name of the secured interface
   * @param parent the number of the interface below
   * @param index the number that it shall have; not used by another interface
   * @return a request for a change
   */
  public static MessageBuilder again(SecyConfig config, String name, int parent, int index) {
    return create(config, name, parent, index, OptionalInt.empty());
  }

  private static MessageBuilder create(
      SecyConfig config, String name, int parent, int index, OptionalInt namespace) {
    int flags = NetlinkLayout.NLM_F_ACK | NetlinkLayout.NLM_F_CREATE | NetlinkLayout.NLM_F_EXCL;
    MessageBuilder request =
        LinkRequests.header(LinkRequests.RTM_NEWLINK, flags, index)
            .string(LinkRequests.IFLA_IFNAME, name)
            .u32(LinkRequests.IFLA_LINK, parent);
    namespace.ifPresent(descriptor -> request.u32(LinkRequests.IFLA_NET_NS_FD, descriptor));
    return request.nested(
        LinkRequests.IFLA_LINKINFO, info -> kind(info, data -> settings(data, config)));
  }

  private static void kind(MessageBuilder info, Consumer<MessageBuilder> data) {
    info.string(LinkRequests.IFLA_INFO_KIND, LinkRequests.KIND);
    info.nested(LinkRequests.IFLA_INFO_DATA, data);
  }

  private static void settings(MessageBuilder data, SecyConfig config) {
    config
        .sci()
        .ifPresentOrElse(
            sci -> data.bytes(SCI_OCTETS, sci.toByteArray()),
            () -> data.u16BigEndian(PORT, config.port()));
    data.u8(ICV_LEN, config.icvLength())
        .u64(CIPHER_SUITE, config.cipherSuite().id())
        .bool(ENCRYPT, encrypts(config.confidentialityOffset()))
        .bool(PROTECT, config.protectFrames())
        .u8(VALIDATION, Codes.of(config.validateFrames()));
    replay(data, config.replayProtection());
    if (!needsSecondStep(config)) {
      data.bool(INC_SCI, config.includeSci())
          .bool(ES, config.endStation())
          .bool(SCB, config.singleCopyBroadcast());
    }
  }

  /**
   * Whether the bits of the SecTAG have to follow in a change of their own.
   *
   * @param config what the SecY shall be
   * @return true when the SCI is given whole and not to be sent
   */
  public static boolean needsSecondStep(SecyConfig config) {
    return config.sci().isPresent() && !config.includeSci();
  }

  /**
   * Changes a SecY.
   *
   * @param index the secured interface
   * @param change what is to differ; without a cipher suite, which cannot
   * @return a request for a change
   */
  public static MessageBuilder change(int index, SecyChange change) {
    return change(
        index,
        data -> {
          change.confidentialityOffset().ifPresent(to -> data.bool(ENCRYPT, encrypts(to)));
          change.protectFrames().ifPresent(to -> data.bool(PROTECT, to));
          change.validateFrames().ifPresent(to -> data.u8(VALIDATION, Codes.of(to)));
          change.replayProtection().ifPresent(to -> replay(data, to));
          change.includeSci().ifPresent(to -> data.bool(INC_SCI, to));
          change.endStation().ifPresent(to -> data.bool(ES, to));
          change.singleCopyBroadcast().ifPresent(to -> data.bool(SCB, to));
        });
  }

  /**
   * Selects the SA that frames are sent with. The kernel takes any, also one that is not there.
   *
   * @param index the secured interface
   * @param an which SA
   * @return a request for a change
   */
  public static MessageBuilder select(int index, AssociationNumber an) {
    return change(index, data -> data.u8(ENCODING_SA, an.value()));
  }

  private static MessageBuilder change(int index, Consumer<MessageBuilder> data) {
    return LinkRequests.change(index, 0, 0)
        .nested(LinkRequests.IFLA_LINKINFO, info -> kind(info, data));
  }

  private static void replay(MessageBuilder data, ReplayProtection replay) {
    data.bool(REPLAY_PROTECT, replay.enabled());
    if (replay.enabled()) {
      data.u32(WINDOW, (int) replay.window());
    }
  }

  static boolean encrypts(ConfidentialityOffset offset) {
    return offset.isConfidential();
  }

  /**
   * The SCI of a SecY.
   *
   * @param link its secured interface
   * @return the SCI
   */
  public static Sci sci(LinkInfo link) {
    return Sci.of(link.data().require(SCI_OCTETS).bytes(), 0);
  }

  /**
   * The cipher suite of a SecY.
   *
   * @param link its secured interface
   * @return the suite
   * @throws org.macsec4j.MacsecException when this version does not know it
   */
  public static CipherSuite cipherSuite(LinkInfo link) {
    return SecyReport.suite(link.data().require(CIPHER_SUITE).u64());
  }

  /**
   * Replay protection of a SecY.
   *
   * @param link its secured interface
   * @return replay protection; the kernel tells of a window only when it is on
   */
  public static ReplayProtection replayProtection(LinkInfo link) {
    Attributes data = link.data();
    return data.isSet(REPLAY_PROTECT)
        ? ReplayProtection.window(Integer.toUnsignedLong(data.u32(WINDOW).orElse(0)))
        : ReplayProtection.OFF;
  }

  /**
   * The configuration of a SecY as it is, also where it breaks a rule that this library holds. Of
   * offload nothing is said, as older kernels do not tell it of links.
   *
   * @param link its secured interface
   * @param parent the name of the interface below
   * @return the configuration
   */
  public static SecyConfig config(LinkInfo link, String parent) {
    Attributes data = link.data();
    return SecyConfig.on(parent)
        .name(link.name())
        .sci(sci(link))
        .cipherSuite(cipherSuite(link))
        .icvLength(data.require(ICV_LEN).u8())
        .encrypt(data.isSet(ENCRYPT))
        .protectFrames(data.isSet(PROTECT))
        .validateFrames(Codes.validate(data.require(VALIDATION).u8()))
        .replayProtection(replayProtection(link))
        .includeSci(data.isSet(INC_SCI))
        .endStation(data.isSet(ES))
        .singleCopyBroadcast(data.isSet(SCB))
        .observed();
  }
}
