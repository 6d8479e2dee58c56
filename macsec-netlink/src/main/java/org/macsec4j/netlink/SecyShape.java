package org.macsec4j.netlink;

import java.util.List;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecySnapshot;
import org.macsec4j.Ssci;

/**
 * What of a SecY is different only when somebody changed it: without counters and packet numbers,
 * and without what follows by itself from packet numbers that are used up.
 */
record SecyShape(
    String name,
    SecyConfig config,
    boolean up,
    OffloadMode offload,
    AssociationNumber encodingSa,
    List<Sa> transmitSas,
    List<Channel> channels) {

  /** An SA of either direction. */
  record Sa(AssociationNumber an, KeyIdentifier key, Optional<Ssci> ssci, boolean enabled) {}

  /** A receive channel. */
  record Channel(Sci sci, boolean enabled, List<Sa> sas) {}

  static SecyShape of(SecySnapshot secy) {
    return new SecyShape(
        secy.id().name(),
        secy.config(),
        secy.up(),
        secy.offload(),
        secy.transmitSc().encodingSa(),
        secy.transmitSc().sas().stream()
            .map(sa -> new Sa(sa.an(), sa.key(), sa.ssci(), isEnabled(sa.enabled(), sa.nextPn())))
            .toList(),
        secy.receiveScs().stream()
            .map(
                channel ->
                    new Channel(
                        channel.sci(),
                        channel.enabled(),
                        channel.sas().stream()
                            .map(sa -> new Sa(sa.an(), sa.key(), sa.ssci(), sa.enabled()))
                            .toList()))
            .toList());
  }

  /** The kernel disables an SA whose numbers are used up. */
  private static boolean isEnabled(boolean enabled, PacketNumber nextPn) {
    return enabled || nextPn.value() == 0;
  }
}
