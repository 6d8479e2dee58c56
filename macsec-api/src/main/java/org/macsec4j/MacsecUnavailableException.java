package org.macsec4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** No backend can be opened; the message and {@link #reasons()} say why for each one. */
public final class MacsecUnavailableException extends MacsecException {
  private static final long serialVersionUID = 1L;

  /** Why each backend was not taken, by name. */
  @SuppressWarnings("serial") // a LinkedHashMap, which is serializable
  private final Map<String, String> reasons;

  /**
   * No backend.
   *
   * @param wanted what was asked for, for instance {@code a MACsec backend}
   * @param reasons the name of each backend that was found, with why it was not taken; may be empty
   */
  public MacsecUnavailableException(String wanted, Map<String, String> reasons) {
    super(Kind.UNAVAILABLE, text(wanted, reasons));
    this.reasons = new LinkedHashMap<>(reasons);
  }

  private static String text(String wanted, Map<String, String> reasons) {
    if (reasons.isEmpty()) {
      return "no "
          + wanted
          + ": no provider was found; add macsec-netlink (Linux) or macsec-testkit (simulator) to"
          + " the class path, or hand one to Macsec.using(...)";
    }
    return reasons.entrySet().stream()
        .map(reason -> reason.getKey() + ": " + reason.getValue())
        .collect(Collectors.joining("; ", "no " + wanted + ": ", ""));
  }

  /**
   * Why each backend was not taken.
   *
   * @return backend name to reason, in the order they were tried
   */
  public Map<String, String> reasons() {
    return new LinkedHashMap<>(reasons);
  }
}
