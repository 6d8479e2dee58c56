package org.macsec4j.mka.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * In which order an encoder puts the parameter sets behind the basic one. An ICV indicator is the
 * last in each. A receiver takes any; not all do.
 */
public enum SetOrder {
  /** By type, 1 to 8: what wpa_supplicant and MKAdaemon send, and the latter insists on. */
  ASCENDING {
    @Override
    int key(int type) {
      return type;
    }
  },
  /** 3 to 8, then the Live (1) and the Potential Peer List (2): the order of 802.1X 11.11.3. */
  PEER_LISTS_LAST {
    @Override
    int key(int type) {
      boolean list =
          type == MkpduLayout.TYPE_LIVE_PEER_LIST || type == MkpduLayout.TYPE_POTENTIAL_PEER_LIST;
      return list ? AFTER_ALL_TYPES + type : type;
    }
  },
  /** As the MKPDU has them. */
  AS_GIVEN {
    @Override
    int key(int type) {
      return 0;
    }
  };

  private static final int AFTER_ALL_TYPES = 0x100;

  /** Sets of equal keys keep their order. */
  abstract int key(int type);

  List<ParameterSet> arrange(List<ParameterSet> sets, boolean icvIndicator) {
    List<ParameterSet> arranged = new ArrayList<>(sets.size() + 1);
    IcvIndicator indicator = icvIndicator ? new IcvIndicator() : null;
    for (ParameterSet set : sets) {
      if (set instanceof IcvIndicator given) {
        indicator = given;
      } else {
        arranged.add(set);
      }
    }
    if (!isInOrder(arranged)) {
      arranged.sort(Comparator.comparingInt(set -> key(set.type())));
    }
    if (indicator != null) {
      arranged.add(indicator);
    }
    return arranged;
  }

  private boolean isInOrder(List<ParameterSet> sets) {
    for (int i = 1; i < sets.size(); i++) {
      if (key(sets.get(i - 1).type()) > key(sets.get(i).type())) {
        return false;
      }
    }
    return true;
  }
}
