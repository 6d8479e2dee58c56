package org.macsec4j.examples.openconfig;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.macsec4j.mka.MkaCounters;

/** The counters of MKA under the names of OpenConfig's leaves. */
public final class MkaLeaves {
  /** Leaves below {@code interface/mka/state/counters}. */
  private static final Map<String, ToLongFunction<MkaCounters>> OF_INTERFACE =
      new LinkedHashMap<>();

  /** Leaves below {@code mka/state/counters}, of the device as a whole. */
  private static final Map<String, ToLongFunction<MkaCounters>> OF_DEVICE = new LinkedHashMap<>();

  static {
    OF_INTERFACE.put("in-mkpdu", MkaCounters::mkpdusInValid);
    OF_INTERFACE.put("in-sak-mkpdu", MkaCounters::sakMkpdusIn);
    OF_INTERFACE.put("in-cak-mkpdu", MkaCounters::cakMkpdusIn);
    OF_INTERFACE.put("out-mkpdu", MkaCounters::mkpdusOut);
    OF_INTERFACE.put("out-sak-mkpdu", MkaCounters::sakMkpdusOut);
    OF_INTERFACE.put("out-cak-mkpdu", MkaCounters::cakMkpdusOut);
    OF_DEVICE.put("out-mkpdu-errors", MkaCounters::transmitFailures);
    OF_DEVICE.put("in-mkpdu-icv-verification-errors", MkaCounters::icvVerificationErrors);
    OF_DEVICE.put("in-mkpdu-validation-errors", MkaCounters::validationErrors);
    OF_DEVICE.put("in-mkpdu-bad-peer-errors", MkaCounters::badPeerErrors);
    OF_DEVICE.put("in-mkpdu-peer-list-errors", MkaCounters::peerListErrors);
    OF_DEVICE.put("sak-generation-errors", MkaCounters::sakGenerationFailures);
    OF_DEVICE.put("sak-hash-errors", MkaCounters::sakHashErrors);
    OF_DEVICE.put("sak-encryption-errors", MkaCounters::sakEncryptionErrors);
    OF_DEVICE.put("sak-decryption-errors", MkaCounters::sakDecryptionErrors);
    OF_DEVICE.put("sak-cipher-mismatch-errors", MkaCounters::sakCipherMismatchErrors);
  }

  private MkaLeaves() {}

  /**
   * All leaves, of the interface and of the device.
   *
   * @param counters of one session
   * @return the values by the names of the leaves
   */
  public static Map<String, Long> of(MkaCounters counters) {
    Map<String, Long> leaves = new LinkedHashMap<>();
    OF_INTERFACE.forEach((name, value) -> leaves.put(name, value.applyAsLong(counters)));
    OF_DEVICE.forEach((name, value) -> leaves.put(name, value.applyAsLong(counters)));
    return leaves;
  }

  static Iterable<String> ofInterface() {
    return OF_INTERFACE.keySet();
  }

  static Iterable<String> ofDevice() {
    return OF_DEVICE.keySet();
  }
}
