package org.macsec4j.netlink.macsec;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.macsec4j.AssociationNumber;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSa;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.wire.MessageBuilder;

/**
 * The requests of the family {@code macsec}.
 *
 * <p>Each names the secured interface by its number, and must be sent from the network namespace in
 * which that interface lives. The packet number is always sent with an SA, as kernels up to 5.15
 * follow a null pointer without it. Its length is the suite's, which is told from the salt.
 *
 * @param family the family as this kernel numbers it
 */
public record MacsecRequests(GenericFamily family) {
  /** The name of the family. */
  public static final String FAMILY = "macsec";

  /**
   * Asks for all SecYs of the namespace with all below them; the kernel knows no question for one.
   *
   * @return a request for a dump
   */
  public MessageBuilder all() {
    return family.dump(MacsecNumbers.CMD_GET_TXSC);
  }

  /**
   * A change that says of nothing what shall change: refused by whoever is asked, as invalid to who
   * has the privilege for changes, as not permitted to who has it not.
   *
   * @return a request for a change that changes nothing
   */
  public MessageBuilder probe() {
    return family.change(MacsecNumbers.CMD_DEL_RXSC);
  }

  /**
   * Makes a receive channel, enabled.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @return a request for a change
   */
  public MessageBuilder addReceiveSc(int secy, Sci sci) {
    return channel(MacsecNumbers.CMD_ADD_RXSC, secy, sci, Optional.of(true));
  }

  /**
   * Removes a receive channel with its SAs.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @return a request for a change
   */
  public MessageBuilder deleteReceiveSc(int secy, Sci sci) {
    return channel(MacsecNumbers.CMD_DEL_RXSC, secy, sci, Optional.empty());
  }

  /**
   * Enables or disables a receive channel.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @param active whether it may receive
   * @return a request for a change
   */
  public MessageBuilder enableReceiveSc(int secy, Sci sci, boolean active) {
    return channel(MacsecNumbers.CMD_UPD_RXSC, secy, sci, Optional.of(active));
  }

  private MessageBuilder channel(int command, int secy, Sci sci, Optional<Boolean> active) {
    return family
        .change(command)
        .u32(MacsecNumbers.ATTR_IFINDEX, secy)
        .nested(
            MacsecNumbers.ATTR_RXSC_CONFIG,
            config -> {
              config.bytes(MacsecNumbers.RXSC_SCI, sci.toByteArray());
              active.ifPresent(value -> config.bool(MacsecNumbers.RXSC_ACTIVE, value));
            });
  }

  /**
   * Installs a transmit SA.
   *
   * @param secy the secured interface
   * @param sa the SA; its key is in the request, which is wiped when it is closed
   * @return a request for a change
   */
  public MessageBuilder addTransmitSa(int secy, TransmitSa sa) {
    return transmitSa(
        MacsecNumbers.CMD_ADD_TXSA,
        secy,
        sa.an(),
        config -> {
          packetNumber(config, sa.nextPn(), sa.key().salt().isPresent());
          key(config, sa.key(), sa.ssci());
          config.bool(MacsecNumbers.SA_ACTIVE, sa.enabled());
        });
  }

  /**
   * Installs a receive SA.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @param sa the SA; its key is in the request, which is wiped when it is closed
   * @param nextPn the number that the kernel shall expect next, see {@link ReplayFloor}
   * @return a request for a change
   */
  public MessageBuilder addReceiveSa(int secy, Sci sci, ReceiveSa sa, PacketNumber nextPn) {
    return receiveSa(
        MacsecNumbers.CMD_ADD_RXSA,
        secy,
        sci,
        sa.an(),
        config -> {
          packetNumber(config, nextPn, sa.key().salt().isPresent());
          key(config, sa.key(), sa.ssci());
          config.bool(MacsecNumbers.SA_ACTIVE, sa.enabled());
        });
  }

  /**
   * Enables or disables a transmit SA.
   *
   * @param secy the secured interface
   * @param an which SA
   * @param active whether it may transmit
   * @return a request for a change
   */
  public MessageBuilder enableTransmitSa(int secy, AssociationNumber an, boolean active) {
    return transmitSa(
        MacsecNumbers.CMD_UPD_TXSA,
        secy,
        an,
        config -> config.bool(MacsecNumbers.SA_ACTIVE, active));
  }

