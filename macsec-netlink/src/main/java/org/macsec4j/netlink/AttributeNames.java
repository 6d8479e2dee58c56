package org.macsec4j.netlink;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names of attributes in the kernel's headers, for when the kernel points to one. The path of
 * an attribute is its number after those of the nests around it.
 */
final class AttributeNames {
  /** {@code IFLA_LINKINFO} and {@code IFLA_INFO_DATA}, between which the kind stands. */
  private static final List<Integer> LINK_SETTINGS = List.of(18, 2);

  private static final Map<Integer, String> LINK =
      Map.ofEntries(
          Map.entry(1, "SCI"),
          Map.entry(2, "PORT"),
          Map.entry(3, "ICV_LEN"),
          Map.entry(4, "CIPHER_SUITE"),
          Map.entry(5, "WINDOW"),
          Map.entry(6, "ENCODING_SA"),
          Map.entry(7, "ENCRYPT"),
          Map.entry(8, "PROTECT"),
          Map.entry(9, "INC_SCI"),
          Map.entry(10, "ES"),
          Map.entry(11, "SCB"),
          Map.entry(12, "REPLAY_PROTECT"),
          Map.entry(13, "VALIDATION"),
          Map.entry(15, "OFFLOAD"));

  private static final Map<List<Integer>, String> GENERIC =
      Map.ofEntries(
          Map.entry(List.of(2, 1), "MACSEC_RXSC_ATTR_SCI"),
          Map.entry(List.of(2, 2), "MACSEC_RXSC_ATTR_ACTIVE"),
          Map.entry(List.of(3, 1), "MACSEC_SA_ATTR_AN"),
          Map.entry(List.of(3, 2), "MACSEC_SA_ATTR_ACTIVE"),
          Map.entry(List.of(3, 3), "MACSEC_SA_ATTR_PN"),
          Map.entry(List.of(3, 4), "MACSEC_SA_ATTR_KEY"),
          Map.entry(List.of(3, 5), "MACSEC_SA_ATTR_KEYID"),
          Map.entry(List.of(3, 8), "MACSEC_SA_ATTR_SSCI"),
          Map.entry(List.of(3, 9), "MACSEC_SA_ATTR_SALT"),
          Map.entry(List.of(9, 1), "MACSEC_OFFLOAD_ATTR_TYPE"));

  private AttributeNames() {}

  /** Its name, or its path in numbers. */
  static String of(List<Integer> path) {
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
