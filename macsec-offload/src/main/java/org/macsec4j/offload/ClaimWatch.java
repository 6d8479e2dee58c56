package org.macsec4j.offload;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.macsec4j.MacsecException;
import org.macsec4j.netlink.ethtool.DeviceFeatures;
import org.macsec4j.netlink.ethtool.Ethtool;
import org.macsec4j.netlink.ethtool.FeatureListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the one feature that counts here, and only when it differs. */
final class ClaimWatch implements FeatureListener {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimWatch.class);

  private final Ethtool ethtool;
  private final boolean known;
  private final Consumer<ClaimChange> listener;
  // Guarded by this. By number, as names change.
  private final Map<Integer, FeatureClaim> claims = new HashMap<>();

  ClaimWatch(Ethtool ethtool, Consumer<ClaimChange> listener) {
    this.ethtool = ethtool;
    this.known = ethtool.featureNames().contains(FeatureClaim.FEATURE);
    this.listener = listener;
    ethtool.allFeatures().forEach(now -> claims.put(now.index(), FeatureClaim.of(now, known)));
  }

  @Override
  public synchronized void changed(DeviceFeatures now) {
    FeatureClaim claim = FeatureClaim.of(now, known);
    FeatureClaim before = claims.put(now.index(), claim);
    if (!claim.equals(before)) {
      listener.accept(new ClaimChange(now.name(), Optional.ofNullable(before), claim));
    }
  }

  @Override
  public void lost() {
    try {
      ethtool.allFeatures().forEach(this::changed);
    } catch (MacsecException e) {
      LOG.warn("claims may have changed unseen: {}", e.getMessage());
    }
  }
}