  /**
   * Sets the next packet number of a transmit SA, upwards or, beware, downwards.
   *
   * @param secy the secured interface
   * @param an which SA
   * @param nextPn the number of the next frame
   * @param xpn whether the suite has extended packet numbering
   * @return a request for a change
   */
  public MessageBuilder setNextPn(
      int secy, AssociationNumber an, PacketNumber nextPn, boolean xpn) {
    return transmitSa(
        MacsecNumbers.CMD_UPD_TXSA, secy, an, config -> packetNumber(config, nextPn, xpn));
  }

  /**
   * Removes a transmit SA.
   *
   * @param secy the secured interface
   * @param an which SA; not enabled
   * @return a request for a change
   */
  public MessageBuilder deleteTransmitSa(int secy, AssociationNumber an) {
    return transmitSa(MacsecNumbers.CMD_DEL_TXSA, secy, an, config -> {});
  }

  /**
   * Enables or disables a receive SA.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @param an which SA
   * @param active whether it may receive
   * @return a request for a change
   */
  public MessageBuilder enableReceiveSa(int secy, Sci sci, AssociationNumber an, boolean active) {
    return receiveSa(
        MacsecNumbers.CMD_UPD_RXSA,
        secy,
        sci,
        an,
        config -> config.bool(MacsecNumbers.SA_ACTIVE, active));
  }

  /**
   * Sets the number that a receive SA expects next, upwards or, beware, downwards.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @param an which SA
   * @param nextPn the number expected next, see {@link ReplayFloor}
   * @param xpn whether the suite has extended packet numbering
   * @return a request for a change
   */
  public MessageBuilder expectPn(
      int secy, Sci sci, AssociationNumber an, PacketNumber nextPn, boolean xpn) {
    return receiveSa(
        MacsecNumbers.CMD_UPD_RXSA, secy, sci, an, config -> packetNumber(config, nextPn, xpn));
  }

  /**
   * Removes a receive SA.
   *
   * @param secy the secured interface
   * @param sci the peer's SCI
   * @param an which SA; not enabled
   * @return a request for a change
   */
  public MessageBuilder deleteReceiveSa(int secy, Sci sci, AssociationNumber an) {
    return receiveSa(MacsecNumbers.CMD_DEL_RXSA, secy, sci, an, config -> {});
  }

  /**
   * Says who protects the frames.
   *
   * @param secy the secured interface; down, without SAs and receive channels
   * @param mode who
   * @return a request for a change
   */
  public MessageBuilder offload(int secy, OffloadMode mode) {
    return begin(MacsecNumbers.CMD_UPD_OFFLOAD, secy)
        .nested(
            MacsecNumbers.ATTR_OFFLOAD,
            config -> config.u8(MacsecNumbers.OFFLOAD_TYPE, Codes.of(mode)));
  }

  private MessageBuilder begin(int command, int secy) {
    return family.change(command).u32(MacsecNumbers.ATTR_IFINDEX, secy);
  }

  private MessageBuilder transmitSa(
      int command, int secy, AssociationNumber an, Consumer<MessageBuilder> more) {
    return begin(command, secy)
        .nested(
            MacsecNumbers.ATTR_SA_CONFIG,
            config -> more.accept(config.u8(MacsecNumbers.SA_AN, an.value())));
  }

  private MessageBuilder receiveSa(
      int command, int secy, Sci sci, AssociationNumber an, Consumer<MessageBuilder> more) {
    return begin(command, secy)
        .nested(
            MacsecNumbers.ATTR_RXSC_CONFIG,
            config -> config.bytes(MacsecNumbers.RXSC_SCI, sci.toByteArray()))
        .nested(
            MacsecNumbers.ATTR_SA_CONFIG,
            config -> more.accept(config.u8(MacsecNumbers.SA_AN, an.value())));
  }

  private static void packetNumber(MessageBuilder config, PacketNumber pn, boolean xpn) {
    if (xpn) {
      config.u64(MacsecNumbers.SA_PN, pn.value());
    } else {
      config.u32(MacsecNumbers.SA_PN, (int) pn.value());
    }
  }

  private static void key(MessageBuilder config, SecureAssociationKey key, Optional<Ssci> ssci) {
    byte[] octets = key.toByteArray();
    try {
      config.bytes(MacsecNumbers.SA_KEY, octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
    config.bytes(MacsecNumbers.SA_KEYID, key.identifier().toByteArray());
    ssci.ifPresent(value -> config.u32BigEndian(MacsecNumbers.SA_SSCI, value.value()));
    key.salt().map(Salt::toByteArray).ifPresent(salt -> config.bytes(MacsecNumbers.SA_SALT, salt));
  }
}
