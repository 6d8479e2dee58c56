package org.macsec4j.netlink.ethtool;

/** Hears of features that change. Is called on the backend's thread and must not block. */
public interface FeatureListener {
  /**
   * Features of an interface changed.
   *
   * @param now all its features, as they are now
   */
  void changed(DeviceFeatures now);

  /** Notices were lost; whatever may have changed. */
  void lost();
}
