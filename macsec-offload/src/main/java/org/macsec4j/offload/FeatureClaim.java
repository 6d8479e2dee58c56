package org.macsec4j.offload;

import org.macsec4j.netlink.ethtool.DeviceFeatures;

/**
 * What an interface claims of MACsec in its MAC: the feature {@code macsec-hw-offload}. It is a
 * hint, and drivers are known that claim it on hardware without MACsec; {@link
 * OffloadDiscovery#probe} tells. Of MACsec in a PHY there is no claim at all.
 *
 * @param answer whether the kernel told
 * @param active whether the feature is on, without which the kernel refuses the mode MAC
 * @param wanted whether somebody asked for it
 * @param fixed whether it can never be switched, as {@code ethtool -k} prints {@code [fixed]}
 */
public record FeatureClaim(Answer answer, boolean active, boolean wanted, boolean fixed) {
  /** The name of the feature. */
  public static final String FEATURE = "macsec-hw-offload";

  /** Whether the kernel told. */
  public enum Answer {
    /** It did. */
    TOLD,
    /** This kernel knows no such feature: it is older than 5.7. */
    NOT_KNOWN,
    /** This kernel tells of no features: it has no ethtool netlink. */
    NOT_TOLD
  }

  static FeatureClaim none(Answer answer) {
    return new FeatureClaim(answer, false, false, true);
  }

  static FeatureClaim of(DeviceFeatures features, boolean known) {
    return known
        ? new FeatureClaim(
            Answer.TOLD,
            features.active().contains(FEATURE),
            features.wanted().contains(FEATURE),
            features.isFixed(FEATURE))
        : none(Answer.NOT_KNOWN);
  }
}
