package org.macsec4j.netlink.macsec;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names of attributes in the kernel's headers, for when the kernel points to one. The path of
 * an attribute is its number after those of the nests around it.
 */
public final class AttributeNames {
  /** {@code IFLA_LINKINFO} and {@code IFLA_INFO_DATA}, between which the kind stands. */
  private static final List<Integer> LINK_SETTINGS =
      List.of(LinkRequests.IFLA_LINKINFO, LinkRequests.IFLA_INFO_DATA);

  private static final Map<Integer, String> LINK =
      Map.ofEntries(
          Map.entry(MacsecLink.SCI_OCTETS, "SCI"),
          Map.entry(MacsecLink.PORT, "PORT"),
          Map.entry(MacsecLink.ICV_LEN, "ICV_LEN"),
          Map.entry(MacsecLink.CIPHER_SUITE, "CIPHER_SUITE"),
          Map.entry(MacsecLink.WINDOW, "WINDOW"),
          Map.entry(MacsecLink.ENCODING_SA, "ENCODING_SA"),
          Map.entry(MacsecLink.ENCRYPT, "ENCRYPT"),
          Map.entry(MacsecLink.PROTECT, "PROTECT"),
          Map.entry(MacsecLink.INC_SCI, "INC_SCI"),
          Map.entry(MacsecLink.ES, "ES"),
          Map.entry(MacsecLink.SCB, "SCB"),
          Map.entry(MacsecLink.REPLAY_PROTECT, "REPLAY_PROTECT"),
          Map.entry(MacsecLink.VALIDATION, "VALIDATION"),
          Map.entry(MacsecLink.OFFLOAD, "OFFLOAD"));

  private static final Map<List<Integer>, String> GENERIC =
      Map.ofEntries(
          channel(MacsecNumbers.RXSC_SCI, "SCI"),
          channel(MacsecNumbers.RXSC_ACTIVE, "ACTIVE"),
          association(MacsecNumbers.SA_AN, "AN"),
          association(MacsecNumbers.SA_ACTIVE, "ACTIVE"),
          association(MacsecNumbers.SA_PN, "PN"),
          association(MacsecNumbers.SA_KEY, "KEY"),
          association(MacsecNumbers.SA_KEYID, "KEYID"),
          association(MacsecNumbers.SA_SSCI, "SSCI"),
          association(MacsecNumbers.SA_SALT, "SALT"),
          Map.entry(
              List.of(MacsecNumbers.ATTR_OFFLOAD, MacsecNumbers.OFFLOAD_TYPE),
              "MACSEC_OFFLOAD_ATTR_TYPE"));

  private AttributeNames() {}

  private static Map.Entry<List<Integer>, String> channel(int number, String name) {
    return Map.entry(List.of(MacsecNumbers.ATTR_RXSC_CONFIG, number), "MACSEC_RXSC_ATTR_" + name);
  }

  private static Map.Entry<List<Integer>, String> association(int number, String name) {
    return Map.entry(List.of(MacsecNumbers.ATTR_SA_CONFIG, number), "MACSEC_SA_ATTR_" + name);
  }

  /**
   * What an attribute is called.
   *
   * @param path the numbers of the nests around it, then its own
   * @return its name, or its path in numbers
   */
  public static String of(List<Integer> path) {
    int nests = LINK_SETTINGS.size();
    if (path.size() == nests + 1 && path.subList(0, nests).equals(LINK_SETTINGS)) {
      String name = LINK.get(path.get(nests));
      return name == null ? numbers(path) : "IFLA_MACSEC_" + name;
    }
    return GENERIC.getOrDefault(path, numbers(path));
  }

  private static String numbers(List<Integer> path) {
    return path.stream().map(String::valueOf).collect(Collectors.joining("."));
  }
}
